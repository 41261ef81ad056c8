//! The built page, each file also as a server for production sends it.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// The folder of the built page, that `OMNI2_WEB_DIST` names.
pub(crate) fn folder() -> PathBuf {
    let folder = std::env::var_os("OMNI2_WEB_DIST").map(PathBuf::from);
    let folder = folder.expect("OMNI2_WEB_DIST: the folder of the page that `trunk build` made");
    let index = folder.join("index.html");
    assert!(
        index.is_file(),
        "{} is not there: build the page",
        index.display()
    );
    folder
}

/// The files of the built page.
pub struct Dist {
    files: BTreeMap<String, DistFile>,
}

/// One of them.
pub struct DistFile {
    /// As it was built.
    pub raw: Vec<u8>,
    /// Compressed with brotli, where that is smaller.
    pub brotli: Option<Vec<u8>>,
}

impl DistFile {
    /// What goes to a browser of today.
    pub fn sent(&self) -> &[u8] {
        self.brotli.as_deref().unwrap_or(&self.raw)
    }
}

impl Dist {
    /// Reads the page that `OMNI2_WEB_DIST` names.
    pub fn shipped() -> Dist {
        let folder = folder();
        let mut files = BTreeMap::new();
        gather(&folder, &folder, &mut files);
        Dist { files }
    }

    /// The file at a path below the page's address; none of that name is asked for with
    /// the page itself: `""` is `index.html`.
    pub fn file(&self, path: &str) -> Option<&DistFile> {
        let path = if path.is_empty() { "index.html" } else { path };
        self.files.get(path)
    }

    /// Every file, by its path with `/`.
    pub fn files(&self) -> impl Iterator<Item = (&str, &DistFile)> {
        self.files.iter().map(|(path, file)| (path.as_str(), file))
    }
}

fn gather(root: &Path, folder: &Path, files: &mut BTreeMap<String, DistFile>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        // What a build that was broken off has left is not shipped.
        if name.starts_with('.') {
            continue;
        }
        if path.is_dir() {
            gather(root, &path, files);
            continue;
        }
        if name.ends_with(".br") || name.ends_with(".gz") {
            continue;
        }
        let raw = std::fs::read(&path).unwrap();
        let brotli = std::fs::read(path.with_file_name(format!("{name}.br"))).ok();
        let name = path.strip_prefix(root).unwrap();
        let name = name.to_string_lossy().into_owned();
        files.insert(name, DistFile { raw, brotli });
    }
}
