//! Rows read anew take the place of those held.

use proptest::collection::vec;
use proptest::prelude::*;
use timeline::{DAY, MINUTE, Money, QUARTER, Span, Timeline};

use crate::naive::{Row, filled, inside, tally};
use crate::properties::{assert_all_quarters, assert_all_windows, held, rows, story};
use crate::ranges::zone_and_now;

proptest! {
    #[test]
    fn a_replaced_span_holds_the_new_rows_and_nothing_else_changes(
        (zone, now, rows) in story(80),
        corrected in zone_and_now(3).prop_flat_map(|(_, now)| rows(now, 3)),
        keep in vec(any::<bool>(), 80),
        start in 0..140_i64,
        quarters in 1..60_i64,
    ) {
        let rows = held(&rows, now);
        let to = now - now.rem_euclid(QUARTER) - start * QUARTER + 2 * QUARTER;
        let span = Span { from: to - quarters * QUARTER, to };
        let outside = |row: &&Row| !span.contains(row.at);
        // Some rows of the span are gone, the others cost more now, some are new.
        let fresh: Vec<Row> = inside(&rows, span)
            .zip(&keep)
            .filter(|(_, keep)| **keep)
            .map(|(row, _)| Row { cost: row.cost + row.cost, ..row.clone() })
            .chain(corrected.into_iter().map(|row| Row { at: span.from, ..row }))
            .collect();
        let mut expected: Vec<Row> = rows.iter().filter(outside).cloned().collect();
        expected.extend(fresh.iter().cloned());
        // What the other timeline holds outside the span is not looked at.
        let stray = Row { at: span.to, ..expected.first().or(rows.first()).cloned().unwrap_or(Row {
            at: 0, mcps: vec![], cost: Money::ZERO, error: false, duration_ms: None,
        }) };
        let mut timeline = filled(now, &rows);
        let before = tally(&rows, span);
        let differed = timeline.replace(span, filled(now, fresh.iter().chain([&stray])));
        if before != tally(&expected, span) {
            prop_assert!(differed);
        }
        assert_all_windows(&timeline, &expected, now, &zone);
        assert_all_quarters(&timeline, &expected);
        let mut shuffled = fresh;
        shuffled.reverse();
        prop_assert!(!timeline.replace(span, filled(now, &shuffled)), "the same rows again");
        assert_all_quarters(&timeline, &expected);
    }

    #[test]
    fn minutes_replaced_one_by_one_are_as_their_quarter_replaced(
        (zone, now, rows) in story(80),
        fresh in zone_and_now(3).prop_flat_map(|(_, now)| self::rows(now, 40)),
        stray in zone_and_now(3).prop_flat_map(|(_, now)| self::rows(now, 3)),
        start in 0..200_i64,
        order in Just((0..QUARTER / MINUTE).collect::<Vec<_>>()).prop_shuffle(),
    ) {
        let rows = held(&rows, now);
        let from = now - now.rem_euclid(QUARTER) - start * QUARTER;
        let quarter = Span { from, to: from + QUARTER };
        let fresh: Vec<Row> = fresh
            .into_iter()
            .map(|row| Row { at: from + row.at.rem_euclid(QUARTER), ..row })
            .collect();
        let mut expected: Vec<Row> =
            rows.iter().filter(|row| !quarter.contains(row.at)).cloned().collect();
        expected.extend(fresh.iter().cloned());
        let mut timeline = filled(now, &rows);
        for again in [false, true] {
            for number in &order {
                let minute = Span {
                    from: from + number * MINUTE,
                    to: from + (number + 1) * MINUTE,
                };
                let before = tally(&rows, minute);
                // What the other timeline holds outside the minute is not looked at.
                let strays = stray.iter().filter(|row| !minute.contains(row.at));
                let read = filled(now, inside(&fresh, minute).chain(strays));
                let differed = timeline.replace_minutes(minute, read);
                prop_assert!(differed.is_some(), "it is held in minutes");
                if again {
                    prop_assert_eq!(differed, Some(false), "the same rows again");
                } else if before != tally(&fresh, minute) {
                    prop_assert_eq!(differed, Some(true));
                }
            }
        }
        assert_all_windows(&timeline, &expected, now, &zone);
        assert_all_quarters(&timeline, &expected);
        prop_assert!(!timeline.replace(quarter, filled(now, &fresh)), "the same rows at once");
        prop_assert_eq!(timeline.is_in_minutes(from), !fresh.is_empty());
    }
}

#[test]
fn what_is_not_held_in_minutes_is_not_replaced_in_minutes() {
    let now = 1_000 * DAY;
    let old = Row {
        at: now - 3 * DAY,
        mcps: vec![],
        cost: Money::ZERO,
        error: false,
        duration_ms: None,
    };
    let mut timeline = filled(now, [&old]);
    let before = timeline.clone();
    for at in [old.at, now - 40 * DAY] {
        let minute = Span {
            from: at,
            to: at + MINUTE,
        };
        let replaced = timeline.replace_minutes(minute, Timeline::new(30));
        assert_eq!(replaced, None);
        assert!(!timeline.is_in_minutes(at));
    }
    assert_eq!(timeline, before);
}
