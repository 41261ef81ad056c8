//! What is held, and for how long.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::bucket::Entry;
use crate::names::Names;
use crate::quarter::Quarter;
use crate::span::{DAY, HOUR, MINUTE, Micros, QUARTER, Span};
use crate::{Call, Placed, Window};

/// How far back minutes (and seconds) are held: yesterday and today in every time zone,
/// also when clocks change.
pub const MINUTES_KEPT: Micros = 52 * HOUR;
/// How far ahead of the clock a row may lie and still be held for when its time comes.
const AHEAD: Micros = DAY;
/// Days beyond the history asked for, so that a window of that many days has its first
/// local day whole, whatever the zone and its clock changes.
const SLACK_DAYS: i64 = 2;

/// Sums of every row of the last days, in quarter-hours; the last 52 hours also in minutes.
///
/// Figures are exact on quarter-hours, whatever order rows come in. It can be written down and
/// read back; what is read back is only as good as where it was kept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Timeline {
    history_days: u32,
    pub(crate) names: Names,
    /// By quarter-hours since the epoch.
    pub(crate) quarters: BTreeMap<i64, Quarter>,
    /// Quarters from here on have their minutes, all others have none. Only ever rises.
    pub(crate) minutes_from: i64,
    /// Quarters before this one are forgotten. Only ever rises.
    kept_from: i64,
}

impl Timeline {
    /// An empty timeline that reaches back that many days, and two more.
    pub fn new(history_days: u32) -> Timeline {
        Timeline {
            history_days,
            names: Names::new(),
            quarters: BTreeMap::new(),
            minutes_from: i64::MIN,
            kept_from: i64::MIN,
        }
    }

    /// An empty timeline for one stretch of time, however old, that keeps all its minutes.
    /// Fill it with [`Timeline::add_fine`].
    pub fn fine() -> Timeline {
        Timeline::new(u32::MAX)
    }

    /// Counts a row whenever it was, and forgets nothing for it.
    pub fn add_fine(&mut self, call: &Call<'_>) {
        let names = &mut self.names;
        let entry = Entry::new(call, |name| names.intern(name));
        let index = quarter_of(call.at);
        let young = index >= self.minutes_from;
        self.quarters
            .entry(index)
            .or_insert_with(|| Quarter::new(young))
            .add(call.at, &entry);
    }

    /// Counts a row, if it lies in the history held and at most 24 hours ahead of `now`.
    pub fn add(&mut self, now: Micros, call: &Call<'_>) -> Placed {
        self.advance(now);
        if call.at > now.saturating_add(AHEAD) {
            return Placed::TooFarAhead;
        }
        let index = quarter_of(call.at);
        if index < self.kept_from {
            return Placed::TooOld;
        }
        self.add_fine(call);
        Placed::Counted
    }

    /// Adds everything another timeline holds: a chunk of history that was folded apart.
    pub fn merge(&mut self, mut other: Timeline) {
        self.align(&mut other);
        for (index, mut quarter) in other.quarters {
            quarter.shrink();
            match self.quarters.get_mut(&index) {
                Some(ours) => {
                    ours.merge(&quarter);
                    ours.shrink();
                }
                None => {
                    self.quarters.insert(index, quarter);
                }
            }
        }
    }

    /// Forgets minutes older than 52 hours and quarters older than the history. Cheap when
    /// nothing is due.
    pub fn advance(&mut self, now: Micros) {
        let minutes_from = oldest_minutes(now);
        if minutes_from > self.minutes_from {
            self.forget_minutes_before(minutes_from);
        }
        let kept_from = self.oldest(now);
        if kept_from > self.kept_from {
            self.forget_before(kept_from);
        }
    }

    /// Whether more than an hour of what it should hold is forgotten already, because the
    /// clock was ahead and has been set back.
    pub fn has_lost(&self, now: Micros) -> bool {
        let an_hour = HOUR / QUARTER;
        self.minutes_from > oldest_minutes(now) + an_hour
            || self.kept_from > self.oldest(now).saturating_add(an_hour)
    }

    /// Whether every bucket of the window can be told from what is held.
    pub fn resolves(&self, window: &Window, now: Micros) -> bool {
        let mut spans = window.buckets.iter().chain([&window.span]);
        spans.all(|span| self.tells(*span, now))
    }

    /// Whether both ends of the span can be told from what is held: it begins within the
    /// history, on a minute inside the last 52 hours, on quarter-hours before.
    pub fn tells(&self, span: Span, now: Micros) -> bool {
        let start_of = |quarter: i64| quarter.saturating_mul(QUARTER);
        let minutes_from = start_of(self.minutes_from.max(oldest_minutes(now)));
        let told =
            |edge: Micros| edge % QUARTER == 0 || (edge >= minutes_from && edge % MINUTE == 0);
        span.from >= start_of(self.kept_from.max(self.oldest(now)))
            && told(span.from)
            && told(span.to)
    }

    /// The start of the first quarter-hour that has rows.
    pub fn first(&self) -> Option<Micros> {
        self.quarters
            .keys()
            .next()
            .map(|index| index.saturating_mul(QUARTER))
    }

    /// The end of the last quarter-hour that has rows.
    pub fn last(&self) -> Option<Micros> {
        self.quarters
            .keys()
            .next_back()
            .map(|index| index.saturating_add(1).saturating_mul(QUARTER))
    }

    /// Whether it holds no row.
    pub fn is_empty(&self) -> bool {
        self.quarters.is_empty()
    }

    /// The first moment of the history that is held at `now`.
    pub fn reaches_back_to(&self, now: Micros) -> Micros {
        self.oldest(now).max(self.kept_from).saturating_mul(QUARTER)
    }

    /// About how many bytes of memory it holds.
    pub fn bytes(&self) -> usize {
        let each = size_of::<(i64, Quarter)>();
        self.quarters
            .values()
            .map(|quarter| each + quarter.bytes())
            .sum()
    }

    /// Makes both hold minutes and history from the same moments on, and `other` use our
    /// numbers for names.
    pub(crate) fn align(&mut self, other: &mut Timeline) {
        let minutes_from = self.minutes_from.max(other.minutes_from);
        let kept_from = self.kept_from.max(other.kept_from);
        for timeline in [&mut *self, &mut *other] {
            timeline.forget_minutes_before(minutes_from);
            timeline.forget_before(kept_from);
        }
        if let Some(map) = self.names.adopt(&other.names) {
            for quarter in other.quarters.values_mut() {
                quarter.renumber(&map);
            }
        }
    }

    fn forget_minutes_before(&mut self, quarter: i64) {
        if quarter <= self.minutes_from {
            return;
        }
        for (_, old) in self.quarters.range_mut(self.minutes_from..quarter) {
            old.forget_minutes();
        }
        self.minutes_from = quarter;
    }

    fn forget_before(&mut self, quarter: i64) {
        while let Some(first) = self
            .quarters
            .first_entry()
            .filter(|first| *first.key() < quarter)
        {
            first.remove();
        }
        self.kept_from = self.kept_from.max(quarter);
    }

    fn oldest(&self, now: Micros) -> i64 {
        let days = i64::from(self.history_days) + SLACK_DAYS;
        quarter_of(now.saturating_sub(days.saturating_mul(DAY)))
    }
}

/// The first quarter that has minutes at `now`.
fn oldest_minutes(now: Micros) -> i64 {
    quarter_of(now.saturating_sub(MINUTES_KEPT))
}

/// The quarter-hour a moment lies in.
pub(crate) fn quarter_of(at: Micros) -> i64 {
    at.div_euclid(QUARTER)
}
