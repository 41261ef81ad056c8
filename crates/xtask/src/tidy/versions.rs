//! A version that stands in two files is the same in both.

use super::Finding;
use super::tree::Tree;
use crate::tools::versions::{locked, setting};

/// Trunk.toml's wasm-bindgen is that of Cargo.lock: the two only work together.
pub(super) fn check(tree: &Tree) -> Vec<Finding> {
    let (Some(trunk), Some(lock)) = (tree.file("Trunk.toml"), tree.file("Cargo.lock")) else {
        return Vec::new();
    };
    let tool = setting(&trunk.text, "wasm_bindgen");
    let library = locked(&lock.text, "wasm-bindgen");
    match (tool, library) {
        (Some(tool), Some(library)) if tool != library => {
            let what = format!("wasm_bindgen is {tool} here and {library} in Cargo.lock");
            vec![trunk.finding(0, what)]
        }
        _ => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tool_and_the_library_are_of_one_version() {
        let lock = "[[package]]\nname = \"wasm-bindgen\"\nversion = \"0.2.129\"\n";
        let tree = |trunk| Tree::made_of(&[("Trunk.toml", trunk), ("Cargo.lock", lock)]);
        assert!(check(&tree("wasm_bindgen = \"0.2.129\"")).is_empty());
        assert_eq!(check(&tree("wasm_bindgen = \"0.2.128\"")).len(), 1);
    }
}
