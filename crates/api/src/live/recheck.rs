//! When each quarter-hour is compared with the database again.
//!
//! Rows that come, change or go where the follower does not look (a restore, explicit
//! ids, corrections, retention) are found by reading quarter-hours anew: each of the last
//! 48 hours within ten minutes, each older one within a day, one at a time. One with many rows is
//! read minute by minute, so that it keeps no new row waiting.

use std::collections::BTreeSet;

use timeline::{HOUR, MINUTE, Micros, QUARTER, Span};

const RECENT: Micros = 48 * HOUR;
/// A round of the recent quarters takes this long, well within the ten minutes promised.
const RECENT_ROUND: Micros = 8 * MINUTE;
/// A round of the older ones, within the day promised.
const OLDER_ROUND: Micros = 20 * HOUR;
/// How far ahead of time rows are counted already.
pub(super) const AHEAD: Micros = 24 * HOUR;

/// A walk that comes round again and again.
#[derive(Clone, Debug, Default)]
struct Round {
    next: i64,
    due: Micros,
}

impl Round {
    /// The next quarter of `first..=last`, newest first, if it is time.
    fn step(&mut self, first: i64, last: i64, round: Micros, now: Micros) -> Option<i64> {
        if first > last {
            return None;
        }
        let pace = round / (last - first + 1);
        if self.due > now.saturating_add(pace) {
            // The clock was set back.
            self.due = now;
        }
        if now < self.due {
            return None;
        }
        self.due = self.due.saturating_add(pace).max(now - pace);
        if self.next < first || self.next > last {
            self.next = last;
        }
        let quarter = self.next;
        self.next -= 1;
        Some(quarter)
    }
}

/// One through the last 48 hours, and a slower one through what is older.
#[derive(Clone, Debug)]
struct Rounds {
    recent: Round,
    older: Round,
}

impl Rounds {
    /// The next quarter of either, if it is time.
    fn step(&mut self, history: Micros, now: Micros) -> Option<i64> {
        let border = quarter(now - RECENT);
        let recent = self.recent.step(border, quarter(now), RECENT_ROUND, now);
        let older = quarter(now - history);
        recent.or_else(|| self.older.step(older, border - 1, OLDER_ROUND, now))
    }
}

/// Which quarter-hour is next.
#[derive(Clone, Debug)]
pub(super) struct Recheck {
    history: Micros,
    rounds: Rounds,
    /// The last quarter that came wholly within [`AHEAD`] of now and was read then.
    entered: i64,
    dirty: BTreeSet<i64>,
    /// What is left of a quarter-hour that is compared minute by minute, the newest last.
    minutes: Vec<Span>,
}

impl Recheck {
    /// From `now` on, for a history of that length that has just been read.
    pub(super) fn new(history: Micros, now: Micros) -> Recheck {
        Recheck {
            history,
            rounds: Rounds {
                recent: Round { next: 0, due: now },
                older: Round { next: 0, due: now },
            },
            entered: quarter(now + AHEAD) - 1,
            dirty: BTreeSet::new(),
            minutes: Vec::new(),
        }
    }

    /// This quarter-hour is too much at once: its minutes are due next.
    pub(super) fn in_minutes(&mut self, quarter: Span) {
        let minute = |number: Micros| Span {
            from: quarter.from + number * MINUTE,
            to: quarter.from + (number + 1) * MINUTE,
        };
        self.minutes = (0..QUARTER / MINUTE).map(minute).collect();
    }

    /// Everything is to be read again, newest first, without waiting.
    pub(super) fn everything(&mut self, now: Micros) {
        self.dirty = (quarter(now - self.history)..=quarter(now + AHEAD)).collect();
    }

    /// The last 48 hours are to be read again without waiting.
    pub(super) fn the_recent(&mut self, now: Micros) {
        self.dirty.extend(quarter(now - RECENT)..=quarter(now));
    }

    /// Whether anything is due now.
    pub(super) fn is_due(&self, now: Micros) -> bool {
        let horizon = quarter(now + AHEAD);
        !self.minutes.is_empty()
            || !self.dirty.is_empty()
            || self.entered.min(horizon - 1) + 1 < horizon
            || self.rounds.clone().step(self.history, now).is_some()
    }

    /// What is due now; asked again until it says none.
    pub(super) fn due(&mut self, now: Micros) -> Option<Span> {
        if let Some(minute) = self.minutes.pop() {
            return Some(minute);
        }
        let horizon = quarter(now + AHEAD);
        // A clock that was set back makes quarters come within a day of it once more.
        self.entered = self.entered.min(horizon - 1);
        if let Some(quarter) = self.dirty.pop_last() {
            return Some(span(quarter));
        }
        if self.entered + 1 < horizon {
            // A clock that jumped far ahead makes us read from where it is, not from where it was.
            self.entered = (self.entered + 1).max(quarter(now));
            return Some(span(self.entered));
        }
        self.rounds.step(self.history, now).map(span)
    }
}

