//! The steps, in order.

use clap::ValueEnum;

/// One step of `cargo xtask test`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, ValueEnum)]
pub(crate) enum Step {
    /// rustfmt
    Fmt,
    /// The rules of `cargo xtask tidy`
    Tidy,
    /// clippy on everything but the page
    Clippy,
    /// What building the page needs
    Tools,
    /// clippy on the page
    ClippyWeb,
    /// Every test program but the page's
    Build,
    /// Every test but the page's and the browser's
    Tests,
    /// Examples in the documentation
    DocTests,
    /// The page's own tests that need no browser
    WebTests,
    /// The page's own tests in Chromium
    BrowserTests,
    /// The page as it is shipped
    WebBuild,
    /// Stories of the whole dashboard in Chromium
    Stories,
}

impl Step {
    /// Its name on the command line.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Step::Fmt => "fmt",
            Step::Tidy => "tidy",
            Step::Clippy => "clippy",
            Step::Tools => "tools",
            Step::ClippyWeb => "clippy-web",
            Step::Build => "build",
            Step::Tests => "tests",
            Step::DocTests => "doc-tests",
            Step::WebTests => "web-tests",
            Step::BrowserTests => "browser-tests",
            Step::WebBuild => "web-build",
            Step::Stories => "stories",
        }
    }

    /// What it does, for people.
    pub(crate) fn what(self) -> &'static str {
        match self {
            Step::Fmt => "the code is formatted",
            Step::Tidy => "our own rules are kept",
            Step::Clippy => "clippy is content with everything but the page",
            Step::Tools => "what building the page needs is there",
            Step::ClippyWeb => "clippy is content with the page",
            Step::Build => "the test programs build",
            Step::Tests => "the tests of everything but the page",
            Step::DocTests => "the examples in the documentation",
            Step::WebTests => "the page's tests that need no browser",
            Step::BrowserTests => "the page's tests in Chromium",
            Step::WebBuild => "the page builds as it is shipped",
            Step::Stories => "stories of the whole dashboard in Chromium",
        }
    }

    /// What must have passed before.
    pub(crate) fn needs(self) -> &'static [Step] {
        match self {
            Step::ClippyWeb | Step::BrowserTests | Step::WebBuild => &[Step::Tools],
            Step::Tests => &[Step::Build],
            Step::Stories => &[Step::Build, Step::WebBuild],
            _ => &[],
        }
    }
}

/// All steps, or those named and what they need, in order.
pub(crate) fn chosen(only: &[Step]) -> Vec<Step> {
    let all = Step::value_variants();
    if only.is_empty() {
        return all.to_vec();
    }
    let mut wanted = only.to_vec();
    let mut next = 0;
    while let Some(step) = wanted.get(next).copied() {
        wanted.extend(step.needs());
        next += 1;
    }
    all.iter()
        .copied()
        .filter(|step| wanted.contains(step))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_step_comes_after_all_that_it_needs() {
        for step in Step::value_variants() {
            assert!(
                step.needs().iter().all(|need| need < step),
                "{}",
                step.name()
            );
        }
    }

    #[test]
    fn one_step_brings_what_it_needs_and_no_more() {
        let stories = [Step::Tools, Step::Build, Step::WebBuild, Step::Stories];
        assert_eq!(chosen(&[Step::Stories]), stories);
        assert_eq!(chosen(&[Step::Tidy]), [Step::Tidy]);
        assert_eq!(chosen(&[]).len(), Step::value_variants().len());
    }

    #[test]
    fn names_are_those_of_the_command_line() {
        for step in Step::value_variants() {
            let value = step.to_possible_value().unwrap();
            assert_eq!(value.get_name(), step.name());
        }
    }
}
