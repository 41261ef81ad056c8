//! Schemathesis, which asks the API all that its description allows, and what it does not: a
//! test's tool, never shipped.
//!
//! It is a Python package with some thirty others behind it. All of them are pinned by version
//! and hash, come as wheels, and lie in a folder of their own: no virtual environment, which a
//! bare Debian cannot make.

use std::path::{Path, PathBuf};

use crate::process::{ProcessError, cannot, command, run};
use crate::project::Project;
use crate::say;

/// Made with `uv pip compile --universal --generate-hashes --python-version 3.11` of
/// `schemathesis==4.32.5`.
const PACKAGES: &str = "crates/xtask/src/tools/schemathesis.txt";

/// The folder that Python finds it in, brought if it is not there yet; none, with the reason
/// printed, when that is not possible: stories that need it say so themselves.
pub(crate) fn bring(project: &Project) -> Option<PathBuf> {
    let folder = project.tools().join("schemathesis");
    match ensure(project, &folder) {
        Ok(()) => Some(folder),
        Err(error) => {
            say::doing(&error.to_string());
            None
        }
    }
}

fn ensure(project: &Project, folder: &Path) -> Result<(), ProcessError> {
    let packages = project.root().join(PACKAGES);
    // What was installed is noted beside it, last of all.
    let note = folder.join("packages.txt");
    if same(&packages, &note) {
        return Ok(());
    }
    let what = format!(
        "Installing Schemathesis into {} (half a minute, once)",
        folder.display()
    );
    say::timed(&what, || {
        run(command(project, "python3").args(words(folder, &packages)))
    })?;
    std::fs::copy(&packages, &note)
        .map(|_| ())
        .map_err(|source| cannot(&command(project, "python3"), source))
}

fn same(one: &Path, other: &Path) -> bool {
    let read = |file| std::fs::read(file).ok();
    read(one).is_some_and(|one| read(other) == Some(one))
}

/// What follows `python3`.
fn words(folder: &Path, packages: &Path) -> Vec<String> {
    let pip = "-m pip install --quiet --require-hashes --only-binary :all: --no-deps --upgrade";
    let mut words: Vec<String> = pip.split(' ').map(str::to_owned).collect();
    words.extend(["--target".to_owned(), folder.display().to_string()]);
    words.extend(["--requirement".to_owned(), packages.display().to_string()]);
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_package_is_pinned_by_version_and_hash() {
        let project = Project::here();
        let packages = std::fs::read_to_string(project.root().join(PACKAGES)).unwrap();
        let pinned = packages.split('\n').filter(|line| line.contains("=="));
        let hashed = packages.matches("--hash=sha256:").count();
        let count = pinned.count();
        assert!(count > 20 && hashed >= count, "{count} and {hashed}");
        assert!(packages.contains("schemathesis==4."));
    }

    #[test]
    fn what_is_installed_is_what_is_asked_for() {
        let packages = Path::new(env!("CARGO_MANIFEST_DIR")).join("Cargo.toml");
        assert!(same(&packages, &packages));
        assert!(!same(&packages, Path::new("/nowhere")));
        let words = words(Path::new("there"), &packages).join(" ");
        assert!(words.contains("--require-hashes") && words.contains("--target there "));
    }
}
