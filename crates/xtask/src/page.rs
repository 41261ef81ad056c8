//! The page as it is shipped.

use std::path::PathBuf;
use std::process::Command;

use crate::process::{ProcessError, run};
use crate::project::Project;
use crate::tools;

/// Where it is built: not where `trunk serve` builds.
pub(crate) fn folder(project: &Project) -> PathBuf {
    project.target().join("dist-release")
}

/// Builds it.
///
/// # Errors
/// When it does not build.
pub(crate) fn build(project: &Project) -> Result<(), ProcessError> {
    run(&mut builder(project))
}

/// What builds it.
pub(crate) fn builder(project: &Project) -> Command {
    let mut trunk = tools::trunk(project);
    trunk
        .args(["build", "--release", "--dist"])
        .arg(folder(project));
    trunk
}
