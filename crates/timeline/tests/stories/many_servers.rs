//! Beyond 200 servers an answer folds the quiet ones into `Other`.

use timeline::{Money, OTHER, Timeline, UNATTRIBUTED};

use crate::naive::{Row, add, at, row, span, usd};

const NOW: &str = "2026-05-10T12:00:30Z";

/// 250 servers: number `n` has one row, the first 150 a second; three rows have none.
fn timeline() -> Timeline {
    let mut timeline = Timeline::new(30);
    // Last names first: which stay is not a matter of who came first.
    for n in (0..250).rev() {
        let name = format!("mcp {n:03}");
        for _ in 0..if n < 150 { 2 } else { 1 } {
            let priced = Row {
                cost: usd("0.000001"),
                ..row("2026-05-10T11:00:00Z", &[&name])
            };
            add(&mut timeline, at(NOW), &priced);
        }
    }
    for _ in 0..3 {
        add(&mut timeline, at(NOW), &row("2026-05-10T11:00:00Z", &[]));
    }
    timeline
}

#[test]
fn the_200_busiest_stay_and_the_rest_is_other() {
    let timeline = timeline();
    let hour = span("2026-05-10T11:00:00Z", "2026-05-10T12:00:00Z");
    let by_mcp = timeline.by_mcp(hour);
    assert_eq!(
        by_mcp.len(),
        202,
        "200 servers, those without one, and the rest"
    );
    assert_eq!(
        (by_mcp[0].name.as_str(), by_mcp[0].tally.queries),
        (OTHER, 50)
    );
    assert_eq!(
        (by_mcp[1].name.as_str(), by_mcp[1].tally.queries),
        (UNATTRIBUTED, 3)
    );
    assert_eq!(by_mcp[2].name, "mcp 000");
    assert_eq!(
        by_mcp[201].name, "mcp 199",
        "of equals the first by name stay"
    );
}

#[test]
fn folding_loses_no_row_and_no_cost() {
    let timeline = timeline();
    let hour = span("2026-05-10T11:00:00Z", "2026-05-10T12:00:00Z");
    let by_mcp = timeline.by_mcp(hour);
    let rows: u64 = by_mcp.iter().map(|mcp| mcp.tally.queries).sum();
    let cost: Money = by_mcp.iter().map(|mcp| mcp.tally.cost).sum();
    assert_eq!(rows, timeline.tally(hour).queries);
    assert_eq!(cost, timeline.tally(hour).cost);
    assert_eq!(timeline.latency_of(OTHER, hour).count(), 50);
    assert_eq!(
        timeline.latency_of("mcp 249", hour).count(),
        1,
        "asked for by name it is told"
    );
}

#[test]
fn an_hour_with_few_servers_folds_nothing() {
    let mut timeline = timeline();
    add(
        &mut timeline,
        at(NOW),
        &row("2026-05-10T12:00:00Z", &["mcp 249"]),
    );
    let hour = span("2026-05-10T12:00:00Z", "2026-05-10T12:01:00Z");
    let names: Vec<String> = timeline
        .by_mcp(hour)
        .into_iter()
        .map(|mcp| mcp.name)
        .collect();
    assert_eq!(names, ["mcp 249"]);
    assert!(timeline.latency_of(OTHER, hour).is_empty());
}

#[test]
fn two_spans_together_have_the_same_bound() {
    let timeline = timeline();
    let (hour, none) = (
        span("2026-05-10T11:00:00Z", "2026-05-10T12:00:00Z"),
        span("2026-05-10T10:00:00Z", "2026-05-10T11:00:00Z"),
    );
    let whole = timeline.by_mcp(hour);
    assert_eq!(
        timeline::joined(timeline.by_mcp(none), whole.clone()),
        whole,
        "the same order"
    );
    let twice = timeline::joined(whole.clone(), whole.clone());
    assert_eq!(twice.len(), whole.len());
    for (twice, once) in twice.iter().zip(&whole) {
        assert_eq!(twice.name, once.name);
        assert_eq!(twice.tally.queries, 2 * once.tally.queries);
    }
}
