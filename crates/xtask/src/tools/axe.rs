//! axe-core, which judges whether everybody can use a page: a test's tool, never shipped.
//!
//! It is one file of JavaScript. A Python package holds it, so that neither Node nor npm
//! is needed.

use std::path::PathBuf;

use super::wheel::Wheel;
use crate::project::Project;

/// 0.1.8 holds axe-core 4.12.1.
const AXE: Wheel<'static> = Wheel {
    what: "axe-core",
    package: "axe-playwright-python",
    version: "0.1.8",
    file: "axe_playwright_python/axe.min.js",
};

/// Brings it if it is not there yet; none, with the reason printed, when that is not
/// possible: stories that need it say so themselves.
pub(crate) fn bring(project: &Project) -> Option<PathBuf> {
    AXE.bring_or_say(project)
}
