//! The files of the project, as text.

use std::io::ErrorKind;

use super::Finding;
use crate::process::{ProcessError, command, output};
use crate::project::Project;

/// The files cannot be read.
#[derive(Debug, thiserror::Error)]
pub(crate) enum TreeError {
    #[error(transparent)]
    Process(#[from] ProcessError),
    #[error("git lists no files here: is this a clone of the project?")]
    Empty,
    #[error("{path}: {source}")]
    Read {
        path: String,
        source: std::io::Error,
    },
}

/// One file.
pub(super) struct File {
    /// From the root of the project, with `/`.
    pub(super) path: String,
    pub(super) text: String,
}

impl File {
    /// Its lines, numbered from 1.
    pub(super) fn lines(&self) -> impl Iterator<Item = (usize, &str)> {
        self.text
            .lines()
            .enumerate()
            .map(|(index, line)| (index + 1, line))
    }

    /// Its lines of Rust without comments, numbered from 1.
    pub(super) fn code(&self) -> impl Iterator<Item = (usize, &str)> {
        self.lines()
            .map(|(number, line)| (number, without_comment(line)))
    }

    pub(super) fn is_rust(&self) -> bool {
        self.ends_with(".rs")
    }

    pub(super) fn ends_with(&self, ending: &str) -> bool {
        self.path.ends_with(ending)
    }

    pub(super) fn finding(&self, line: usize, what: impl Into<String>) -> Finding {
        Finding {
            path: self.path.clone(),
            line,
            what: what.into(),
        }
    }
}

/// All files.
pub(super) struct Tree {
    files: Vec<File>,
}

impl Tree {
    /// What git tracks in the project, and what it would if told to.
    ///
    /// # Errors
    /// When git or a file cannot be read.
    pub(super) fn of(project: &Project) -> Result<Tree, TreeError> {
        let words = [
            "ls-files",
            "-z",
            "--cached",
            "--others",
            "--exclude-standard",
            "--deduplicate",
        ];
        let list = output(command(project, "git").args(words))?;
        let mut files = Vec::new();
        for path in list.split('\0').filter(|path| !path.is_empty()) {
            match std::fs::read(project.root().join(path)) {
                Ok(bytes) => files.push(File {
                    path: path.to_owned(),
                    // Pictures and the like: no rule finds anything in them.
                    text: String::from_utf8(bytes).unwrap_or_default(),
                }),
                // Deleted, and git not told yet.
                Err(error) if error.kind() == ErrorKind::NotFound => {}
                Err(source) => {
                    let path = path.to_owned();
                    return Err(TreeError::Read { path, source });
                }
            }
        }
        if files.is_empty() {
            return Err(TreeError::Empty);
        }
        Ok(Tree { files })
    }

    /// A made-up one.
    #[cfg(test)]
    pub(super) fn made_of(files: &[(&str, &str)]) -> Tree {
        let file = |(path, text): &(&str, &str)| File {
            path: (*path).to_owned(),
            text: (*text).to_owned(),
        };
        Tree {
            files: files.iter().map(file).collect(),
        }
    }

    pub(super) fn files(&self) -> &[File] {
        &self.files
    }

    pub(super) fn file(&self, path: &str) -> Option<&File> {
        self.files.iter().find(|file| file.path == path)
    }
}

/// A line up to its comment. `//` within a text (`https://`) is no comment.
fn without_comment(line: &str) -> &str {
    let mut quoted = false;
    let mut escaped = false;
    for (place, letter) in line.char_indices() {
        match letter {
            '"' if !escaped => quoted = !quoted,
            '/' if !quoted && line.get(place..).is_some_and(|rest| rest.starts_with("//")) => {
                return line.get(..place).unwrap_or_default();
            }
            _ => {}
        }
        escaped = letter == '\\' && !escaped;
    }
    line
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_are_no_code_and_addresses_are_no_comments() {
        assert_eq!(without_comment("let a = 1; // actix"), "let a = 1; ");
        assert_eq!(without_comment("//! about actix"), "");
        let address = r#"let a = "http://x"; // and"#;
        assert_eq!(without_comment(address), r#"let a = "http://x"; "#);
        let quoted = r#"say("\"//\"")"#;
        assert_eq!(without_comment(quoted), quoted);
    }

    #[test]
    fn this_project_is_a_tree() {
        let tree = Tree::of(&Project::here()).unwrap();
        assert!(tree.file("crates/xtask/src/tidy/tree.rs").is_some());
    }
}
