//! Code with its words in classes: syntect's parser with an output of our own, which knows a
//! dozen classes and never nests.

mod classes;
mod names;

use syntect::dumps::from_reader;
use syntect::parsing::{ParseState, ScopeStack, SyntaxReference, SyntaxSet};
use syntect::util::LinesWithEndings;

use crate::limits;
use crate::text::escape;
use classes::Classes;

/// What build.rs has kept.
const SYNTAXES: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/syntaxes.bin"));

/// Highlights code.
pub struct Painter {
    syntaxes: SyntaxSet,
    classes: Classes,
    patience: Box<dyn Fn() -> bool>,
}

impl Default for Painter {
    fn default() -> Painter {
        Painter::new()
    }
}

impl Painter {
    /// One that has all the time in the world.
    pub fn new() -> Painter {
        Painter {
            syntaxes: from_reader(SYNTAXES).unwrap_or_default(),
            classes: Classes::new(),
            patience: Box::new(|| true),
        }
    }

    /// From now on goes on only as long as `patience` says so: it is asked before each line.
    /// Code that is not done by then stays plain.
    pub fn be_patient(&mut self, patience: impl Fn() -> bool + 'static) {
        self.patience = Box::new(patience);
    }

    /// The HTML of code in a language; none where it stays plain: the language is unknown,
    /// the code too long, or time is up.
    pub fn paint(&mut self, language: &str, code: &str) -> Option<String> {
        let syntax = self.syntax(language)?;
        let long = |line: &str| line.len() > limits::CODE_LINE;
        if code.len() > limits::CODE || code.lines().nth(limits::CODE_LINES).is_some() {
            return None;
        }
        if code.lines().any(long) {
            return None;
        }
        let mut state = ParseState::new(syntax);
        let mut scopes = ScopeStack::new();
        let mut spans = Spans::default();
        for line in LinesWithEndings::from(code) {
            if !(self.patience)() {
                return None;
            }
            let changes = state.parse_line(line, &self.syntaxes).ok()?;
            let mut from = 0;
            for (to, change) in changes {
                spans.write(line.get(from..to)?, self.classes.of(&scopes));
                scopes.apply(&change).ok()?;
                from = to;
            }
            spans.write(line.get(from..)?, self.classes.of(&scopes));
        }
        Some(spans.end())
    }

    fn syntax(&self, language: &str) -> Option<&SyntaxReference> {
        let is_it = |alias: &&str| alias.eq_ignore_ascii_case(language);
        let mut languages = names::LANGUAGES.iter();
        let (name, _) = languages.find(|(_, aliases)| aliases.iter().any(is_it))?;
        self.syntaxes.find_syntax_by_name(name)
    }
}

/// Writes spans; neighbours of one class are one.
#[derive(Default)]
struct Spans {
    html: String,
    class: &'static str,
}

impl Spans {
    fn write(&mut self, text: &str, class: &'static str) {
        if text.is_empty() {
            return;
        }
        // A class is not opened for white space, nor closed for it.
        if class != self.class && !text.trim().is_empty() {
            self.close();
            self.class = class;
            if !class.is_empty() {
                self.html.push_str("<span class=\"hl-");
                self.html.push_str(class);
                self.html.push_str("\">");
            }
        }
        escape(text, &mut self.html);
    }

    fn close(&mut self) {
        if !self.class.is_empty() {
            self.html.push_str("</span>");
        }
        self.class = "";
    }

    fn end(mut self) -> String {
        self.close();
        self.html
    }
}

#[cfg(test)]
mod tests;
