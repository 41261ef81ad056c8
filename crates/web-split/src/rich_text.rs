//! The worker that makes Markdown into HTML. Trunk calls its files the same in every
//! version: they go into a folder whose name is another one in each, so that a browser may
//! keep them for as long as it likes.

use std::path::Path;

use xxhash_rust::xxh3::Xxh3;

use crate::SplitError;
use crate::strip::stripped;

const WORKER: &str = "rich-text-worker.js";
const MODULE: &str = "rich-text_bg.wasm";
/// The worker, what wasm-bindgen wrote for it, and its module.
const FILES: [&str; 3] = [WORKER, "rich-text.js", MODULE];
const INDEX: &str = "index.html";

/// Puts the worker's files there, and writes their address into the page; what was done, for
/// people.
pub(crate) fn place(folder: &Path) -> Result<String, SplitError> {
    let index = folder.join(INDEX);
    let page = std::fs::read_to_string(&index).map_err(SplitError::file(&index))?;
    if !page.contains(WORKER) {
        return Err(SplitError::NoWorker);
    }
    let mut files = Vec::new();
    let mut hash = Xxh3::new();
    for name in FILES {
        let path = folder.join(name);
        let mut content = std::fs::read(&path).map_err(SplitError::file(&path))?;
        if name == MODULE {
            content = stripped(&content)?;
        }
        hash.update(&content);
        files.push((name, path, content));
    }
    let version = format!("rich-text-{:016x}", hash.digest());
    let into = folder.join(&version);
    std::fs::create_dir_all(&into).map_err(SplitError::file(&into))?;
    for (name, before, content) in files {
        let to = into.join(name);
        std::fs::write(&to, content).map_err(SplitError::file(&to))?;
        std::fs::remove_file(&before).map_err(SplitError::file(&before))?;
    }
    let page = page.replace(WORKER, &format!("{version}/{WORKER}"));
    std::fs::write(&index, page).map_err(SplitError::file(&index))?;
    Ok(format!("{version}: fetched when somebody chats"))
}

#[cfg(test)]
mod tests {
    use super::*;

    const EMPTY_MODULE: &[u8] = b"\0asm\x01\0\0\0";

    fn built(script: &str) -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        let write = |name: &str, content: &[u8]| {
            std::fs::write(folder.path().join(name), content).unwrap();
        };
        write(INDEX, b"<meta name=rich-text content=rich-text-worker.js>");
        write(WORKER, script.as_bytes());
        write("rich-text.js", b"export {}");
        write(MODULE, EMPTY_MODULE);
        folder
    }

    /// Where the page says that the worker is.
    fn address(folder: &Path) -> String {
        let page = std::fs::read_to_string(folder.join(INDEX)).unwrap();
        let address = page.split("content=").nth(1).unwrap();
        address.trim_end_matches('>').to_owned()
    }

    #[test]
    fn the_page_says_where_the_worker_is() {
        let folder = built("1");
        place(folder.path()).unwrap();
        let worker = folder.path().join(address(folder.path()));
        assert_eq!(std::fs::read_to_string(&worker).unwrap(), "1");
        assert!(worker.with_file_name(MODULE).is_file());
        assert!(!folder.path().join(MODULE).exists());
    }

    #[test]
    fn each_version_has_an_address_of_its_own() {
        let (one, same, other) = (built("1"), built("1"), built("2"));
        let addresses = [&one, &same, &other].map(|folder| {
            place(folder.path()).unwrap();
            address(folder.path())
        });
        assert_eq!(addresses[0], addresses[1]);
        assert_ne!(addresses[0], addresses[2]);
    }

    #[test]
    fn a_page_without_a_worker_is_none_of_ours() {
        let folder = built("1");
        std::fs::write(folder.path().join(INDEX), "").unwrap();
        assert!(matches!(place(folder.path()), Err(SplitError::NoWorker)));
    }
}
