//! No file of code is longer than can be held in mind.

use super::Finding;
use super::tree::Tree;

const MOST: usize = 300;

/// Rust and styles only: prose and data may be as long as they need to.
pub(super) fn check(tree: &Tree) -> Vec<Finding> {
    let code = tree
        .files()
        .iter()
        .filter(|file| file.is_rust() || file.ends_with(".css"));
    code.filter_map(|file| {
        let lines = file.text.lines().count();
        (lines > MOST).then(|| {
            file.finding(
                0,
                format!("{lines} lines, {MOST} at most: give each idea a file of its own"),
            )
        })
    })
    .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn three_hundred_lines_are_enough_for_code_and_prose_may_be_longer() {
        let (enough, more) = ("x\n".repeat(300), "x\n".repeat(301));
        let tree = Tree::made_of(&[
            ("crates/api/src/a.rs", &enough),
            ("crates/api/src/b.rs", &more),
            ("crates/web/styles/c.css", &more),
            ("docs/d.md", &more),
        ]);
        let found: Vec<String> = check(&tree)
            .into_iter()
            .map(|finding| finding.path)
            .collect();
        assert_eq!(found, ["crates/api/src/b.rs", "crates/web/styles/c.css"]);
    }
}
