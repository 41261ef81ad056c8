//! When calls arrive: office hours in UTC, quiet nights and weekends, bursts.

use rand::{Rng, RngExt};
use rand_distr::Exp1;

use crate::{DAY, HOUR, SECOND};

/// Calls a second, the mean over a whole week.
pub const MEAN_RATE: f64 = 0.5;

/// How busy each hour of the day is (UTC); only the proportions count.
const HOURS: [f64; 24] = [
    3.0, 2.5, 2.2, 2.0, 2.2, 3.0, 4.5, 7.0, 10.5, 13.0, 14.0, 13.5, //
    11.5, 13.5, 14.5, 14.0, 12.5, 10.5, 8.0, 6.5, 5.5, 4.8, 4.2, 3.6,
];

/// How busy each day is, Monday first; the mean over the week is 1.
const WEEKDAYS: [f64; 7] = [1.14, 1.14, 1.14, 1.14, 1.14, 0.65, 0.65];

/// Out of all arrivals, how many start a burst (an agent that works in a loop).
const BURST_CHANCE: f64 = 0.15;
/// A burst adds this many calls in the mean.
const BURST_CALLS: f64 = 5.0;
/// Seconds between two calls of a burst, in the mean.
const BURST_GAP: f64 = 0.4;

/// Expected calls a second at `at` (microseconds UTC), bursts included.
pub fn rate(at: i64) -> f64 {
    let mean: f64 = HOURS.iter().sum::<f64>() / 24.0;
    // Hours are points in the middle of the hour, with straight lines between them.
    let hour = (at.rem_euclid(DAY) - HOUR / 2) as f64 / HOUR as f64;
    let (before, share) = (hour.floor(), hour - hour.floor());
    #[expect(clippy::cast_possible_truncation, reason = "-1..=23")]
    let before = before as i64;
    let busy = value(&HOURS, before) * (1.0 - share) + value(&HOURS, before + 1) * share;
    // 1 January 1970 was a Thursday: three days after a Monday.
    MEAN_RATE * busy / mean * value(&WEEKDAYS, at.div_euclid(DAY) + 3)
}

/// The element at `index`, counted around the ring.
fn value(ring: &[f64], index: i64) -> f64 {
    let length = i64::try_from(ring.len()).unwrap_or(1);
    usize::try_from(index.rem_euclid(length))
        .ok()
        .and_then(|at| ring.get(at))
        .copied()
        .unwrap_or(1.0)
}

/// The state of the arrivals: only a running burst is remembered.
#[derive(Debug, Default)]
pub(crate) struct Rhythm {
    burst_left: u32,
}

impl Rhythm {
    /// Whether the next arrival belongs to a running burst.
    pub(crate) fn in_burst(&self) -> bool {
        self.burst_left > 0
    }

    /// Microseconds from `at` to the next arrival, at least 1.
    pub(crate) fn next_gap(&mut self, rng: &mut impl Rng, at: i64) -> i64 {
        let draw: f64 = rng.sample(Exp1);
        if self.burst_left > 0 {
            self.burst_left -= 1;
            return micros(draw * BURST_GAP);
        }
        if rng.random_bool(BURST_CHANCE) {
            self.burst_left = burst_length(rng);
        }
        // Calls that come in bursts make the gaps between arrivals longer, so that
        // the mean rate stays what `rate` says.
        let calls = 1.0 + BURST_CHANCE * BURST_CALLS;
        let busy_with_burst = BURST_CHANCE * BURST_CALLS * BURST_GAP;
        let mean = (calls / rate(at) - busy_with_burst).max(0.05);
        micros(draw * mean)
    }
}

/// 1, 2, 3, ... with a mean of `BURST_CALLS`.
fn burst_length(rng: &mut impl Rng) -> u32 {
    let mut length = 1;
    while length < 60 && rng.random_bool(1.0 - 1.0 / BURST_CALLS) {
        length += 1;
    }
    length
}

fn micros(seconds: f64) -> i64 {
    #[expect(
        clippy::cast_possible_truncation,
        reason = "at most hours, in microseconds"
    )]
    let micros = (seconds * SECOND as f64) as i64;
    micros.max(1)
}

#[cfg(test)]
mod tests {
    use rand::{SeedableRng, rngs::StdRng};

    use super::*;

    /// Monday 5 January 2026, midnight UTC.
    const MONDAY: i64 = 1_767_571_200 * SECOND;

    fn arrivals(from: i64, to: i64) -> usize {
        let mut rng = StdRng::seed_from_u64(7);
        let mut rhythm = Rhythm::default();
        let mut at = from;
        let mut count = 0;
        while at < to {
            at += rhythm.next_gap(&mut rng, at);
            count += 1;
        }
        count
    }

    #[test]
    fn a_week_has_about_one_call_in_two_seconds() {
        let calls = arrivals(MONDAY, MONDAY + 7 * DAY) as f64;
        let rate = calls / (7.0 * 86_400.0);
        assert!((0.48..0.52).contains(&rate), "{rate} calls a second");
    }

    #[test]
    fn a_working_day_is_busier_than_a_sunday_and_noon_than_night() {
        let monday = arrivals(MONDAY, MONDAY + DAY);
        let sunday = arrivals(MONDAY + 6 * DAY, MONDAY + 7 * DAY);
        assert!(monday > sunday * 3 / 2, "{monday} against {sunday}");
        let night = arrivals(MONDAY + 3 * HOUR, MONDAY + 4 * HOUR);
        let noon = arrivals(MONDAY + 14 * HOUR, MONDAY + 15 * HOUR);
        assert!(noon > night * 3, "{noon} against {night}");
        assert!(night > 0);
    }

    #[test]
    fn the_rate_never_jumps_within_a_day() {
        for minute in 0..24 * 60 - 1 {
            let at = MONDAY + minute * 60 * SECOND;
            let step = (rate(at + 60 * SECOND) / rate(at) - 1.0).abs();
            assert!(step < 0.02, "minute {minute}: {step}");
        }
    }
}
