//! The worked example: fifteen rows, and what PostgreSQL computed of them for several
//! moments and zones. Generations that lack a column get the nearest row that they hold.

use std::collections::BTreeMap;

use hub_sim::AuditRow;
use serde_json::Value;
use shared_types::{Activity, CostChart, ErrorsChart, LatencyChart, QueriesChart, Stats};

use crate::world::{Api, Hub, Kind, Moment, at, on_every_hub};

on_every_hub!(every_answer_is_the_one_that_was_computed);

fn example() -> Value {
    let text = include_str!("../../../timeline/tests/data/worked-example.json");
    serde_json::from_str(text).unwrap()
}

fn list<'a>(value: &'a Value, key: &str) -> &'a Vec<Value> {
    value[key].as_array().unwrap()
}

fn text(value: &Value, key: &str) -> Option<String> {
    value[key].as_str().map(str::to_owned)
}

fn usd(value: &Value) -> f64 {
    value.as_str().unwrap().parse().unwrap()
}

/// A row of the example, as a hub of that generation would hold it.
fn row(log: &Value, kind: Kind) -> AuditRow {
    let cost = text(log, "cost_estimate");
    // At one dollar a million, a token costs a micro-dollar.
    let tokens = cost.as_deref().and_then(|cost| cost.parse::<f64>().ok());
    #[expect(clippy::cast_possible_truncation, reason = "whole micro-dollars")]
    let tokens = tokens
        .filter(|usd| usd.is_finite())
        .map(|usd| (usd * 1e6).round() as i32);
    let (preview, message, question) = (
        text(log, "message_preview"),
        text(log, "message"),
        text(log, "question"),
    );
    let names = log["mcps_accessed"].as_array();
    AuditRow {
        id: log["id"].as_i64(),
        at: at(log["timestamp"].as_str().unwrap()),
        user_id: log["user_id"].as_i64(),
        mcp_target: text(log, "mcp_target"),
        mcps: names
            .into_iter()
            .flatten()
            .map(|name| name.as_str().map(str::to_owned))
            .collect(),
        null_mcps: names.is_none(),
        llm_tokens: tokens,
        cost,
        success: log["success"] == true,
        status: text(log, "status"),
        was_blocked: log["was_blocked"] == true,
        duration_ms: log["duration_ms"].as_i64(),
        question: if kind.has_arrays() {
            question
        } else {
            preview.clone().or(message.clone()).or(question)
        },
        message_preview: preview,
        message,
        ..AuditRow::default()
    }
}

async fn every_answer_is_the_one_that_was_computed(hub: &Hub) {
    let example = example();
    let users = list(&example, "users");
    let users: Vec<(i64, Option<&str>)> = users
        .iter()
        .map(|user| (user["id"].as_i64().unwrap(), user["email"].as_str()))
        .collect();
    hub.set_users(&users).await;
    let servers = list(&example, "mcp_servers");
    let servers: Vec<(&str, bool)> = servers
        .iter()
        .map(|server| {
            (
                server["name"].as_str().unwrap(),
                server["is_enabled"] == true,
            )
        })
        .collect();
    hub.set_servers(&servers).await;
    let rows: Vec<AuditRow> = list(&example, "audit_logs")
        .iter()
        .map(|log| row(log, hub.kind))
        .collect();
    hub.insert(&rows).await;
    let mut by_moment: BTreeMap<&str, Vec<&Value>> = BTreeMap::new();
    for answer in list(&example, "answers") {
        by_moment
            .entry(answer["now"].as_str().unwrap())
            .or_default()
            .push(answer);
    }
    assert!(by_moment.len() > 1);
    for (now, answers) in by_moment {
        let api = Api::live(hub, &Moment::new(now)).await;
        for answer in answers {
            check_cards(&api, answer).await;
            check_series(&api, answer).await;
            check_servers(&api, answer, hub.kind).await;
        }
        if example["activity_note"].as_str().unwrap().contains(now) {
            check_feed(&api, list(&example, "activity_newest_first"), hub.kind).await;
        }
    }
}

fn path(of: &str, answer: &Value) -> String {
    format!(
        "/api/v1/dashboard/{of}?tz={}",
        answer["tz"].as_str().unwrap()
    )
}

async fn check_cards(api: &Api, answer: &Value) {
    let cards: Stats = api.read(&path("stats", answer)).await;
    let expected = &answer["stats"];
    assert_eq!(cards.active_mcps, expected["active_mcps"].as_u64());
    assert_eq!(cards.total_users, expected["total_users"].as_u64());
    assert_eq!(
        Some(cards.queries_today),
        expected["queries_today"].as_u64(),
        "{answer}"
    );
    assert_eq!(cards.cost_today, usd(&expected["cost_today"]), "{answer}");
    assert_eq!(
        at(&cards.today_starts),
        at(answer["today_starts"].as_str().unwrap())
    );
    let yesterday = answer["queries_yesterday_at_this_time"].as_u64();
    assert_eq!(Some(cards.yesterday.queries), yesterday);
}

