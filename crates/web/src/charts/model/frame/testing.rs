//! An easel for tests: plain English in UTC, letters of one width.

use super::{Easel, Room, Words};

/// Plain English in UTC.
pub(crate) struct Plain;

impl Words for Plain {
    fn count(&self, value: f64) -> String {
        format!("{value}")
    }
    fn decimal(&self, value: f64) -> String {
        format!("{value:.1}")
    }
    fn tick(&self, at_ms: i64, midnight: bool) -> String {
        if midnight {
            "midnight".to_owned()
        } else {
            format!("{}:00", at_ms / 3_600_000 % 24)
        }
    }
    fn moment(&self, at_ms: i64) -> String {
        format!("minute {}", at_ms / 60_000)
    }
    fn whole(&self, value: f64) -> String {
        format!("{value}")
    }
    fn dollars(&self, usd: f64) -> String {
        format!("${usd}")
    }
    fn took(&self, ms: f64) -> String {
        format!("{ms} ms")
    }
    fn share(&self, share: f64) -> String {
        format!("{:.1} %", share * 100.0)
    }
    fn offset_ms(&self, _at_ms: i64) -> i64 {
        0
    }
}

/// Seven pixels a letter.
pub(crate) fn seven_a_letter(text: &str) -> f64 {
    text.chars().count() as f64 * 7.0
}

pub(crate) fn easel(width: f64, height: f64) -> Easel<'static> {
    Easel {
        room: Room { width, height },
        words: &Plain,
        measure: &seven_a_letter,
        view: None,
        picked: None,
    }
}
