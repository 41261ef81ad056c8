//! Chromium and its driver.

use std::path::PathBuf;

use super::TestError;
use crate::process::find;
use crate::project::Project;

/// Sees that Chromium is installed.
///
/// # Errors
/// [`TestError::Missing`].
pub(crate) fn chromium(project: &Project) -> Result<PathBuf, TestError> {
    let names = ["chromium", "chromium-browser", "google-chrome"];
    let found = names.iter().find_map(|name| find(project, name));
    found.ok_or(TestError::Missing {
        program: "chromium",
        package: "chromium",
    })
}

/// Sees that its driver is installed.
///
/// # Errors
/// [`TestError::Missing`].
pub(crate) fn driver(project: &Project) -> Result<PathBuf, TestError> {
    chromium(project)?;
    find(project, "chromedriver").ok_or(TestError::Missing {
        program: "chromedriver",
        package: "chromium-driver",
    })
}
