//! Running other programs.

use std::ffi::OsString;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Command, ExitStatus, Stdio};

use crate::project::Project;

/// Another program could not be run, or was not content.
#[derive(Debug, thiserror::Error)]
pub(crate) enum ProcessError {
    #[error("{program} cannot be run: {source}")]
    Start {
        program: String,
        source: std::io::Error,
    },
    #[error("{line} failed ({status})")]
    Failed { line: String, status: ExitStatus },
}

/// What `cargo run` tells the program it runs. Passed on, build scripts that look at these
/// would build anew whenever cargo is called from elsewhere.
const TOLD_BY_CARGO: [&str; 5] = [
    "CARGO",
    "CARGO_CRATE_NAME",
    "CARGO_PRIMARY_PACKAGE",
    "CARGO_BIN_NAME",
    "OUT_DIR",
];
const TOLD_BY_CARGO_AS: [&str; 3] = ["CARGO_PKG_", "CARGO_MANIFEST_", "CARGO_BIN_EXE_"];

/// A program, to be run in the project's folder, that finds our tools first.
pub(crate) fn command(project: &Project, program: impl AsRef<std::ffi::OsStr>) -> Command {
    let mut command = Command::new(program);
    command
        .current_dir(project.root())
        .env("PATH", path(project));
    for (name, _) in std::env::vars_os() {
        if is_told_by_cargo(&name.to_string_lossy()) {
            command.env_remove(&name);
        }
    }
    command
}

fn is_told_by_cargo(name: &str) -> bool {
    TOLD_BY_CARGO.contains(&name)
        || TOLD_BY_CARGO_AS
            .iter()
            .any(|prefix| name.starts_with(prefix))
}

/// `cargo` with these words.
pub(crate) fn cargo(project: &Project, words: &[&str]) -> Command {
    let mut command = command(project, "cargo");
    command.args(words);
    command
}

/// Where programs are looked for: our own tools first.
fn path(project: &Project) -> OsString {
    let ours = project.tools().join("bin");
    let inherited = std::env::var_os("PATH").unwrap_or_default();
    let folders = std::iter::once(ours).chain(std::env::split_paths(&inherited));
    std::env::join_paths(folders).unwrap_or(inherited)
}

/// The program, if it is installed.
pub(crate) fn find(project: &Project, program: &str) -> Option<PathBuf> {
    let folders = path(project);
    std::env::split_paths(&folders)
        .map(|folder| folder.join(program))
        .find(|file| is_executable(file))
}

fn is_executable(file: &Path) -> bool {
    use std::os::unix::fs::PermissionsExt;
    file.metadata()
        .is_ok_and(|about| about.is_file() && about.permissions().mode() & 0o111 != 0)
}

/// Runs it to its end; what it prints is seen.
///
/// # Errors
/// When it cannot be run or fails.
pub(crate) fn run(command: &mut Command) -> Result<(), ProcessError> {
    let status = command
        .stdin(Stdio::null())
        .status()
        .map_err(|source| cannot(command, source))?;
    content(command, status)
}

/// Runs it to its end and hands over each line of its standard output as it comes.
///
/// # Errors
/// When it cannot be run or fails.
pub(crate) fn read_lines(
    command: &mut Command,
    mut each: impl FnMut(&str),
) -> Result<(), ProcessError> {
    command.stdin(Stdio::null()).stdout(Stdio::piped());
    let mut child = command.spawn().map_err(|source| cannot(command, source))?;
    if let Some(output) = child.stdout.take() {
        let mut output = BufReader::new(output);
        let mut line = Vec::new();
        // Not `lines()`: a test may print what is no UTF-8, and its result comes after that.
        while output
            .read_until(b'\n', &mut line)
            .is_ok_and(|read| read > 0)
        {
            each(String::from_utf8_lossy(&line).trim_end_matches(['\n', '\r']));
            line.clear();
        }
    }
    let status = child.wait().map_err(|source| cannot(command, source))?;
    content(command, status)
}

/// What it prints to its standard output, whether or not it is content.
///
/// # Errors
/// When it cannot be run.
pub(crate) fn output(command: &mut Command) -> Result<String, ProcessError> {
    let output = command.stdin(Stdio::null()).stderr(Stdio::null()).output();
    let output = output.map_err(|source| cannot(command, source))?;
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}

pub(crate) fn cannot(command: &Command, source: std::io::Error) -> ProcessError {
    ProcessError::Start {
        program: command.get_program().to_string_lossy().into_owned(),
        source,
    }
}

/// Whether it was content.
///
/// # Errors
/// When it was not.
pub(crate) fn content(command: &Command, status: ExitStatus) -> Result<(), ProcessError> {
    if status.success() {
        return Ok(());
    }
    let words = std::iter::once(command.get_program()).chain(command.get_args());
    let words: Vec<_> = words.map(|word| word.to_string_lossy()).collect();
    Err(ProcessError::Failed {
        line: words.join(" "),
        status,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cargo_told_us_is_known_from_what_people_set() {
        for told in ["CARGO", "CARGO_PKG_NAME", "CARGO_MANIFEST_DIR", "OUT_DIR"] {
            assert!(is_told_by_cargo(told), "{told}");
        }
        for set in [
            "CARGO_HOME",
            "CARGO_TARGET_DIR",
            "CARGO_NET_OFFLINE",
            "PATH",
        ] {
            assert!(!is_told_by_cargo(set), "{set}");
        }
    }

    #[test]
    fn lines_come_one_by_one_and_a_failure_names_the_command() {
        let project = Project::here();
        let mut seen = Vec::new();
        let mut shell = command(&project, "sh");
        shell.args(["-c", "echo one; printf 'tw\\377o'; exit 3"]);
        let error = read_lines(&mut shell, |line| seen.push(line.to_owned())).unwrap_err();
        assert_eq!(seen, ["one", "tw\u{fffd}o"]);
        assert!(error.to_string().starts_with("sh -c"), "{error}");
    }

    #[test]
    fn a_program_that_is_not_there_is_named() {
        let project = Project::here();
        assert_eq!(find(&project, "no-such-program"), None);
        let error = run(&mut command(&project, "no-such-program")).unwrap_err();
        assert!(error.to_string().contains("no-such-program"), "{error}");
    }
}
