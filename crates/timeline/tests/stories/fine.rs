//! A stretch of the past in minutes, read from rows.

use timeline::{BucketSize, Call, DAY, HOUR, MINUTE, Span, Timeline, Window, Zone};

use crate::naive::{Row, at, row, tally};

const NOW: &str = "2026-05-10T12:34:56Z";

#[test]
fn minutes_of_three_days_years_ago_are_all_there() {
    let from = at("2023-05-01T00:00:00Z");
    let times = (0..3 * DAY / (7 * MINUTE)).map(|n| from + n * 7 * MINUTE + n);
    let rows: Vec<Row> = times
        .map(|at| Row {
            at,
            ..row(NOW, &["a", "b"])
        })
        .collect();
    // Newest first: the first row must not make the others too old for minutes.
    let mut fine = Timeline::fine();
    for row in rows.iter().rev() {
        let mcps: Vec<&str> = row.mcps.iter().map(String::as_str).collect();
        let Row {
            at,
            cost,
            error,
            duration_ms,
            ..
        } = *row;
        fine.add_fine(&Call {
            at,
            mcps: &mcps,
            cost,
            error,
            duration_ms,
        });
    }
    let (to, zone) = (from + 3 * DAY, Zone::utc());
    let asked = Window::between(from, to, Some(BucketSize::Minute), at(NOW), &zone).unwrap();
    assert_eq!(asked.buckets.len(), 3 * 24 * 60);
    for (bucket, ours) in asked.buckets.iter().zip(fine.series(&asked.buckets)) {
        assert_eq!(ours, tally(&rows, *bucket), "{bucket:?}");
    }
    let hour = Span {
        from: from + HOUR + MINUTE,
        to: from + 2 * HOUR + MINUTE,
    };
    assert_eq!(
        fine.by_mcp(hour)[0].tally.queries,
        tally(&rows, hour).queries
    );
}
