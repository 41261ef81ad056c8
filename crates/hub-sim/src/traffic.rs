//! Requests under way: they begin in the generator's rhythm and their rows are
//! written when they end, so rows come out of the order of their timestamps.

use std::{cmp::Reverse, collections::BinaryHeap};

use crate::{AuditRow, SECOND, generator::Generator};

/// Beyond this many seconds between two looks at the clock, the machine slept
/// or the clock was set: what was missed is not made up for.
const LONGEST_PAUSE: i64 = 120 * SECOND;

/// The requests of a live hub; holds no clock.
#[derive(Debug)]
pub(crate) struct Traffic {
    generator: Generator,
    next_begin: i64,
    last_look: i64,
    under_way: BinaryHeap<Reverse<Ending>>,
}

/// Ordered by when it ends alone.
#[derive(Debug)]
struct Ending {
    at: i64,
    row: AuditRow,
}

impl PartialEq for Ending {
    fn eq(&self, other: &Self) -> bool {
        self.at == other.at
    }
}

impl Eq for Ending {}

impl PartialOrd for Ending {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Ending {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.at.cmp(&other.at)
    }
}

impl Traffic {
    /// Traffic that begins after `now` (microseconds UTC).
    pub(crate) fn new(mut generator: Generator, now: i64) -> Self {
        let next_begin = now.saturating_add(generator.next_gap(now));
        Self {
            generator,
            next_begin,
            last_look: now,
            under_way: BinaryHeap::new(),
        }
    }

    /// Begins what is due at `now` and returns the rows of what has ended, in the
    /// order in which it ended.
    pub(crate) fn ended(&mut self, now: i64) -> Vec<AuditRow> {
        if (now - self.last_look).abs() > LONGEST_PAUSE {
            self.under_way.clear();
            self.next_begin = now.saturating_add(self.generator.next_gap(now));
        }
        self.last_look = now;
        while self.next_begin <= now {
            let row = self.generator.call(self.next_begin);
            self.under_way.push(Reverse(Ending {
                at: row.ended_at(),
                row,
            }));
            self.next_begin += self.generator.next_gap(self.next_begin);
        }
        let mut ended = Vec::new();
        while self
            .under_way
            .peek()
            .is_some_and(|Reverse(ending)| ending.at <= now)
        {
            ended.extend(self.under_way.pop().map(|Reverse(ending)| ending.row));
        }
        ended
    }

    /// When the next request begins or ends.
    pub(crate) fn next_event(&self) -> i64 {
        let next_end = self.under_way.peek().map(|Reverse(ending)| ending.at);
        next_end.map_or(self.next_begin, |end| end.min(self.next_begin))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::HOUR;

    /// Tuesday 6 January 2026, 11:00 UTC.
    const TUESDAY: i64 = 1_767_697_200 * SECOND;

    fn play(traffic: &mut Traffic, until: i64) -> Vec<(i64, AuditRow)> {
        let mut seen = Vec::new();
        while traffic.next_event() <= until {
            let now = traffic.next_event();
            seen.extend(traffic.ended(now).into_iter().map(|row| (now, row)));
        }
        seen
    }

    #[test]
    fn a_row_appears_when_its_request_ends() {
        let mut traffic = Traffic::new(Generator::new(3), TUESDAY);
        let seen = play(&mut traffic, TUESDAY + HOUR);
        assert!(seen.len() > 2_000, "{} calls in an office hour", seen.len());
        assert!(
            seen.iter()
                .all(|(now, row)| *now == row.ended_at() && row.at >= TUESDAY)
        );
        let out_of_order = seen
            .windows(2)
            .filter(|pair| pair[1].1.at < pair[0].1.at)
            .count();
        assert!(
            out_of_order > 50,
            "only {out_of_order} rows end out of order"
        );
    }

    #[test]
    fn a_machine_that_slept_does_not_make_up_for_it() {
        let mut traffic = Traffic::new(Generator::new(3), TUESDAY);
        play(&mut traffic, TUESDAY + 60 * SECOND);
        let awake = TUESDAY + 8 * HOUR;
        assert_eq!(traffic.ended(awake), []);
        assert!(traffic.next_event() > awake);
        let back = TUESDAY;
        assert_eq!(traffic.ended(back), []);
        assert!(
            traffic.next_event() < back + 60 * SECOND,
            "a clock set back does not stall"
        );
    }
}
