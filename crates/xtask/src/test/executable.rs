//! Programs that a build has made, as cargo tells of them.
//!
//! All test programs are built by one call of cargo and then run one by one: calling
//! cargo for some of the packages would choose other features of what they depend on,
//! and build all that once more.

use std::path::{Path, PathBuf};

/// A program that was built.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Executable {
    /// Folder of its package.
    pub(crate) package: PathBuf,
    /// `lib`, `bin`, `test`, `example`...
    pub(crate) kind: String,
    pub(crate) name: String,
    /// Whether it runs tests.
    pub(crate) tests: bool,
    pub(crate) file: PathBuf,
}

impl Executable {
    /// From one line of `--message-format=json`; none when it tells of something else.
    pub(crate) fn read(line: &str) -> Option<Executable> {
        if !line.starts_with("{\"reason\":\"compiler-artifact\"") {
            return None;
        }
        let target = after(line, "\"target\":{")?;
        let profile = after(line, "\"profile\":{")?.split('}').next()?;
        let manifest = PathBuf::from(text(line, "manifest_path")?);
        Some(Executable {
            package: manifest.parent()?.to_owned(),
            kind: after(target, "\"kind\":[\"")?.split('"').next()?.to_owned(),
            name: text(target, "name")?.to_owned(),
            tests: profile.contains("\"test\":true"),
            file: PathBuf::from(text(line, "executable")?),
        })
    }

    /// Its package's name, by its folder.
    pub(crate) fn package_name(&self) -> String {
        let name = self.package.file_name().unwrap_or_default();
        name.to_string_lossy().into_owned()
    }

    /// What it is, for people: `api (test stories)`.
    pub(crate) fn title(&self) -> String {
        format!("{} ({} {})", self.package_name(), self.kind, self.name)
    }

    /// Whether it is of the package in that folder of `crates`.
    pub(crate) fn is_of(&self, crates: &Path, package: &str) -> bool {
        self.package == crates.join(package)
    }
}

fn after<'a>(line: &'a str, mark: &str) -> Option<&'a str> {
    line.split_once(mark).map(|(_, rest)| rest)
}

/// The text of a field. Escapes are not undone: names and paths of this project have none.
fn text<'a>(line: &'a str, field: &str) -> Option<&'a str> {
    after(line, &format!("\"{field}\":\""))?.split('"').next()
}

#[cfg(test)]
mod tests {
    use super::*;

    const LINE: &str = r#"{"reason":"compiler-artifact","package_id":"path+file:///p/crates/api#0.1.0","manifest_path":"/p/crates/api/Cargo.toml","target":{"kind":["test"],"crate_types":["bin"],"name":"stories","src_path":"/p/crates/api/tests/stories/main.rs","edition":"2024","doc":false,"doctest":false,"test":true},"profile":{"opt_level":"0","debuginfo":1,"debug_assertions":true,"overflow_checks":true,"test":true},"features":[],"filenames":["/p/target/debug/deps/stories-1"],"executable":"/p/target/debug/deps/stories-1","fresh":true}"#;

    #[test]
    fn a_test_program_is_read_from_its_line() {
        let program = Executable::read(LINE).unwrap();
        assert_eq!(program.title(), "api (test stories)");
        assert_eq!(program.file, Path::new("/p/target/debug/deps/stories-1"));
        assert!(program.tests && program.is_of(Path::new("/p/crates"), "api"));
    }

    #[test]
    fn a_plain_program_runs_no_tests() {
        let line = LINE.replace(
            "true,\"test\":true},\"features\"",
            "true,\"test\":false},\"features\"",
        );
        assert!(!Executable::read(&line).unwrap().tests);
    }

    #[test]
    fn libraries_and_other_lines_are_no_programs() {
        let library = LINE.replace(
            "\"executable\":\"/p/target/debug/deps/stories-1\"",
            "\"executable\":null",
        );
        assert_eq!(Executable::read(&library), None);
        assert_eq!(
            Executable::read("{\"reason\":\"build-finished\",\"success\":true}"),
            None
        );
        assert_eq!(Executable::read(""), None);
    }
}