fn quarter(at: Micros) -> i64 {
    at.div_euclid(QUARTER)
}

fn span(quarter: i64) -> Span {
    Span {
        from: quarter * QUARTER,
        to: (quarter + 1) * QUARTER,
    }
}

#[cfg(test)]
mod tests {
    use timeline::DAY;

    use super::*;

    /// Asks every half second for so long and tells when each quarter was read.
    fn watch(recheck: &mut Recheck, from: Micros, long: Micros) -> Vec<(Micros, i64)> {
        let mut read = Vec::new();
        let mut now = from;
        while now < from + long {
            loop {
                let is_due = recheck.is_due(now);
                let due = recheck.due(now);
                assert_eq!(is_due, due.is_some(), "at {now}");
                let Some(span) = due else { break };
                read.push((now, quarter(span.from)));
            }
            now += 500_000;
        }
        read
    }

    #[test]
    fn a_quarter_that_is_too_much_at_once_is_read_in_minutes_and_then_the_next_one() {
        let now = 1_000_000 * QUARTER;
        let mut recheck = Recheck::new(30 * DAY, now);
        let quarter = recheck.due(now).unwrap();
        recheck.in_minutes(quarter);
        let minutes: Vec<Span> = (0..15).map(|_| recheck.due(now).unwrap()).collect();
        assert_eq!(minutes[0].to, quarter.to, "newest first");
        assert_eq!(minutes[14].from, quarter.from);
        assert!(minutes.windows(2).all(|pair| pair[0].from == pair[1].to));
        assert!(minutes.iter().all(|one| one.to - one.from == MINUTE));
        let next = recheck.due(now + MINUTE).unwrap();
        assert_eq!(next.to - next.from, QUARTER);
        assert_ne!(next, quarter);
    }

    #[test]
    fn every_recent_quarter_is_read_within_ten_minutes_one_at_a_time() {
        let now = 1_000_000 * QUARTER;
        let mut recheck = Recheck::new(30 * DAY, now);
        let read = watch(&mut recheck, now, 10 * MINUTE);
        let seen: BTreeSet<i64> = read.iter().map(|(_, quarter)| *quarter).collect();
        for recent in quarter(now - RECENT)..=quarter(now) {
            assert!(seen.contains(&recent), "{recent} was not read");
        }
        let mut at_once = std::collections::BTreeMap::<Micros, usize>::new();
        for (when, _) in &read {
            *at_once.entry(*when).or_default() += 1;
        }
        assert!(at_once.values().all(|count| *count <= 4), "paced");
    }

    #[test]
    fn every_older_quarter_is_read_within_a_day() {
        let now = 1_000_000 * QUARTER;
        let mut recheck = Recheck::new(30 * DAY, now);
        let read = watch(&mut recheck, now, 24 * HOUR);
        let seen: BTreeSet<i64> = read.iter().map(|(_, quarter)| *quarter).collect();
        for older in quarter(now + 24 * HOUR - 30 * 24 * HOUR)..quarter(now - RECENT) {
            assert!(seen.contains(&older), "{older} was not read");
        }
    }

    #[test]
    fn quarters_are_read_once_when_they_come_within_a_day() {
        let now = 1_000_000 * QUARTER;
        let mut recheck = Recheck::new(DAY, now);
        let read = watch(&mut recheck, now, 2 * HOUR);
        let ahead: Vec<i64> = read
            .iter()
            .map(|(_, q)| *q)
            .filter(|q| *q > quarter(now + 23 * HOUR))
            .collect();
        let wanted: Vec<i64> =
            (quarter(now + AHEAD)..=quarter(now + AHEAD + 2 * HOUR) - 2).collect();
        assert_eq!(ahead, wanted);
    }

    #[test]
    fn a_clock_that_is_set_back_keeps_nobody_waiting() {
        let now = 1_000_000 * QUARTER;
        let mut recheck = Recheck::new(30 * DAY, now);
        watch(&mut recheck, now, HOUR);
        let back = now - DAY;
        let read = watch(&mut recheck, back, 10 * MINUTE);
        let seen: BTreeSet<i64> = read.iter().map(|(_, quarter)| *quarter).collect();
        for recent in quarter(back - RECENT)..=quarter(back) {
            assert!(seen.contains(&recent), "{recent} was not read");
        }
        let read = watch(&mut recheck, back + 10 * MINUTE, HOUR);
        let again = quarter(back + AHEAD + 30 * MINUTE);
        assert!(read.iter().any(|(_, quarter)| *quarter == again), "anew");
    }

    #[test]
    fn after_a_restore_everything_is_read_newest_first() {
        let now = 1_000_000 * QUARTER;
        let mut recheck = Recheck::new(2 * DAY, now);
        recheck.everything(now);
        let first = recheck.due(now).unwrap();
        assert_eq!(quarter(first.from), quarter(now + AHEAD));
        let mut count = 1;
        while !recheck.dirty.is_empty() {
            recheck.due(now);
            count += 1;
        }
        assert_eq!(count, 3 * 96 + 1);
    }
}
