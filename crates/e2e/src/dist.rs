//! The built page, each file also compressed once, as a server for production has it.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use brotli::enc::BrotliEncoderParams;

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
    /// Compressed with brotli, quality 11, window 24.
    pub brotli: Vec<u8>,
}

impl Dist {
    /// Reads and compresses the page that `OMNI2_WEB_DIST` names.
    pub fn compressed() -> Dist {
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
        let raw = std::fs::read(&path).unwrap();
        let brotli = compress(&raw);
        let name = path.strip_prefix(root).unwrap();
        let name = name.to_string_lossy().into_owned();
        files.insert(name, DistFile { raw, brotli });
    }
}

fn compress(mut raw: &[u8]) -> Vec<u8> {
    let params = BrotliEncoderParams {
        quality: 11,
        lgwin: 24,
        size_hint: raw.len(),
        ..BrotliEncoderParams::default()
    };
    let mut compressed = Vec::new();
    brotli::BrotliCompress(&mut raw, &mut compressed, &params).unwrap();
    compressed
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_compressed_is_smaller_and_the_same_again() {
        let raw = b"call ".repeat(200);
        let compressed = compress(&raw);
        assert!(compressed.len() < 50);
        let mut again = Vec::new();
        brotli::BrotliDecompress(&mut compressed.as_slice(), &mut again).unwrap();
        assert_eq!(again, raw);
    }
}
