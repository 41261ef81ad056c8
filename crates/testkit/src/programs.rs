//! Finding the programs that tests need, and what to do without one.

use std::path::{Path, PathBuf};
use std::process::Command;

/// A program is not on this machine.
#[derive(Debug, thiserror::Error)]
#[error("{program} is missing: install {package}")]
pub struct Missing {
    /// What is missing.
    pub program: String,
    /// The package that has it: of Debian, or of Python where it says so.
    pub package: &'static str,
}

/// The program in `PATH`.
pub fn in_path(program: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    std::env::split_paths(&path)
        .map(|folder| folder.join(program))
        .find(|file| file.is_file())
}

/// The program in `PATH` or where Debian puts servers.
///
/// # Errors
/// [`Missing`], naming the package.
pub fn find(program: &str, package: &'static str) -> Result<PathBuf, Missing> {
    in_path(program)
        .or_else(|| Some(Path::new("/usr/sbin").join(program)).filter(|file| file.is_file()))
        .ok_or_else(|| Missing {
            program: program.to_owned(),
            package,
        })
}

/// A program of PostgreSQL's server, which stays out of `PATH`: `PG_BINDIR`, what
/// `pg_config` says, or the newest below `/usr/lib/postgresql`.
///
/// # Errors
/// [`Missing`].
pub fn postgres_program(program: &str) -> Result<PathBuf, Missing> {
    let told = std::env::var_os("PG_BINDIR").map(PathBuf::from);
    let asked = Command::new("pg_config")
        .arg("--bindir")
        .output()
        .ok()
        .map(|output| PathBuf::from(String::from_utf8_lossy(&output.stdout).trim()));
    let mut debian: Vec<PathBuf> = std::fs::read_dir("/usr/lib/postgresql")
        .into_iter()
        .flatten()
        .flatten()
        .map(|entry| entry.path().join("bin"))
        .collect();
    debian.sort();
    let folders = told
        .into_iter()
        .chain(asked)
        .chain(debian.into_iter().rev());
    folders
        .map(|folder| folder.join(program))
        .find(|file| file.is_file())
        .or_else(|| in_path(program))
        .ok_or_else(|| Missing {
            program: program.to_owned(),
            package: "postgresql",
        })
}

/// Says loudly that a story cannot be told here.
///
/// # Panics
/// When `CI=true`: there, everything must be installed.
pub fn skip_or_fail(missing: &Missing) {
    let line = format!("!!! NOT TESTED: {missing} !!!");
    assert!(std::env::var("CI").as_deref() != Ok("true"), "{line}");
    eprintln!("\n{line}\n");
}
