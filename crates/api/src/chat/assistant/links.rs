//! Links that open the page filtered to what was told, by the names of its address.

use std::fmt::Write as _;

use grammar::{Filter, Outcome, When};
use timeline::{Micros, Range, Span};

/// Conditions of the page's address.
#[derive(Default)]
pub(super) struct Link(Vec<(&'static str, String)>);

impl Link {
    /// The charts of this time, and its calls in the feed.
    pub(super) fn of(when: When, span: Span, filter: &Filter, errors: bool) -> Link {
        let mut link = Link::default();
        match when {
            When::Range(range) => link.push("range", range_name(range).to_owned()),
            When::Yesterday | When::Between { .. } => {
                link.push("from", rfc3339(span.from));
                link.push("to", rfc3339(span.to));
            }
        }
        link.filter(filter, errors);
        link.push("since", rfc3339(span.from));
        if !matches!(when, When::Range(_)) {
            link.push("until", rfc3339(span.to));
        }
        link
    }

    /// These calls in the feed.
    pub(super) fn of_calls(span: Option<Span>, filter: &Filter) -> Link {
        let mut link = Link::default();
        link.filter(filter, false);
        if let Some(span) = span {
            link.push("since", rfc3339(span.from));
            link.push("until", rfc3339(span.to));
        }
        link
    }

    fn filter(&mut self, filter: &Filter, errors: bool) {
        let status = match filter.outcome {
            Some(Outcome::Success) => Some("success"),
            Some(Outcome::Warning) => Some("warning"),
            Some(Outcome::Failed) => Some("error"),
            Some(Outcome::Blocked) => Some("blocked"),
            Some(Outcome::Error) => Some("errors"),
            None => errors.then_some("errors"),
        };
        let pairs = [
            ("mcp", filter.server.clone()),
            ("status", status.map(str::to_owned)),
            ("user", filter.user.clone()),
            // The feed finds tools by their names only.
            ("q", filter.text.clone().or_else(|| filter.tool.clone())),
        ];
        for (name, value) in pairs {
            if let Some(value) = value {
                self.push(name, value);
            }
        }
    }

    fn push(&mut self, name: &'static str, value: String) {
        self.0.push((name, value));
    }

    /// As Markdown.
    pub(super) fn shown(&self, words: &str) -> String {
        let pairs = self
            .0
            .iter()
            .map(|(name, value)| format!("{name}={}", escaped(value)));
        let pairs: Vec<String> = pairs.collect();
        format!("[{words}](?{})", pairs.join("&"))
    }
}

/// The details of one call.
pub(super) fn call(id: i64, words: &str) -> String {
    format!("[{words}](?call={id})")
}

fn range_name(range: Range) -> &'static str {
    match range {
        Range::Today => "today",
        Range::Hour => "1h",
        Range::SixHours => "6h",
        Range::Day => "24h",
        Range::Week => "7d",
        Range::Month => "30d",
    }
}

fn rfc3339(at: Micros) -> String {
    jiff::Timestamp::from_microsecond(at).map_or_else(|_| String::new(), |at| at.to_string())
}

/// For an address in Markdown: everything but letters and digits.
fn escaped(value: &str) -> String {
    let mut text = String::with_capacity(value.len());
    for byte in value.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.') {
            text.push(char::from(byte));
        } else {
            // Writing to a String cannot fail.
            let _ = write!(text, "%{byte:02X}");
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_cannot_leave_the_address() {
        assert_eq!(escaped("Git MCP"), "Git%20MCP");
        assert_eq!(escaped("a)&b=<é"), "a%29%26b%3D%3C%C3%A9");
    }
}
