//! The page as it is shipped.

use std::path::PathBuf;

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
    let mut trunk = tools::trunk(project);
    run(trunk
        .args(["build", "--release", "--dist"])
        .arg(folder(project)))
}