async fn check_series(api: &Api, answer: &Value) {
    let chart: QueriesChart = api.read(&path("charts/queries", answer)).await;
    assert_eq!(chart.data.len(), 25);
    let starts = at(answer["window_24h_starts"].as_str().unwrap());
    assert_eq!(at(&chart.window.from), starts);
    let hours = chart.data.iter().filter(|hour| hour.count > 0);
    let hours: Vec<_> = hours
        .map(|hour| (at(&hour.hour), Some(hour.count)))
        .collect();
    let expected = list(answer, "queries_24h_nonzero").iter();
    let expected: Vec<_> = expected
        .map(|hour| (at(hour["hour"].as_str().unwrap()), hour["count"].as_u64()))
        .collect();
    assert_eq!(hours, expected, "{}", answer["tz"]);

    let chart: LatencyChart = api.read(&path("charts/response-times", answer)).await;
    let points: Vec<_> = chart.data.iter().filter(|point| point.count > 0).collect();
    let expected = list(answer, "response_times_24h_nonzero");
    assert_eq!(points.len(), expected.len());
    for (point, expected) in points.iter().zip(expected) {
        assert_eq!(
            at(&point.timestamp),
            at(expected["timestamp"].as_str().unwrap())
        );
        for (ours, key) in [(point.p50, "p50"), (point.p95, "p95"), (point.p99, "p99")] {
            let (ours, exact) = (ours.unwrap(), expected[key].as_f64().unwrap());
            assert!(
                (ours - exact).abs() <= (exact * 0.01).max(1.0),
                "{key}: {ours}, {exact}"
            );
        }
    }
}

async fn check_servers(api: &Api, answer: &Value, kind: Kind) {
    let cost: CostChart = api.read(&path("charts/cost", answer)).await;
    let errors: ErrorsChart = api.read(&path("charts/errors", answer)).await;
    assert_eq!(cost.total, usd(&answer["stats"]["cost_today"]));
    assert_eq!(cost.costs_estimated, kind == Kind::B);
    if !kind.has_arrays() {
        // One server a row: a row counts for the first of those that the example names.
        let queries: u64 = errors.data.iter().map(|bar| bar.total).sum();
        assert_eq!(queries, errors.total);
        return;
    }
    let slices: Vec<_> = cost
        .data
        .into_iter()
        .map(|slice| (slice.mcp, slice.cost))
        .collect();
    let expected = list(answer, "cost_by_mcp_today").iter();
    let expected: Vec<_> = expected
        .map(|slice| (text(slice, "mcp").unwrap(), usd(&slice["cost"])))
        .collect();
    assert_eq!(slices, expected, "{}", answer["tz"]);
    let bars = errors.data.into_iter();
    let bars: Vec<_> = bars
        .map(|bar| (bar.mcp, Some(bar.errors), Some(bar.total)))
        .collect();
    let expected: Vec<_> = list(answer, "errors_24h")
        .iter()
        .map(|bar| {
            (
                text(bar, "mcp").unwrap(),
                bar["errors"].as_u64(),
                bar["total"].as_u64(),
            )
        })
        .collect();
    assert_eq!(bars, expected, "{}", answer["tz"]);
}

async fn check_feed(api: &Api, expected: &[Value], kind: Kind) {
    let page = api.activity("").await;
    assert_eq!(page.matching, expected.len() as u64);
    assert_eq!(page.activities.len(), expected.len());
    for (call, expected) in page.activities.iter().zip(expected) {
        let Activity {
            id,
            user_email,
            action,
            mcp,
            duration_ms,
            cost,
            status,
            ..
        } = call;
        assert_eq!(Some(*id), expected["id"].as_i64());
        assert_eq!(user_email.as_deref(), expected["user_email"].as_str());
        assert_eq!(Some(action.as_str()), expected["action"].as_str());
        assert_eq!(*duration_ms, expected["duration_ms"].as_i64(), "{id}");
        assert_eq!(*cost, usd(&expected["cost"]), "{id}");
        let names = expected["mcp"].as_str();
        let (names, wanted) = match (kind.has_arrays(), expected["status"].as_str().unwrap()) {
            (true, status) => (names, status),
            (false, "warning") => (names.and_then(|n| n.split(", ").next()), "success"),
            (false, status) => (names.and_then(|n| n.split(", ").next()), status),
        };
        assert_eq!(mcp.as_deref(), names, "{id}");
        assert_eq!(status.as_str(), wanted, "{id}");
    }
}
