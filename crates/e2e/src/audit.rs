//! What axe-core finds: whether everybody can use the page.

use std::fmt;
use std::path::PathBuf;

use serde::Deserialize;
use serde_json::Value;
use testkit::Missing;

use crate::Viewer;

/// The success criteria of WCAG 2.0, 2.1 and 2.2, A and AA.
const CRITERIA: [&str; 6] = [
    "wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa",
];

/// Rules that axe-core leaves out unless they are named: WCAG 2.2's size of targets, and
/// that what is said aloud begins with what is written.
const ALSO: [&str; 2] = ["target-size", "label-content-name-mismatch"];

/// The contrast of text, which over glass axe-core leaves to people.
const CONTRAST: &str = "color-contrast";

/// axe-core, which judges a page.
pub struct Axe(String);

/// What axe-core says of a page as it is at one moment.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct Audit {
    /// Broken rules.
    pub violations: Vec<Finding>,
    /// What axe-core cannot decide.
    pub incomplete: Vec<Finding>,
}

/// One element, judged by one rule.
#[derive(Clone, Debug, Deserialize)]
pub struct Finding {
    /// The rule's name in axe-core.
    pub rule: String,
    /// The element, as a CSS selector.
    pub element: String,
    /// What is wrong, or what has to be looked at.
    pub why: String,
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} at {}: {}", self.rule, self.element, self.why)
    }
}

impl Audit {
    /// Elements whose contrast axe-core cannot tell.
    pub fn unclear_contrast(&self) -> Vec<String> {
        let of_contrast = self.incomplete.iter().filter(|one| one.rule == CONTRAST);
        of_contrast.map(|one| one.element.clone()).collect()
    }

    /// What else it cannot decide.
    pub fn otherwise_unclear(&self) -> Vec<String> {
        let others = self.incomplete.iter().filter(|one| one.rule != CONTRAST);
        others.map(Finding::to_string).collect()
    }
}

impl Axe {
    /// The one that `OMNI2_AXE` names.
    ///
    /// # Errors
    /// When it was not brought: `cargo xtask test` does, with Python's pip.
    pub fn brought() -> Result<Axe, Missing> {
        let file = std::env::var_os("OMNI2_AXE").map(PathBuf::from);
        let text = file.and_then(|file| std::fs::read_to_string(file).ok());
        text.map(Axe).ok_or_else(|| Missing {
            program: "axe-core (OMNI2_AXE)".to_owned(),
            package: "python3-pip",
        })
    }
}

impl Viewer {
    /// Lets axe-core judge the page as it is, once nothing moves any more. It comes in
    /// through the browser's own door: the page's Content-Security-Policy does not hold
    /// there.
    pub async fn axe(&self, axe: &Axe) -> Audit {
        if self.read("typeof axe").await != "object" {
            self.read(&format!("{};0", axe.0)).await;
        }
        let still =
            "document.getAnimations().every((animation) => animation.playState !== 'running'
            || animation.effect.getComputedTiming().iterations === Infinity)";
        self.until("nothing moves", still).await;
        let question = format!(
            "(async () => {{
                const rules = Object.fromEntries({also}.map((rule) => [rule, {{ enabled: true }}]));
                const runOnly = {{ type: 'tag', values: {criteria} }};
                const found = await axe.run(document, {{ runOnly, rules }});
                const each = (results) => results.flatMap(({{ id, nodes }}) => nodes.map((node) => ({{
                    rule: id,
                    element: [node.target.at(-1)].flat().at(-1),
                    why: [...node.any, ...node.all, ...node.none].map((check) => check.message).join('; '),
                }})));
                return {{ violations: each(found.violations), incomplete: each(found.incomplete) }};
            }})()",
            also = Value::from(ALSO.to_vec()),
            criteria = Value::from(CRITERIA.to_vec()),
        );
        serde_json::from_value(self.read(&question).await).unwrap()
    }
}
