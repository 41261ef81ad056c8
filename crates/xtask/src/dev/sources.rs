//! Noticing that the API's sources have changed.
//!
//! By looking, once a second: a hundred files cost next to nothing, and it works on every
//! file system, also those that tell nobody of changes.

use std::collections::hash_map::DefaultHasher;
use std::hash::{Hash, Hasher};
use std::path::{Path, PathBuf};

use crate::project::Project;

/// What the API is built from.
const PARTS: [&str; 10] = [
    "Cargo.lock",
    "Cargo.toml",
    "crates/api/Cargo.toml",
    "crates/api/src",
    "crates/hub-sim/Cargo.toml",
    "crates/hub-sim/data",
    "crates/hub-sim/src",
    "crates/shared-types/src",
    "crates/timeline/Cargo.toml",
    "crates/timeline/src",
];

/// Some files, as they were when last looked at.
pub(super) struct Sources {
    parts: Vec<PathBuf>,
    seen: u64,
}

impl Sources {
    /// The API's, as they are now.
    pub(super) fn of(project: &Project) -> Sources {
        Sources::new(PARTS.iter().map(|part| project.root().join(part)).collect())
    }

    fn new(parts: Vec<PathBuf>) -> Sources {
        let seen = look(&parts);
        Sources { parts, seen }
    }

    /// Whether any file has changed, come or gone since the last look.
    pub(super) fn changed(&mut self) -> bool {
        let now = look(&self.parts);
        std::mem::replace(&mut self.seen, now) != now
    }
}

/// A number that differs when a name, a length or a time of change does.
fn look(parts: &[PathBuf]) -> u64 {
    let mut hasher = DefaultHasher::new();
    for part in parts {
        look_at(part, &mut hasher);
    }
    hasher.finish()
}

fn look_at(path: &Path, hasher: &mut DefaultHasher) {
    // What cannot be read is as good as gone.
    let Ok(about) = path.metadata() else {
        return;
    };
    path.hash(hasher);
    if about.is_dir() {
        let entries = path.read_dir().into_iter().flatten().flatten();
        let mut inside: Vec<PathBuf> = entries.map(|entry| entry.path()).collect();
        inside.sort();
        for path in inside {
            look_at(&path, hasher);
        }
    } else {
        about.len().hash(hasher);
        about.modified().ok().hash(hasher);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_that_is_written_comes_or_goes_is_noticed_once() {
        let folder = std::env::temp_dir().join(format!("xtask-sources-{}", std::process::id()));
        std::fs::create_dir_all(folder.join("deep")).unwrap();
        let file = folder.join("deep/lib.rs");
        let mut sources = Sources::new(vec![folder.clone(), folder.join("absent")]);
        assert!(!sources.changed());
        std::fs::write(&file, "1").unwrap();
        assert!(sources.changed(), "came");
        assert!(!sources.changed());
        std::fs::write(&file, "22").unwrap();
        assert!(sources.changed(), "was written");
        std::fs::remove_file(&file).unwrap();
        assert!(sources.changed(), "is gone");
        std::fs::remove_dir_all(&folder).unwrap();
    }

    #[test]
    fn every_part_of_the_api_is_there() {
        let project = Project::here();
        for part in PARTS {
            assert!(project.root().join(part).exists(), "{part}");
        }
    }
}
