//! What is fuzzed: tests, which `cargo test` runs for moments with the inputs that are kept.

use std::path::{Path, PathBuf};

use clap::ValueEnum;

/// One of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Target {
    /// Query parameters of the API
    Parameters,
    /// Bodies that the API is asked with
    Bodies,
    /// Folds of any rows over any window in any time zone
    Folds,
    /// Messages to the assistant
    Messages,
    /// Markdown, and what the page makes of it
    Markdown,
    /// Events as the API reads them from a hub or a model
    UpstreamEvents,
    /// Events as the page reads them from the API
    PageEvents,
}

impl Target {
    /// Its package, the test program that holds it, and its name there.
    fn place(self) -> (&'static str, &'static str, &'static str) {
        let lib = "--lib";
        let stories = "--test=stories";
        match self {
            Target::Parameters => (
                "api",
                lib,
                "routes::fuzz::any_query_is_read_within_bounds_or_refused_by_name",
            ),
            Target::Bodies => (
                "api",
                lib,
                "routes::fuzz::any_body_is_a_question_within_bounds_or_refused_by_name",
            ),
            Target::Folds => (
                "timeline",
                stories,
                "fuzz::a_fold_is_that_of_its_rows_in_any_zone_at_any_time",
            ),
            Target::Messages => (
                "grammar",
                stories,
                "fuzz::any_message_at_any_moment_is_a_question_or_none",
            ),
            Target::Markdown => (
                "rich-text",
                stories,
                "fuzz::whatever_comes_in_whatever_pieces_the_html_is_ours",
            ),
            Target::UpstreamEvents => (
                "api",
                lib,
                "chat::upstream::sse::tests::any_bytes_are_read_alike_in_any_pieces_and_within_bounds",
            ),
            Target::PageEvents => (
                "web",
                lib,
                "api::sse::tests::any_bytes_are_read_alike_in_any_pieces",
            ),
        }
    }

    pub(super) fn package(self) -> &'static str {
        self.place().0
    }

    /// What tells cargo which test program is wanted.
    pub(super) fn program(self) -> &'static str {
        self.place().1
    }

    /// The test's whole name.
    pub(super) fn test(self) -> &'static str {
        self.place().2
    }

    /// Its name on the command line.
    pub(super) fn name(self) -> String {
        let value = self.to_possible_value();
        value.map_or_else(String::new, |value| value.get_name().to_owned())
    }

    /// Where its inputs are kept: beside the test, by the name that the test gives.
    pub(super) fn kept(self, root: &Path) -> PathBuf {
        let folder = match self {
            Target::Parameters | Target::Bodies => "src/routes",
            Target::UpstreamEvents => "src/chat/upstream",
            Target::PageEvents => "src/api",
            Target::Folds | Target::Messages | Target::Markdown => "tests/stories",
        };
        let inputs = root.join("crates").join(self.package()).join(folder);
        let name = self.name().replace('-', "_");
        inputs.join("__fuzz__").join(name).join("corpus")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::project::Project;

    #[test]
    fn every_target_is_a_test_with_inputs_beside_it() {
        let project = Project::here();
        for target in Target::value_variants() {
            let kept = target.kept(project.root());
            let inputs = std::fs::read_dir(&kept).map_or(0, Iterator::count);
            assert!(inputs > 0, "{}", kept.display());
            let beside = kept.ancestors().nth(3).unwrap();
            let (_, test) = target.test().rsplit_once("::").unwrap();
            let written = std::fs::read_dir(beside).unwrap().any(|file| {
                let source = std::fs::read_to_string(file.unwrap().path()).unwrap_or_default();
                let name = target.name().replace('-', "_");
                source.contains(&format!("fn {test}()"))
                    && source.contains(&format!("check!(name = \"{name}\")"))
            });
            assert!(written, "{test}");
        }
    }
}
