//! Which of our crates may know which: always downhill, never round.

use super::Finding;
use super::tree::{File, Tree};

/// A crate, those of ours that it may use, and those that its tests may use besides.
struct Member {
    name: &'static str,
    uses: &'static [&'static str],
    in_tests: &'static [&'static str],
}

const MEMBERS: [Member; 12] = [
    Member {
        name: "shared-types",
        uses: &[],
        in_tests: &[],
    },
    Member {
        name: "timeline",
        uses: &[],
        in_tests: &[],
    },
    Member {
        name: "grammar",
        uses: &["timeline"],
        in_tests: &[],
    },
    Member {
        name: "testkit",
        uses: &[],
        in_tests: &[],
    },
    Member {
        name: "xtask",
        uses: &[],
        in_tests: &[],
    },
    Member {
        name: "hub-sim",
        uses: &[],
        in_tests: &["testkit"],
    },
    Member {
        name: "api",
        uses: &["grammar", "hub-sim", "shared-types", "timeline"],
        in_tests: &["testkit"],
    },
    Member {
        name: "rich-text",
        uses: &[],
        in_tests: &[],
    },
    Member {
        name: "web",
        uses: &["shared-types"],
        in_tests: &[],
    },
    // Knows the page only as files that were built.
    Member {
        name: "web-split",
        uses: &[],
        in_tests: &[],
    },
    // Knows the dashboard from outside only: through its binary and its page.
    Member {
        name: "e2e",
        uses: &["hub-sim", "shared-types", "testkit"],
        in_tests: &["hub-sim", "shared-types", "testkit"],
    },
    Member {
        name: "bench",
        uses: &["e2e", "hub-sim", "shared-types", "testkit"],
        in_tests: &[],
    },
];

pub(super) fn check(tree: &Tree) -> Vec<Finding> {
    let manifests = tree
        .files()
        .iter()
        .filter_map(|file| Some((file, name_of(file)?)));
    let manifests: Vec<(&File, &str)> = manifests.collect();
    let ours: Vec<&str> = manifests.iter().map(|(_, name)| *name).collect();
    let mut found = Vec::new();
    for (file, name) in manifests {
        let Some(member) = MEMBERS.iter().find(|member| member.name == name) else {
            let what = "no rule says what it may use: add it to xtask's tidy/members.rs";
            found.push(file.finding(0, what));
            continue;
        };
        for (line, used, in_tests) in dependencies(&file.text) {
            let may = member.uses.contains(&used) || (in_tests && member.in_tests.contains(&used));
            if ours.contains(&used) && !may {
                found.push(file.finding(line, format!("{name} does not use {used}")));
            }
        }
    }
    found
}

/// The folder of a manifest `crates/<folder>/Cargo.toml`: folders are named like crates.
fn name_of(file: &File) -> Option<&str> {
    let name = file
        .path
        .strip_prefix("crates/")?
        .strip_suffix("/Cargo.toml")?;
    (!name.contains('/')).then_some(name)
}

/// Line, name, and whether for tests only, of everything that a manifest depends on.
fn dependencies(toml: &str) -> Vec<(usize, &str, bool)> {
    let mut section = "";
    let mut found = Vec::new();
    for (index, line) in toml.lines().enumerate() {
        let line = line.trim();
        if let Some(head) = line.strip_prefix('[') {
            section = head.trim_end_matches(']');
            // [dependencies.name]
            if let Some((before, name)) = section.rsplit_once("dependencies.") {
                found.push((index + 1, name.trim_matches('"'), before.ends_with("dev-")));
            }
        } else if section.ends_with("dependencies") && !line.starts_with('#') {
            let name = line
                .split(['=', '.', ' '])
                .next()
                .unwrap_or_default()
                .trim_matches('"');
            if !name.is_empty() {
                found.push((index + 1, name, section.ends_with("dev-dependencies")));
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn findings(name: &str, manifest: &str) -> Vec<Finding> {
        let path = format!("crates/{name}/Cargo.toml");
        let mut files = vec![
            ("crates/api/Cargo.toml", ""),
            ("crates/shared-types/Cargo.toml", ""),
            ("crates/testkit/Cargo.toml", ""),
        ];
        files.retain(|(other, _)| *other != path);
        files.push((&path, manifest));
        check(&Tree::made_of(&files))
    }

    #[test]
    fn whatever_the_spelling_a_dependency_is_seen() {
        for manifest in [
            "[dependencies]\napi.workspace = true",
            "[dependencies]\napi = { path = \"../api\" }",
            "[dependencies.api]\nworkspace = true",
            "[target.'cfg(unix)'.dependencies]\napi = \"1\"",
            "[dev-dependencies]\napi.workspace = true",
            "[build-dependencies]\napi.workspace = true",
        ] {
            assert_eq!(findings("timeline", manifest).len(), 1, "{manifest}");
        }
    }

    #[test]
    fn what_tests_may_use_is_not_for_the_rest() {
        assert!(findings("hub-sim", "[dev-dependencies]\ntestkit.workspace = true").is_empty());
        assert_eq!(
            findings("hub-sim", "[dependencies]\ntestkit.workspace = true").len(),
            1
        );
        assert_eq!(
            findings("hub-sim", "[dependencies.testkit]\nworkspace = true").len(),
            1
        );
    }

    #[test]
    fn a_use_downhill_and_other_peoples_crates_are_fine() {
        let manifest =
            "[dependencies]\nshared-types = { workspace = true }\nserde.workspace = true";
        assert!(findings("web", manifest).is_empty());
    }

    #[test]
    fn a_new_crate_needs_a_rule() {
        assert_eq!(findings("novel", "").len(), 1);
    }
}
