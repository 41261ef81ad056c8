//! Moments and stretches of time.

/// A moment: microseconds since the Unix epoch, UTC.
pub type Micros = i64;

/// One second.
pub const SECOND: Micros = 1_000_000;
/// One minute.
pub const MINUTE: Micros = 60 * SECOND;
/// A quarter of an hour: every time zone in use differs from UTC by whole quarters.
pub const QUARTER: Micros = 15 * MINUTE;
/// One hour.
pub const HOUR: Micros = 60 * MINUTE;
/// 24 hours; a day on a wall clock can be shorter or longer.
pub const DAY: Micros = 24 * HOUR;

/// A stretch of time, half-open: `from` belongs to it, `to` does not.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Span {
    /// First moment.
    pub from: Micros,
    /// First moment after it.
    pub to: Micros,
}

impl Span {
    /// Whether the moment lies in the span.
    pub fn contains(&self, at: Micros) -> bool {
        self.from <= at && at < self.to
    }

    /// Whether no moment lies in the span.
    pub fn is_empty(&self) -> bool {
        self.to <= self.from
    }

    /// Whether every moment of `other` lies in this span.
    pub(crate) fn covers(&self, other: Span) -> bool {
        self.from <= other.from && other.to <= self.to
    }
}

/// The last multiple of `step` that is not after `at`.
pub(crate) fn floor(at: Micros, step: Micros) -> Micros {
    at.saturating_sub(at.rem_euclid(step))
}

/// The end of the minute that runs at `now`: where every window ends.
pub fn running_minute_end(now: Micros) -> Micros {
    floor(now, MINUTE).saturating_add(MINUTE)
}
