//! What a generated history looks like.
#![allow(clippy::unwrap_used, reason = "a test that fails may panic")]

use std::collections::{BTreeMap, BTreeSet};

use hub_sim::{
    AuditRow,
    generator::{Generator, SIMULATED_AGENT, SIMULATED_MODEL},
};
use rust_decimal::Decimal;

const SECOND: i64 = 1_000_000;
const DAY: i64 = 86_400 * SECOND;
/// Tuesday 6 January 2026, midnight UTC.
const TUESDAY: i64 = 1_767_657_600 * SECOND;

/// The servers of the recording.
const RECORDED: [&str; 6] = [
    "Everything MCP",
    "Filesystem MCP",
    "Git MCP",
    "Memory MCP",
    "Thinking MCP",
    "Time MCP",
];

fn rows(count: usize) -> Vec<AuditRow> {
    Generator::new(11)
        .history(TUESDAY, i64::MAX)
        .take(count)
        .collect()
}

fn share(rows: &[AuditRow], of: impl Fn(&AuditRow) -> bool) -> f64 {
    rows.iter().filter(|row| of(row)).count() as f64 / rows.len() as f64
}

#[test]
fn about_three_in_a_hundred_requests_fail_and_every_failure_says_why() {
    let rows = rows(50_000);
    let failed = share(&rows, |row| !row.success || row.was_blocked);
    assert!((0.02..0.04).contains(&failed), "{failed}");
    let blocked = share(&rows, |row| row.was_blocked);
    assert!((0.003..0.007).contains(&blocked), "{blocked}");
    let warned = share(&rows, |row| row.status.as_deref() == Some("warning"));
    assert!((0.006..0.014).contains(&warned), "{warned}");
    for row in &rows {
        let why = [&row.error_message, &row.block_reason];
        assert_eq!(
            row.success,
            why.iter().all(|reason| reason.is_none()),
            "{row:?}"
        );
        assert_eq!(
            row.success,
            row.status.as_deref() != Some("error"),
            "{row:?}"
        );
    }
}

#[test]
fn servers_differ_in_how_much_they_fail() {
    let mut by_server: BTreeMap<String, (u32, u32)> = BTreeMap::new();
    for row in rows(100_000)
        .iter()
        .filter(|row| row.mcps.len() == 1 && !row.was_blocked)
    {
        let name = row.mcps[0].clone().unwrap();
        let (all, failed) = by_server.entry(name).or_default();
        *all += 1;
        *failed += u32::from(!row.success);
    }
    let rate = |name: &str| f64::from(by_server[name].1) / f64::from(by_server[name].0);
    assert!(rate("Time MCP") > 1.5 * rate("Git MCP"), "{by_server:?}");
    assert!(
        by_server.values().all(|(_, failed)| *failed > 0),
        "{by_server:?}"
    );
}

#[test]
fn the_same_seed_tells_the_same_story_and_another_seed_another() {
    let history = |seed| {
        Generator::new(seed)
            .history(TUESDAY, i64::MAX)
            .take(500)
            .collect::<Vec<_>>()
    };
    assert_eq!(history(5), history(5));
    assert_ne!(history(5), history(6));
}

#[test]
fn only_recorded_servers_are_called_in_the_shares_promised() {
    let rows = rows(50_000);
    let names: BTreeSet<&str> = rows
        .iter()
        .flat_map(|row| row.mcps.iter().flatten())
        .map(String::as_str)
        .collect();
    assert_eq!(names.into_iter().collect::<Vec<_>>(), RECORDED);
    let several = share(&rows, |row| row.mcps.len() > 1);
    assert!((0.08..0.12).contains(&several), "{several}");
    let none = share(&rows, |row| row.mcps.is_empty());
    assert!((0.02..0.04).contains(&none), "{none}");
    for row in rows.iter().filter(|row| !row.was_blocked) {
        let of_tools: Vec<_> = row
            .tools_used
            .iter()
            .map(|tool| tool.split('.').next())
            .collect();
        let of_servers: Vec<_> = row.mcps.iter().map(Option::as_deref).collect();
        assert_eq!(of_tools, of_servers);
    }
}

#[test]
fn costs_are_exact_decimals_of_six_places_and_never_negative() {
    let rows = rows(50_000);
    let costs: Vec<Decimal> = rows
        .iter()
        .map(|row| row.cost.as_deref().unwrap().parse().unwrap())
        .collect();
    assert!(
        costs
            .iter()
            .all(|cost| *cost >= Decimal::ZERO && cost.scale() <= 6)
    );
    let mean = costs.iter().sum::<Decimal>() / Decimal::from(costs.len());
    assert!(
        mean > Decimal::new(1, 4) && mean < Decimal::new(1, 1),
        "{mean} USD a request"
    );
    let refused = rows.iter().zip(&costs).filter(|(row, _)| row.was_blocked);
    assert!(
        refused.into_iter().all(|(_, cost)| cost.is_zero()),
        "what is refused costs nothing"
    );
    assert!(rows.iter().all(|row| row.tokens_cached <= row.tokens_input));
}

#[test]
fn times_lie_inside_the_days_asked_for_in_order() {
    let rows: Vec<_> = Generator::new(2).history(TUESDAY, TUESDAY + DAY).collect();
    assert!(
        rows.iter()
            .all(|row| (TUESDAY..TUESDAY + DAY).contains(&row.at))
    );
    assert!(rows.is_sorted_by_key(|row| row.at));
    assert!(
        rows.iter()
            .all(|row| row.duration_ms.is_some_and(|ms| (0..70_000).contains(&ms)))
    );
    let rate = rows.len() as f64 / 86_400.0;
    assert!((0.4..0.65).contains(&rate), "{rate} calls a second");
}

#[test]
fn the_last_arrivals_are_as_many_as_asked_for_and_end_now() {
    let times = Generator::new(2).last_arrivals(TUESDAY, 10_000);
    assert_eq!(times.len(), 10_000);
    assert!(times.is_sorted());
    let last = *times.last().unwrap();
    assert!(last < TUESDAY && last > TUESDAY - 600 * SECOND);
}

#[test]
fn a_few_callers_ask_most_and_some_rows_have_none_that_is_known() {
    let rows = rows(50_000);
    let mut by_user: BTreeMap<Option<i64>, usize> = BTreeMap::new();
    for row in &rows {
        *by_user.entry(row.user_id).or_default() += 1;
    }
    let mut counts: Vec<usize> = by_user.values().copied().collect();
    counts.sort_unstable_by(|a, b| b.cmp(a));
    let top: usize = counts.iter().take(6).sum();
    assert!(top * 2 > rows.len(), "the busiest six ask {top}");
    assert!(by_user.contains_key(&None) && by_user.contains_key(&Some(900)));
}

#[test]
fn every_row_says_what_is_simulated() {
    for row in rows(5_000) {
        assert_eq!(row.user_agent.as_deref(), Some(SIMULATED_AGENT));
        let summary = row.result_summary.unwrap();
        assert!(
            row.was_blocked || summary.contains(SIMULATED_MODEL),
            "{summary}"
        );
        if let Some(params) = row.tool_params {
            serde_json::from_str::<serde_json::Value>(&params).unwrap();
        }
        let (message, preview) = (row.message.unwrap(), row.message_preview.unwrap());
        assert!(!message.is_empty() && message.starts_with(&preview));
        assert!(preview.chars().count() <= 200);
    }
}
