//! Footnotes: numbered in the order in which they are referred to, and told at the end.

use std::collections::BTreeMap;
use std::fmt::Write;

/// The footnotes of an answer.
pub(super) struct Footnotes {
    answer: u32,
    /// Labels, in the order of their numbers.
    numbers: Vec<String>,
    told: BTreeMap<String, String>,
}

impl Footnotes {
    pub(super) fn new(answer: u32) -> Footnotes {
        Footnotes {
            answer,
            numbers: Vec::new(),
            told: BTreeMap::new(),
        }
    }

    /// Writes a reference.
    pub(super) fn refer(&mut self, label: &str, html: &mut String) {
        let (number, first) = self.number(label);
        let answer = self.answer;
        // Ids are there once: the way back leads to the first reference.
        let id = if first {
            format!(" id=\"a{answer}-ref-{number}\"")
        } else {
            String::new()
        };
        // Writing into a string cannot fail.
        let _ = write!(
            html,
            "<sup class=\"note-ref\"><a{id} href=\"#a{answer}-note-{number}\" aria-label=\"Footnote {number}\">{number}</a></sup>"
        );
    }

    /// Keeps what a footnote says.
    pub(super) fn tell(&mut self, label: String, html: String) {
        self.told.entry(label).or_insert(html);
    }

    /// All of them that are referred to, as a block.
    pub(super) fn block(&self) -> Option<String> {
        if self.numbers.is_empty() {
            return None;
        }
        let answer = self.answer;
        let mut html = String::from("<section class=\"notes\"><ol>");
        for (label, number) in self.numbers.iter().zip(1..) {
            let told = self.told.get(label).map_or("", String::as_str);
            // Writing into a string cannot fail.
            let _ = write!(
                html,
                "<li id=\"a{answer}-note-{number}\" dir=\"auto\">{told}<a href=\"#a{answer}-ref-{number}\" aria-label=\"Back to the text\">↩</a></li>"
            );
        }
        html.push_str("</ol></section>");
        Some(html)
    }

    /// A footnote's number, and whether it is new.
    fn number(&mut self, label: &str) -> (usize, bool) {
        if let Some(place) = self.numbers.iter().position(|known| known == label) {
            return (place + 1, false);
        }
        self.numbers.push(label.to_owned());
        (self.numbers.len(), true)
    }
}
