//! Ticks of a time axis, round on the viewer's wall clock.

/// Four weeks: longer distances between two ticks are multiples of it.
const LONGEST_MS: i64 = 28 * 24 * 3_600_000;

/// Distances between two ticks that are round on a clock or a calendar.
const STEPS_MS: [i64; 17] = {
    const MINUTE: i64 = 60_000;
    const HOUR: i64 = 60 * MINUTE;
    const DAY: i64 = 24 * HOUR;
    [
        MINUTE,
        2 * MINUTE,
        5 * MINUTE,
        10 * MINUTE,
        15 * MINUTE,
        30 * MINUTE,
        HOUR,
        2 * HOUR,
        3 * HOUR,
        4 * HOUR,
        6 * HOUR,
        12 * HOUR,
        DAY,
        2 * DAY,
        4 * DAY,
        7 * DAY,
        28 * DAY,
    ]
};

/// One tick of a time axis.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TimeTick {
    /// When, milliseconds since 1970.
    pub at_ms: i64,
    /// It is midnight on the viewer's clock, so that the label says the day.
    pub midnight: bool,
}

/// Ticks from `from_ms` to `to_ms` (both included), at most `at_most` of them, at round
/// times of a wall clock that is `offset_ms(instant)` ahead of UTC. Where the clock jumps
/// over a round time there is no tick.
pub fn time_ticks(
    from_ms: i64,
    to_ms: i64,
    at_most: usize,
    offset_ms: &dyn Fn(i64) -> i64,
) -> Vec<TimeTick> {
    let span = to_ms - from_ms;
    if span <= 0 || at_most == 0 {
        return Vec::new();
    }
    let fits = |step: &i64| usize::try_from(span / step + 1).is_ok_and(|count| count <= at_most);
    let step = STEPS_MS
        .into_iter()
        .find(fits)
        .unwrap_or_else(|| LONGEST_MS * (span / LONGEST_MS + 1));
    let mut ticks = Vec::new();
    // Wall-clock times, as if they were UTC. The offset may change within the span.
    let mut wall = (from_ms + offset_ms(from_ms)).div_euclid(step) * step;
    let end = to_ms + offset_ms(to_ms);
    while wall <= end {
        if let Some(at_ms) = instant_of(wall, offset_ms)
            && (from_ms..=to_ms).contains(&at_ms)
        {
            ticks.push(TimeTick {
                at_ms,
                midnight: wall.rem_euclid(86_400_000) == 0,
            });
        }
        wall += step;
    }
    ticks
}

/// The instant at which the wall clock shows `wall`, the earlier one if it does so twice.
fn instant_of(wall: i64, offset_ms: &dyn Fn(i64) -> i64) -> Option<i64> {
    const DAY: i64 = 86_400_000;
    [wall - DAY, wall + DAY]
        .into_iter()
        .map(|near| wall - offset_ms(near))
        .filter(|&at| at + offset_ms(at) == wall)
        .min()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::time::epoch_ms;
    use super::*;

    fn at(text: &str) -> i64 {
        epoch_ms(text).unwrap()
    }

    /// Berlin around the last Sunday of March 2026.
    fn berlin(instant: i64) -> i64 {
        let hours = if instant < at("2026-03-29T01:00:00Z") {
            1
        } else {
            2
        };
        hours * 3_600_000
    }

    #[test]
    fn a_day_has_ticks_every_four_hours_of_the_viewers_clock() {
        let kolkata = |_| 19_800_000;
        let ticks = time_ticks(
            at("2026-01-26T10:00:00Z"),
            at("2026-01-27T10:00:00Z"),
            7,
            &kolkata,
        );
        let first = ticks.first().unwrap();
        assert_eq!(first.at_ms, at("2026-01-26T10:30:00Z"), "16:00 in Kolkata");
        assert_eq!(ticks.len(), 6);
        assert_eq!(ticks.iter().filter(|tick| tick.midnight).count(), 1);
    }

    #[test]
    fn ticks_stay_round_when_clocks_change() {
        let ticks = time_ticks(
            at("2026-03-28T20:00:00Z"),
            at("2026-03-29T20:00:00Z"),
            7,
            &berlin,
        );
        let times: Vec<i64> = ticks.iter().map(|tick| tick.at_ms).collect();
        assert_eq!(
            times,
            [
                at("2026-03-28T23:00:00Z"),
                at("2026-03-29T02:00:00Z"),
                at("2026-03-29T06:00:00Z"),
                at("2026-03-29T10:00:00Z"),
                at("2026-03-29T14:00:00Z"),
                at("2026-03-29T18:00:00Z"),
            ]
        );
    }

    #[test]
    fn the_hour_that_does_not_exist_has_no_tick() {
        let ticks = time_ticks(
            at("2026-03-29T00:00:00Z"),
            at("2026-03-29T03:00:00Z"),
            4,
            &berlin,
        );
        assert_eq!(ticks.len(), 4, "01:00, 03:00, 04:00, 05:00: {ticks:?}");
    }

    proptest! {
        #[test]
        fn ticks_are_ordered_within_the_span_and_few(
            from in 0i64..2_000_000_000_000, span in 1i64..4_000_000_000, at_most in 1usize..20,
            offset_quarters in -48i64..56,
        ) {
            let offset = move |_| offset_quarters * 900_000;
            let ticks = time_ticks(from, from + span, at_most, &offset);
            prop_assert!(ticks.len() <= at_most + 1);
            prop_assert!(ticks.is_sorted_by_key(|tick| tick.at_ms));
            for tick in &ticks {
                prop_assert!((from..=from + span).contains(&tick.at_ms));
                prop_assert_eq!((tick.at_ms + offset(0)) % 60_000, 0);
            }
        }
    }
}
