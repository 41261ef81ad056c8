//! Rows count for the servers that the contract says, once each.

use timeline::{OTHER, Placed, Span, Timeline, UNATTRIBUTED};

use crate::naive::{Row, add, assert_figures, at, filled, row, usd};

const NOW: &str = "2026-05-10T12:00:30Z";

fn today() -> Span {
    crate::naive::span("2026-05-10T00:00:00Z", "2026-05-10T12:01:00Z")
}

#[test]
fn a_row_with_three_servers_counts_once_in_total_and_once_for_each() {
    let rows = [Row {
        cost: usd("0.1"),
        ..row("2026-05-10T11:00:00Z", &["a", "b", "c"])
    }];
    let timeline = filled(at(NOW), &rows);
    assert_eq!(timeline.tally(today()).queries, 1);
    let counts: Vec<u64> = timeline
        .by_mcp(today())
        .iter()
        .map(|mcp| mcp.tally.queries)
        .collect();
    assert_eq!(counts, [1, 1, 1]);
    assert_figures(&timeline, &rows, today());
}

#[test]
fn a_row_without_a_server_is_unattributed() {
    let timeline = filled(at(NOW), &[row("2026-05-10T11:00:00Z", &[])]);
    assert_eq!(timeline.by_mcp(today())[0].name, UNATTRIBUTED);
    assert_eq!(timeline.latency_of(UNATTRIBUTED, today()).count(), 1);
}

#[test]
fn a_negative_duration_is_none_and_zero_is_one() {
    let durations = [Some(-5), Some(0), None, Some(i64::MAX), Some(i64::MIN)];
    let rows = durations.map(|duration_ms| Row {
        duration_ms,
        ..row(NOW, &["a"])
    });
    let timeline = filled(at(NOW), &rows);
    assert_eq!(timeline.tally(today()).queries, 5);
    let latency = timeline.latency(today());
    assert_eq!(latency.count(), 2);
    assert_eq!(latency.quantile(0.0), Some(0.0));
}

#[test]
fn names_that_meet_when_cut_count_the_row_once_and_keep_its_cost() {
    let (one, two) = (
        format!("{}1", "ü".repeat(255)),
        format!("{}2", "ü".repeat(255)),
    );
    let rows = [Row {
        cost: usd("0.3"),
        ..row(NOW, &[&one, &two])
    }];
    let timeline = filled(at(NOW), &rows);
    let by_mcp = timeline.by_mcp(today());
    assert_eq!(by_mcp.len(), 1);
    assert_eq!(by_mcp[0].name, "ü".repeat(255));
    assert_eq!(
        (by_mcp[0].tally.queries, by_mcp[0].tally.cost),
        (1, usd("0.3"))
    );
    assert_eq!(timeline.latency_of(&one, today()).count(), 1);
}

#[test]
fn beyond_4096_names_new_ones_count_as_other() {
    let mut timeline = Timeline::new(30);
    for n in 0..4_096 {
        add(
            &mut timeline,
            at(NOW),
            &row("2026-05-10T10:00:00Z", &[&format!("mcp {n}")]),
        );
    }
    let late = Row {
        cost: usd("5"),
        ..row("2026-05-10T11:00:00Z", &["late", "later"])
    };
    assert_eq!(add(&mut timeline, at(NOW), &late), Placed::Counted);
    let hour = crate::naive::span("2026-05-10T11:00:00Z", "2026-05-10T12:00:00Z");
    let by_mcp = timeline.by_mcp(hour);
    assert_eq!(by_mcp.len(), 1);
    assert_eq!(
        (by_mcp[0].name.as_str(), by_mcp[0].tally.queries),
        (OTHER, 1)
    );
    assert_eq!(by_mcp[0].tally.cost, usd("5"));
    assert_eq!(timeline.latency_of(OTHER, hour).count(), 1);
    add(
        &mut timeline,
        at(NOW),
        &row("2026-05-10T11:00:00Z", &["mcp 7"]),
    );
    assert_eq!(
        timeline.latency_of("mcp 7", hour).count(),
        1,
        "a known name is still known"
    );
}
