//! Conditions joined by AND, with their values: bound for a question that is asked, or
//! written out for people who ask it themselves.

use super::expressions::{Dialect, Expressions, in_calendar};
use super::filter::Place;
use super::literal;

/// A value bound to a condition.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Bind {
    Number(i64),
    Text(String),
}

/// Conditions, with their values in order.
#[derive(Debug, Default)]
pub(super) struct Conditions {
    parts: Vec<String>,
    binds: Vec<Bind>,
    /// Values stand in the text, in this dialect.
    written: Option<Dialect>,
}

impl Conditions {
    /// For people: values stand in the text.
    pub(super) fn written(dialect: Dialect) -> Conditions {
        Conditions {
            written: Some(dialect),
            ..Conditions::default()
        }
    }

    /// Whether people read it.
    pub(super) fn is_written(&self) -> bool {
        self.written.is_some()
    }

    pub(super) fn push(&mut self, part: String) {
        self.parts.push(part);
    }

    pub(super) fn number(&mut self, value: i64) -> String {
        if self.is_written() {
            return value.to_string();
        }
        self.binds.push(Bind::Number(value));
        format!("${}", self.binds.len())
    }

    /// A moment, brought within those that every database knows.
    pub(super) fn moment(&mut self, words: &Expressions, at: i64) -> String {
        let at = in_calendar(at);
        if let Some(dialect) = self.written {
            return literal::moment(dialect, at);
        }
        let at = self.number(at);
        words.moment(&at)
    }

    pub(super) fn string(&mut self, value: &str) -> String {
        if let Some(dialect) = self.written {
            return literal::text(dialect, value);
        }
        self.binds.push(Bind::Text(value.to_owned()));
        format!("${}", self.binds.len())
    }

    /// A table's name (`omni2.audit_logs`) as it has to be written.
    pub(super) fn table(&self, name: &'static str) -> &'static str {
        self.written
            .map_or(name, |dialect| literal::table(dialect, name))
    }

    pub(super) fn text(&self) -> String {
        let between = if self.is_written() {
            "\n    AND "
        } else {
            " AND "
        };
        self.parts.join(between)
    }

    pub(super) fn binds(&self) -> &[Bind] {
        &self.binds
    }

    /// Only rows that come after this place in the feed.
    pub(super) fn older_than(&mut self, words: &Expressions, place: Option<Place>) {
        let Some(place) = place else { return };
        let at = self.moment(words, place.at);
        let id = self.number(place.id);
        self.parts.push(format!(
            "a.timestamp <= {at} AND (a.timestamp < {at} OR a.id < {id})"
        ));
    }
}
