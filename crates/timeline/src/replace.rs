//! What was read anew takes the place of what is held of the same time.

use crate::Timeline;
use crate::quarter::Quarter;
use crate::span::{MINUTE, Micros, QUARTER, Span};
use crate::timeline::quarter_of;

impl Timeline {
    /// Puts what `with` holds in the span in the place of what lay there. True when anything
    /// differed.
    ///
    /// The span means the quarter-hours that begin in it; what `with` holds outside is not
    /// looked at.
    pub fn replace(&mut self, span: Span, mut with: Timeline) -> bool {
        if span.is_empty() {
            return false;
        }
        self.align(&mut with);
        let (first, end) = (
            steps_up_to(span.from, QUARTER),
            steps_up_to(span.to, QUARTER),
        );
        let mut fresh = with.quarters.split_off(&first);
        fresh.split_off(&end);
        let old: Vec<i64> = self
            .quarters
            .range(first..end)
            .map(|(index, _)| *index)
            .collect();
        let mut differed = false;
        for index in old {
            if !fresh.contains_key(&index) {
                self.quarters.remove(&index);
                differed = true;
            }
        }
        for (index, mut quarter) in fresh {
            if self.quarters.get(&index) != Some(&quarter) {
                quarter.shrink();
                self.quarters.insert(index, quarter);
                differed = true;
            }
        }
        differed
    }

    /// Puts the minutes that `with` holds in the span in the place of those that lay there. True
    /// when anything differed; none when the quarter-hour is not held in minutes (any more), and
    /// then nothing is changed.
    ///
    /// The span means the minutes that begin in it, as far as they belong to the quarter-hour that
    /// it begins in; what `with` holds outside is not looked at.
    pub fn replace_minutes(&mut self, span: Span, mut with: Timeline) -> Option<bool> {
        self.align(&mut with);
        let index = quarter_of(span.from);
        let starts = index.saturating_mul(QUARTER);
        let number = |at: Micros| steps_up_to(at.saturating_sub(starts), MINUTE);
        let young = index >= self.minutes_from;
        let empty = || Quarter::new(young);
        let fresh = with.quarters.remove(&index).unwrap_or_else(empty);
        let ours = self.quarters.entry(index).or_insert_with(empty);
        let differed = ours.replace_minutes(number(span.from)..number(span.to), fresh);
        if ours.is_empty() {
            self.quarters.remove(&index);
        }
        differed
    }

    /// Whether the quarter-hour that this moment lies in has rows, and holds them in minutes.
    pub fn is_in_minutes(&self, at: Micros) -> bool {
        let quarter = self.quarters.get(&quarter_of(at));
        quarter.is_some_and(|quarter| quarter.minutes.is_some())
    }
}

/// The first step of this length that begins at or after a moment, by its number.
fn steps_up_to(at: Micros, step: Micros) -> i64 {
    at.div_euclid(step) + i64::from(at.rem_euclid(step) != 0)
}
