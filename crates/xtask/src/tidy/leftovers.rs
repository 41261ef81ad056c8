//! Nothing unfinished is shipped.

use super::Finding;
use super::tree::Tree;

/// Written in two halves, so that this file does not find itself.
const LEFTOVERS: [&str; 3] = [
    concat!("to", "do!"),
    concat!("unim", "plemented!"),
    concat!("d", "bg!"),
];

/// Unlike clippy's lints, also in tests and behind `#[allow]`.
pub(super) fn check(tree: &Tree) -> Vec<Finding> {
    let mut found = Vec::new();
    for file in tree.files().iter().filter(|file| file.is_rust()) {
        for (line, code) in file.code() {
            let left = LEFTOVERS.iter().filter(|word| code.contains(**word));
            found.extend(left.map(|word| file.finding(line, format!("{word} is left over"))));
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_left_over_is_found_and_prose_about_it_is_not() {
        for word in LEFTOVERS {
            let (code, prose) = (
                format!("fn a() {{ {word}() }}"),
                format!("// no {word} here"),
            );
            let tree = Tree::made_of(&[
                ("crates/api/src/a.rs", &code),
                ("b.rs", &prose),
                ("c.md", &code),
            ]);
            let found = check(&tree);
            assert_eq!(found.len(), 1, "{word}");
            assert_eq!(
                found[0].to_string(),
                format!("crates/api/src/a.rs:1: {word} is left over")
            );
        }
    }
}
