//! axe-core, which judges whether everybody can use a page: a test's tool, never shipped.
//!
//! It is one file of JavaScript. A Python package holds it, so that neither Node nor npm
//! is needed.

use std::path::PathBuf;

use crate::process::{command, run};
use crate::project::Project;
use crate::say;

/// The package and its version; 0.1.8 holds axe-core 4.12.1.
const PACKAGE: &str = "axe-playwright-python";
const VERSION: &str = "0.1.8";

/// Brings it if it is not there yet; none, with the reason printed, when that is not
/// possible: stories that need it say so themselves.
pub(crate) fn bring(project: &Project) -> Option<PathBuf> {
    let folder = project.tools().join("axe");
    let file = folder.join("axe_playwright_python/axe.min.js");
    let about = folder.join(format!("axe_playwright_python-{VERSION}.dist-info"));
    if !(file.is_file() && about.is_dir()) {
        let what = format!(
            "Installing axe-core from {PACKAGE} {VERSION} into {} (seconds, once)",
            folder.display()
        );
        if let Err(error) = say::timed(&what, || run(&mut pip(project, &folder))) {
            say::doing(&error.to_string());
        }
    }
    file.is_file().then_some(file)
}

/// Python only unpacks: what the package would need to run is left out.
fn pip(project: &Project, folder: &std::path::Path) -> std::process::Command {
    let mut pip = command(project, "python3");
    pip.args(["-m", "pip", "install", "--quiet", "--no-deps", "--upgrade"])
        .arg("--target")
        .arg(folder)
        .arg(format!("{PACKAGE}=={VERSION}"));
    pip
}
