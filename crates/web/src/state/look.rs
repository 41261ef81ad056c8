//! What of the hub is looked at: everything that the page's address says, so that a link
//! shows the same thing to somebody else, and back and forward work.
//!
//! | name | value |
//! | --- | --- |
//! | `range` | a named range for every chart |
//! | `from`, `to` | instead of it, from one moment to another (RFC 3339) |
//! | `zoom` | what the charts over time are zoomed to: `<from>..<to>`, milliseconds since 1970 |
//! | `hide`, `hide-mcp` | a line, or a server's slice, that is switched off; once each |
//! | `table` | a chart that is shown as a table; once each |
//! | `mcp`, `status`, `user`, `q`, `since`, `until` | which calls the feed shows |
//! | `call` | the call whose details are open |

use shared_types::Range;

use crate::browser::{address, scroll};
use crate::view::Watched;

/// The dashboard's path.
pub const PAGE: &str = "/dashboard/";

/// Names that say which calls the feed shows.
pub const CALLS: [&str; 6] = ["mcp", "status", "user", "q", "since", "until"];

/// A name of the address, and what it says.
type Pairs = Vec<(String, String)>;

/// What is looked at, cheap to copy.
#[derive(Clone, Copy)]
pub struct Look {
    pairs: Watched<Pairs>,
}

/// The span that every chart covers.
#[derive(Clone, Debug, PartialEq)]
pub enum Span {
    /// A range that ends now.
    Named(Range),
    /// From one moment to another (to now, when left out), RFC 3339.
    Between(String, Option<String>),
}

impl Span {
    /// As the API is asked for it.
    pub fn query(&self) -> Vec<(&'static str, String)> {
        match self {
            Span::Named(range) => vec![("range", range.as_str().to_owned())],
            Span::Between(from, to) => {
                let to = to.iter().map(|to| ("to", to.clone()));
                std::iter::once(("from", from.clone())).chain(to).collect()
            }
        }
    }
}

impl Look {
    /// Follows the address.
    pub fn begin() -> Look {
        let look = Look {
            pairs: Watched::new(pairs_of(&address::search())),
        };
        address::on_step(move || look.pairs.set(pairs_of(&address::search())));
        address::on_link(PAGE, move |search| {
            let pairs = pairs_of(search);
            look.change(false, |now| *now = pairs);
        });
        look
    }

    /// What the address says under this name.
    pub fn one(self, name: &str) -> Option<String> {
        let mut pairs = self.pairs.get().into_iter();
        pairs.find(|pair| pair.0 == name).map(|pair| pair.1)
    }

    /// Whether the address has this name with this value.
    pub fn has(self, name: &str, value: &str) -> bool {
        let is = |pair: &(String, String)| pair.0 == name && pair.1 == value;
        self.pairs.get().iter().any(is)
    }

    /// Sets names, or drops those without a value, as a step that one can go back from.
    pub fn set(self, changes: &[(&str, Option<&str>)]) {
        self.change(false, |pairs| put(pairs, changes));
    }

    /// The same in the place of this step: for what changes while it is still being chosen.
    pub fn amend(self, changes: &[(&str, Option<&str>)]) {
        self.change(true, |pairs| put(pairs, changes));
    }

    /// Adds a value to those of a name, or takes it away.
    pub fn toggle(self, name: &str, value: &str) {
        self.change(false, |pairs| {
            let before = pairs.len();
            pairs.retain(|pair| pair.0 != name || pair.1 != value);
            if pairs.len() == before {
                pairs.push((name.to_owned(), value.to_owned()));
            }
        });
    }

    /// The span of every chart: the last 24 hours, unless another one was chosen.
    pub fn span(self) -> Span {
        match (self.one("from"), self.one("range")) {
            (Some(from), _) => Span::Between(from, self.one("to")),
            (None, range) => {
                let range = range.and_then(|name| name.parse().ok());
                Span::Named(range.unwrap_or(Range::Day))
            }
        }
    }

    /// Chooses a range.
    pub fn choose(self, range: Range) {
        let name = (range != Range::Day).then(|| range.as_str());
        self.set(&[
            ("range", name),
            ("from", None),
            ("to", None),
            ("zoom", None),
        ]);
    }

    /// Shows these calls in the feed, whatever it showed before, and brings it into view:
    /// names are those of [`CALLS`].
    pub fn filter_calls(self, which: &[(&str, Option<&str>)]) {
        self.change(false, |pairs| {
            pairs.retain(|pair| !CALLS.contains(&pair.0.as_str()));
            put(pairs, which);
        });
        scroll::bring("activity");
    }

    /// This page's address with other values, for links: they are followed in place.
    pub fn address(self, changes: &[(&str, Option<&str>)]) -> String {
        let mut pairs = self.pairs.get();
        put(&mut pairs, changes);
        search_of(&pairs)
    }

    fn change(self, replace: bool, change: impl FnOnce(&mut Pairs)) {
        let mut pairs = self.pairs.peek();
        change(&mut pairs);
        if self.pairs.peek() != pairs {
            address::go(&search_of(&pairs), replace);
            self.pairs.set(pairs);
        }
    }
}

fn put(pairs: &mut Pairs, changes: &[(&str, Option<&str>)]) {
    for (name, value) in changes {
        pairs.retain(|pair| pair.0 != *name);
        if let Some(value) = value.filter(|value| !value.is_empty()) {
            pairs.push(((*name).to_owned(), value.to_owned()));
        }
    }
}

fn pairs_of(search: &str) -> Pairs {
    let read = |text: &str| {
        let text = text.replace('+', " ");
        js_sys::decode_uri_component(&text).map_or(text, String::from)
    };
    search
        .trim_start_matches('?')
        .split('&')
        .filter_map(|pair| pair.split_once('='))
        .map(|(name, value)| (read(name), read(value)))
        .collect()
}

/// The page's address that says this.
fn search_of(pairs: &Pairs) -> String {
    let write = |text: &str| String::from(js_sys::encode_uri_component(text));
    let words: Vec<String> = pairs
        .iter()
        .map(|(name, value)| format!("{}={}", write(name), write(value)))
        .collect();
    format!("{PAGE}?{}", words.join("&"))
        .trim_end_matches('?')
        .to_owned()
}
