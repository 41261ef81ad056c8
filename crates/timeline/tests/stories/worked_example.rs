//! Every answer of the worked example: rows and figures that `PostgreSQL` computed.

use std::collections::BTreeMap;

use serde_json::Value;
use timeline::{Money, Range, Timeline, Window, Zone, attribute};

use crate::naive::{Row, add, at, close};

fn example() -> Value {
    serde_json::from_str(include_str!("../data/worked-example.json")).unwrap()
}

fn list<'a>(value: &'a Value, key: &str) -> &'a Vec<Value> {
    value[key]
        .as_array()
        .unwrap_or_else(|| panic!("{key} is a list"))
}

fn text<'a>(value: &'a Value, key: &str) -> &'a str {
    value[key]
        .as_str()
        .unwrap_or_else(|| panic!("{key} is text in {value}"))
}

/// An amount as the example prints it: micro-dollars.
fn micros(text: &str) -> f64 {
    text.parse().unwrap()
}

fn rows(example: &Value) -> Vec<Row> {
    let to_row = |log: &Value| {
        let accessed = log["mcps_accessed"]
            .as_array()
            .into_iter()
            .flatten()
            .map(Value::as_str);
        let mcps = attribute(log["mcp_target"].as_str(), accessed);
        let cost = log["cost_estimate"]
            .as_str()
            .and_then(Money::parse)
            .unwrap_or_default();
        Row {
            at: at(text(log, "timestamp")),
            mcps: mcps.into_iter().map(str::to_owned).collect(),
            cost,
            error: log["success"] == false || log["was_blocked"] == true,
            duration_ms: log["duration_ms"].as_i64(),
        }
    };
    list(example, "audit_logs").iter().map(to_row).collect()
}

fn filled<'a>(now: i64, rows: impl Iterator<Item = &'a Row>) -> Timeline {
    let mut timeline = Timeline::new(30);
    rows.for_each(|row| {
        add(&mut timeline, now, row);
    });
    timeline
}

/// Runs a check on each answer, with rows that came in order and in reverse.
fn on_each_answer(check: impl Fn(&Value, &Timeline, i64, &Zone)) {
    let example = example();
    let rows = rows(&example);
    let answers = list(&example, "answers");
    assert!(answers.len() >= 6);
    for answer in answers {
        let now = at(text(answer, "now"));
        let zone = Zone::named(text(answer, "tz")).unwrap();
        check(answer, &filled(now, rows.iter()), now, &zone);
        check(answer, &filled(now, rows.iter().rev()), now, &zone);
    }
}

#[test]
fn today_starts_at_the_viewers_midnight() {
    on_each_answer(|answer, _, now, zone| {
        assert_eq!(
            zone.today(now).from,
            at(text(answer, "today_starts")),
            "{}",
            zone.name()
        );
    });
}

#[test]
fn stat_cards_are_about_today() {
    on_each_answer(|answer, timeline, now, zone| {
        let today = timeline.tally(zone.today(now));
        assert_eq!(
            Some(today.queries),
            answer["stats"]["queries_today"].as_u64()
        );
        assert_eq!(
            today.cost.to_usd(),
            micros(text(&answer["stats"], "cost_today"))
        );
    });
}

#[test]
fn yesterday_ends_at_the_same_wall_clock_time() {
    on_each_answer(|answer, timeline, now, zone| {
        let yesterday = zone.yesterday_until(now);
        let expected: Vec<i64> = list(answer, "yesterday_window")
            .iter()
            .map(|edge| at(edge.as_str().unwrap()))
            .collect();
        assert_eq!(
            [yesterday.from, yesterday.to],
            expected[..],
            "{}",
            zone.name()
        );
        let queries = answer["queries_yesterday_at_this_time"].as_u64();
        assert_eq!(Some(timeline.tally(yesterday).queries), queries);
    });
}

#[test]
fn the_cost_of_today_is_shared_between_servers() {
    on_each_answer(|answer, timeline, now, zone| {
        let window = Window::of_range(Range::Today, now, zone);
        let by_mcp = timeline.by_mcp(window.span);
        let ours: BTreeMap<&str, f64> = by_mcp
            .iter()
            .map(|mcp| (mcp.name.as_str(), mcp.tally.cost.to_usd()))
            .collect();
        let expected: BTreeMap<&str, f64> = list(answer, "cost_by_mcp_today")
            .iter()
            .map(|slice| (text(slice, "mcp"), micros(text(slice, "cost"))))
            .collect();
        assert_eq!(ours, expected);
    });
}

#[test]
fn the_last_24_hours_begin_on_the_viewers_clock() {
    on_each_answer(|answer, timeline, now, zone| {
        let window = Window::of_range(Range::Day, now, zone);
        assert_eq!(
            window.span.from,
            at(text(answer, "window_24h_starts")),
            "{}",
            zone.name()
        );
        assert_eq!(window.buckets.len(), 25);
        assert!(timeline.resolves(&window, now));
        let ours: Vec<(i64, Option<u64>)> = window
            .buckets
            .iter()
            .zip(timeline.series(&window.buckets))
            .filter(|(_, tally)| tally.queries > 0)
            .map(|(bucket, tally)| (bucket.from, Some(tally.queries)))
            .collect();
        let expected: Vec<(i64, Option<u64>)> = list(answer, "queries_24h_nonzero")
            .iter()
            .map(|hour| (at(text(hour, "hour")), hour["count"].as_u64()))
            .collect();
        assert_eq!(ours, expected, "{}", zone.name());
    });
}

#[test]
fn response_times_are_those_of_the_rows() {
    on_each_answer(|answer, timeline, now, zone| {
        let window = Window::of_range(Range::Day, now, zone);
        let sketches = timeline.latency_series(&window.buckets);
        let ours: Vec<_> = window
            .buckets
            .iter()
            .zip(&sketches)
            .filter(|(_, sketch)| !sketch.is_empty())
            .collect();
        let expected = list(answer, "response_times_24h_nonzero");
        assert_eq!(ours.len(), expected.len());
        for ((bucket, sketch), point) in ours.into_iter().zip(expected) {
            assert_eq!(bucket.from, at(text(point, "timestamp")));
            for (q, key) in [(0.5, "p50"), (0.95, "p95"), (0.99, "p99")] {
                let (ours, exact) = (sketch.quantile(q), point[key].as_f64());
                assert!(close(ours, exact), "{key}: {ours:?}, exactly {exact:?}");
            }
        }
    });
}

#[test]
fn errors_are_counted_for_each_server_most_rows_first() {
    on_each_answer(|answer, timeline, now, zone| {
        let window = Window::of_range(Range::Day, now, zone);
        let ours: Vec<(String, Option<u64>, Option<u64>)> = timeline
            .by_mcp(window.span)
            .into_iter()
            .map(|mcp| (mcp.name, Some(mcp.tally.errors), Some(mcp.tally.queries)))
            .collect();
        let expected: Vec<(String, Option<u64>, Option<u64>)> = list(answer, "errors_24h")
            .iter()
            .map(|bar| {
                (
                    text(bar, "mcp").to_owned(),
                    bar["errors"].as_u64(),
                    bar["total"].as_u64(),
                )
            })
            .collect();
        assert_eq!(ours, expected, "{}", zone.name());
    });
}
