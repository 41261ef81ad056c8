//! Which quarter-hours tell whether kept history fits the database.

use timeline::{HOUR, Micros, QUARTER, Span};

/// So many are read: some ten thousand rows even of a busy hub.
const MOST: i64 = 24;
/// Rows of the last hour before it was kept may have come since, and prove nothing.
const SETTLED: Micros = HOUR;

/// Quarter-hours all over the history that was kept `at` a moment, newest first, evenly
/// apart; `chance` decides which, so that it is not always the same ones.
pub(super) fn quarters(begins: Micros, at: Micros, chance: u64) -> impl Iterator<Item = Span> {
    let first = begins.div_euclid(QUARTER);
    let end = (at - SETTLED).div_euclid(QUARTER);
    let count = (end - first).max(0);
    // Odd, so that they fall on every quarter of an hour: much happens once an hour.
    let step = (count / MOST - 1).max(0) | 1;
    let offset = i64::try_from(chance % step.unsigned_abs()).unwrap_or_default();
    (0..count.min(MOST)).map(move |number| {
        let quarter = end - 1 - offset - number * step;
        Span {
            from: quarter * QUARTER,
            to: (quarter + 1) * QUARTER,
        }
    })
}

#[cfg(test)]
mod tests {
    use timeline::DAY;

    use super::*;

    #[test]
    fn they_lie_all_over_the_history_and_nowhere_else() {
        let at = 1_000_000 * QUARTER + 7;
        for chance in [0, 1, 95, u64::MAX] {
            let spans: Vec<Span> = quarters(at - 30 * DAY, at, chance).collect();
            assert_eq!(spans.len(), 24);
            assert!(
                spans
                    .iter()
                    .all(|span| span.from >= at - 30 * DAY - QUARTER)
            );
            assert!(spans.iter().all(|span| span.to <= at - HOUR));
            assert!(spans.first().unwrap().from > at - 2 * DAY);
            assert!(spans.last().unwrap().from < at - 27 * DAY);
        }
    }

    #[test]
    fn a_history_of_some_minutes_has_nothing_to_prove() {
        assert_eq!(quarters(0, HOUR, 5).count(), 0);
        assert_eq!(quarters(0, 2 * HOUR, 5).count(), 4);
    }
}
