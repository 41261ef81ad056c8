//! Random rows, in any order and from anywhere: figures are those of the rows.

use proptest::collection::vec;
use proptest::prelude::*;
use timeline::{
    DAY, HOUR, MINUTE, Micros, Money, Placed, QUARTER, Range, SECOND, Sketch, Span, Timeline,
    Window,
};

use crate::naive::{Row, add, assert_figures, filled, tally};
use crate::ranges::{RANGES, zone_and_now};

const NAMES: [&str; 3] = ["Database MCP", "GitHub MCP", "Slack MCP"];

/// A row at most 34 days before `now`, mostly lately, and sometimes ahead of it.
pub(crate) fn rows(now: Micros, most: usize) -> impl Strategy<Value = Vec<Row>> {
    let age = prop_oneof![
        4 => -2 * MINUTE..3 * HOUR,
        4 => 0..54 * HOUR,
        3 => 0..34 * DAY,
        1 => -30 * HOUR..0,
        1 => (0..130_i64).prop_map(|quarters| quarters * QUARTER),
    ];
    let mcps = prop::sample::subsequence(NAMES.to_vec(), 0..=3).prop_shuffle();
    let duration = prop_oneof![
        Just(None),
        Just(Some(-5)),
        (0_i64..150).prop_map(Some),
        (0_i64..100_000).prop_map(Some),
    ];
    let row = (age, mcps, -5_i64..3_000_000, 0..5_u8, duration).prop_map(
        move |(age, mcps, cost, luck, duration_ms)| Row {
            at: now - age,
            mcps: mcps.into_iter().map(str::to_owned).collect(),
            cost: Money::from_picodollars(i128::from(cost) * 1_000_003),
            error: luck == 0,
            duration_ms,
        },
    );
    vec(row, 0..most)
}

/// A zone, a moment and rows before it.
pub(crate) fn story(most: usize) -> impl Strategy<Value = (timeline::Zone, Micros, Vec<Row>)> {
    zone_and_now(3).prop_flat_map(move |(zone, now)| (Just(zone), Just(now), rows(now, most)))
}

/// The rows that a timeline of 30 days holds at `now`.
pub(crate) fn held(rows: &[Row], now: Micros) -> Vec<Row> {
    let oldest = now - 32 * DAY;
    let oldest = oldest - oldest.rem_euclid(QUARTER);
    rows.iter()
        .filter(|row| row.at >= oldest && row.at <= now + DAY)
        .cloned()
        .collect()
}

/// Every window that a page can ask for at `now`.
pub(crate) fn assert_all_windows(
    timeline: &Timeline,
    rows: &[Row],
    now: Micros,
    zone: &timeline::Zone,
) {
    for range in RANGES {
        let window = Window::of_range(range, now, zone);
        assert!(timeline.resolves(&window, now), "{range:?} {}", zone.name());
        assert_figures(timeline, rows, window.span);
        let series = timeline.series(&window.buckets);
        let naive: Vec<_> = window
            .buckets
            .iter()
            .map(|bucket| tally(rows, *bucket))
            .collect();
        assert_eq!(series, naive, "{range:?} {}", zone.name());
    }
    let yesterday = zone.yesterday_until(now);
    assert_eq!(timeline.tally(yesterday), tally(rows, yesterday));
}

