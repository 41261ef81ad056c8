//! Where things are.

use std::path::{Path, PathBuf};

/// A checkout of this project.
#[derive(Clone, Debug)]
pub(crate) struct Project {
    root: PathBuf,
    target: PathBuf,
}

impl Project {
    /// The checkout that cargo runs this program for. Where it was built may be another
    /// one, if both build into the same folder.
    pub(crate) fn here() -> Project {
        let manifest = std::env::var_os("CARGO_MANIFEST_DIR");
        let manifest = manifest.unwrap_or_else(|| env!("CARGO_MANIFEST_DIR").into());
        let manifest = PathBuf::from(manifest);
        let root = manifest.ancestors().nth(2).unwrap_or(&manifest).to_owned();
        let target = match std::env::var_os("CARGO_TARGET_DIR") {
            Some(told) => root.join(told),
            None => root.join("target"),
        };
        Project { root, target }
    }

    /// The folder of the workspace.
    pub(crate) fn root(&self) -> &Path {
        &self.root
    }

    /// Where cargo builds.
    pub(crate) fn target(&self) -> &Path {
        &self.target
    }

    /// Where tools are installed: for this checkout alone, or where `OMNI2_TOOLS` says, so
    /// that a machine that builds many checkouts installs them once.
    pub(crate) fn tools(&self) -> PathBuf {
        match std::env::var_os("OMNI2_TOOLS") {
            Some(told) => self.root.join(told),
            None => self.target.join("tools"),
        }
    }
}
