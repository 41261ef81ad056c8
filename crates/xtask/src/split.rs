//! `cargo xtask split`: Trunk's hook after a build of the page.

use std::process::{Command, ExitStatus};

use crate::project::Project;

/// Why the page was not split.
#[derive(Debug, thiserror::Error)]
pub(crate) enum SplitError {
    #[error("TRUNK_STAGING_DIR is not set: Trunk runs this, after a build of the page")]
    NotTrunk,
    #[error("cargo did not start: {0}")]
    NoCargo(std::io::Error),
    #[error("the page could not be split: web-split ended with {0}")]
    Failed(ExitStatus),
}

/// Splits a release page. A page that is worked on stays whole: it is built sooner so.
///
/// The program that splits is a crate of its own, built when it is wanted: it is heavier
/// than all of xtask.
pub(crate) fn run(project: &Project) -> Result<(), SplitError> {
    if std::env::var_os("TRUNK_PROFILE").is_some_and(|profile| profile != "release") {
        return Ok(());
    }
    let folder = std::env::var_os("TRUNK_STAGING_DIR").ok_or(SplitError::NotTrunk)?;
    let module = project.target().join("wasm32-unknown-unknown/web/web.wasm");
    let status = Command::new("cargo")
        .current_dir(project.root())
        .args(["run", "--quiet", "--package", "web-split", "--"])
        .arg(module)
        .arg(folder)
        .status()
        .map_err(SplitError::NoCargo)?;
    if status.success() {
        Ok(())
    } else {
        Err(SplitError::Failed(status))
    }
}
