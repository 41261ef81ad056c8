//! `cargo xtask tidy`: rules that neither the compiler nor clippy know.
//!
//! A rule looks at the whole tree and tells what it finds; each has tests on small,
//! made-up trees that show it failing.

mod leftovers;
mod length;
mod members;
mod rooms;
mod secrets;
mod sql;
mod tree;
mod versions;

use std::fmt;

use crate::project::Project;
use tree::Tree;
pub(crate) use tree::TreeError;

/// Rules are broken, or the tree cannot be read.
#[derive(Debug, thiserror::Error)]
pub(crate) enum TidyError {
    #[error(transparent)]
    Tree(#[from] TreeError),
    #[error("{0} of our own rules broken, see above")]
    Broken(usize),
}

/// A place where a rule is broken.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Finding {
    path: String,
    /// From 1; 0 when it is about the whole file.
    line: usize,
    what: String,
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.line {
            0 => write!(f, "{}: {}", self.path, self.what),
            line => write!(f, "{}:{line}: {}", self.path, self.what),
        }
    }
}

type Rule = fn(&Tree) -> Vec<Finding>;

const RULES: [Rule; 7] = [
    length::check,
    members::check,
    rooms::check,
    sql::check,
    leftovers::check,
    secrets::check,
    versions::check,
];

/// Checks the files that git knows, and those it would take.
///
/// # Errors
/// When a rule is broken; what is wrong has been printed.
pub(crate) fn run(project: &Project) -> Result<(), TidyError> {
    let tree = Tree::of(project)?;
    let mut found: Vec<Finding> = RULES.iter().flat_map(|rule| rule(&tree)).collect();
    found.sort();
    for finding in &found {
        println!("{finding}");
    }
    match found.len() {
        0 => {
            println!("    {} files are tidy", tree.files().len());
            Ok(())
        }
        count => Err(TidyError::Broken(count)),
    }
}
