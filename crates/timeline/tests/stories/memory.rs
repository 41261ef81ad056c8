//! What a timeline weighs.

use timeline::{DAY, Money, QUARTER, Span, Timeline};

use crate::naive::{Row, add, at};

const NOW: &str = "2026-05-10T12:34:56Z";

/// Rows as a busy hub writes them, evenly in time: 14 servers, and latencies that spread
/// over some octaves.
fn busy(span: Span, step: i64) -> impl Iterator<Item = Row> {
    let mut state = 88_172_645_463_325_252_u64;
    let times = (0..)
        .map(move |n| span.from + n * step)
        .take_while(move |at| *at < span.to);
    times.map(move |at| {
        // xorshift: the same rows on every run.
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        // Six uniform numbers make a bell, its exponential a skewed one.
        let bell: f64 = (0..6)
            .map(|part| ((state >> (10 * part)) & 1_023) as f64 / 1_023.0)
            .sum();
        #[expect(clippy::cast_possible_truncation, reason = "some milliseconds")]
        let duration = (400.0 * ((bell - 3.0) * 1.2).exp()) as i64;
        Row {
            at,
            mcps: vec![format!("mcp {}", (state >> 60) % 14)],
            cost: Money::from_picodollars(1_234_567),
            error: state.is_multiple_of(33),
            duration_ms: Some(duration),
        }
    })
}

#[test]
fn ten_million_rows_of_a_month_weigh_less_than_60_megabytes() {
    let now = at(NOW);
    let step = 30 * DAY / 10_000_000;
    // What a quarter-hour weighs, old or young, from four of each.
    let weigh = |from: i64| {
        let from = from - from.rem_euclid(QUARTER);
        let mut chunk = Timeline::new(30);
        for row in busy(
            Span {
                from,
                to: from + 4 * QUARTER,
            },
            step,
        ) {
            add(&mut chunk, now, &row);
        }
        let mut timeline = Timeline::new(30);
        timeline.merge(chunk);
        timeline.bytes() as f64 / 4.0
    };
    let (old, young) = (weigh(now - 20 * DAY), weigh(now - DAY));
    let megabytes = (old * 28.0 * 96.0 + young * 52.0 * 4.0) / 1e6;
    println!("{megabytes:.1} MB: {old:.0} bytes an old quarter, {young:.0} a young one");
    assert!(megabytes < 60.0, "{megabytes} MB");
    assert!(
        old < young && megabytes > 5.0,
        "{megabytes} MB is less than what was put in"
    );
}