/// Every quarter-hour that is held: the figures that are never lost.
pub(crate) fn assert_all_quarters(timeline: &Timeline, rows: &[Row]) {
    let mut starts: Vec<Micros> = rows
        .iter()
        .map(|row| row.at - row.at.rem_euclid(QUARTER))
        .collect();
    starts.sort_unstable();
    starts.dedup();
    for from in &starts {
        assert_figures(
            timeline,
            rows,
            Span {
                from: *from,
                to: from + QUARTER,
            },
        );
    }
    let everything = Span {
        from: i64::MIN,
        to: i64::MAX,
    };
    assert_figures(timeline, rows, everything);
    assert_eq!(timeline.first(), starts.first().copied());
    assert_eq!(timeline.last(), starts.last().map(|start| start + QUARTER));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn figures_of_every_window_are_those_of_the_rows((zone, now, rows) in story(120)) {
        let mut timeline = Timeline::new(30);
        let held = held(&rows, now);
        for row in &rows {
            let expected = if row.at > now + DAY {
                Placed::TooFarAhead
            } else if held.contains(row) {
                Placed::Counted
            } else {
                Placed::TooOld
            };
            prop_assert_eq!(add(&mut timeline, now, row), expected);
        }
        assert_all_windows(&timeline, &held, now, &zone);
        assert_all_quarters(&timeline, &held);
    }

    #[test]
    fn percentiles_of_every_bucket_are_those_of_the_rows((zone, now, rows) in story(60)) {
        let timeline = filled(now, &rows);
        for range in [Range::Today, Range::Hour, Range::Week] {
            for bucket in Window::of_range(range, now, &zone).buckets {
                let durations = crate::naive::durations(&rows, None, bucket);
                crate::naive::assert_sketch_of(&timeline.latency(bucket), &durations);
            }
        }
    }

    #[test]
    fn order_does_not_matter((zone, now, rows) in story(80), seed in any::<prop::sample::Index>()) {
        let held = held(&rows, now);
        let mut turned = held.clone();
        turned.reverse();
        if !turned.is_empty() {
            let by = seed.index(turned.len());
            turned.rotate_left(by);
        }
        assert_all_windows(&filled(now, &turned), &held, now, &zone);
    }

    #[test]
    fn rows_that_come_as_time_goes_by_count_as_those_that_come_at_once(
        (zone, now, rows) in story(80),
        lag in 0..60 * HOUR,
    ) {
        let mut rows = held(&rows, now);
        rows.sort_by_key(|row| row.at);
        let mut timeline = Timeline::new(30);
        for row in &rows {
            // Seen as late as `lag`, never after now.
            add(&mut timeline, (row.at + lag).min(now), row);
        }
        timeline.advance(now);
        assert_all_windows(&timeline, &rows, now, &zone);
        assert_all_quarters(&timeline, &rows);
    }

    #[test]
    fn chunks_that_were_folded_apart_merge_into_the_whole(
        (zone, now, rows) in story(80),
        deal in vec(0..3_usize, 80),
        later in 0..3 * HOUR,
    ) {
        // One chunk was folded later than the others.
        let rows = held(&held(&rows, now), now + later);
        let nows = [now, now + later, now];
        let mut chunks = [30; 3].map(Timeline::new);
        for (row, chunk) in rows.iter().zip(&deal) {
            add(&mut chunks[*chunk], nows[*chunk], row);
        }
        let mut merged = Timeline::new(30);
        for chunk in chunks {
            merged.merge(chunk);
        }
        merged.advance(now + later);
        assert_all_windows(&merged, &rows, now + later, &zone);
        assert_all_quarters(&merged, &rows);
    }

    #[test]
    fn as_time_goes_by_no_figure_on_quarter_hours_is_lost(
        (zone, now, rows) in story(60),
        late in zone_and_now(1).prop_flat_map(|(_, now)| rows(now, 3)),
        steps in vec(1..40 * HOUR, 1..6),
    ) {
        let mut timeline = filled(now, &rows);
        let mut rows = held(&rows, now);
        let mut time = now;
        for (step, late) in steps.into_iter().zip(late.into_iter().map(Some).chain(std::iter::repeat(None))) {
            time += step;
            timeline.advance(time);
            if let Some(late) = late {
                // A row that lay about while its minutes were forgotten.
                let late = Row { at: time - 60 * HOUR, ..late };
                prop_assert_eq!(add(&mut timeline, time, &late), Placed::Counted);
                rows.push(late);
            }
            rows = held(&rows, time);
            assert_all_quarters(&timeline, &rows);
            assert_all_windows(&timeline, &rows, time, &zone);
        }
    }

    #[test]
    fn inside_the_last_52_hours_minutes_are_exact_and_sums_to_the_second(
        (_, now, rows) in story(80),
        from in 0..52 * 3_600_i64,
        length in 0..52 * 3_600_i64,
    ) {
        let rows = held(&rows, now);
        let timeline = filled(now, &rows);
        let second = now - now.rem_euclid(SECOND) + SECOND;
        let from = second - from * SECOND;
        // From anywhere to anywhere, and from anywhere to just behind some row.
        for to in rows.iter().map(|row| row.at).chain([from + length * SECOND]) {
            let span = Span { from, to: to - to.rem_euclid(SECOND) + SECOND };
            prop_assert_eq!(timeline.tally(span), tally(&rows, span));
            let minute = |at: Micros| at - at.rem_euclid(MINUTE);
            assert_figures(&timeline, &rows, Span { from: minute(span.from), to: minute(span.to) });
            // An end inside a minute: servers and percentiles take minutes that begin in it.
            let up = |at: Micros| minute(at + MINUTE - 1);
            let begun = Span { from: up(span.from), to: up(span.to) };
            prop_assert_eq!(timeline.by_mcp(span), timeline.by_mcp(begun));
            prop_assert_eq!(timeline.latency(span), timeline.latency(begun));
        }
    }

    #[test]
    fn spans_that_meet_miss_no_row_and_count_none_twice(
        (_, now, rows) in story(60),
        mut cuts in vec(-2 * HOUR..33 * DAY, 1..20),
    ) {
        // Also where a cut is finer than what is held there.
        let timeline = filled(now, &rows);
        cuts.sort_unstable_by_key(|cut| std::cmp::Reverse(*cut));
        let mut edges = vec![i64::MIN];
        edges.extend(cuts.iter().map(|cut| now - cut));
        edges.push(i64::MAX);
        let spans: Vec<Span> =
            edges.windows(2).map(|two| Span { from: two[0], to: two[1] }).collect();
        let everything = Span { from: i64::MIN, to: i64::MAX };
        let total = timeline.tally(everything);
        let queries: u64 = timeline.series(&spans).iter().map(|tally| tally.queries).sum();
        let cost: Money = timeline.series(&spans).iter().map(|tally| tally.cost).sum();
        let latencies: u64 = timeline.latency_series(&spans).iter().map(Sketch::count).sum();
        prop_assert_eq!((queries, cost), (total.queries, total.cost));
        prop_assert_eq!(latencies, timeline.latency(everything).count());
    }
}
