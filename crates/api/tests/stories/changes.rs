//! Rows that are deleted, corrected, restored, or come where nobody looks.

use hub_sim::AuditRow;
use shared_types::{QueriesChart, Stats, paths};
use timeline::{DAY, HOUR, MINUTE, SECOND};

use crate::world::{Api, Hub, Moment, on_every_hub, until};

on_every_hub!(
    deleted_and_corrected_rows_are_seen_as_time_goes_by,
    a_table_that_begins_again_is_counted_again,
    an_older_backup_takes_the_newest_rows_away,
    a_call_that_came_and_went_is_shown_no_more,
    a_row_with_an_id_of_long_ago_is_found,
    what_was_compared_is_compared_again,
    a_busy_quarter_hour_is_compared_too,
    a_row_a_day_ahead_is_counted_when_its_time_comes,
);

const NOW: &str = "2026-06-17T13:47:21Z";

/// A call that began so long ago.
pub(crate) fn ago(moment: &Moment, time: i64) -> AuditRow {
    AuditRow {
        at: moment.now() - time,
        cost: Some("0.5".to_owned()),
        llm_tokens: Some(500_000),
        duration_ms: Some(100),
        ..AuditRow::default()
    }
}

/// What makes a call cost 2.25 USD.
pub(crate) fn dear(hub: &Hub) -> &'static str {
    match hub.kind.generation() {
        hub_sim::Generation::A => "cost_estimate = '2.25'",
        hub_sim::Generation::B => "llm_tokens_used = 2250000",
        hub_sim::Generation::C => "cost_usd = 2.25",
    }
}

/// Waits while the clock runs, fast, until calls of a month match and cost so much.
async fn in_time(api: &Api, moment: &Moment, matching: u64, cost: f64) {
    until(&format!("{matching} calls that cost {cost}"), async || {
        moment.pass(4 * SECOND);
        let path = format!("{}?range=30d", paths::QUERIES);
        let chart: QueriesChart = api.read(&path).await;
        let counted: u64 = chart.data.iter().map(|day| day.count).sum();
        let sum: f64 = chart.data.iter().map(|day| day.cost).sum();
        let page = api.activity("").await;
        let same = counted == matching && page.matching == matching;
        (same && page.activities.len() as u64 == matching && (sum - cost).abs() < 1e-9)
            .then_some(())
    })
    .await;
}

async fn deleted_and_corrected_rows_are_seen_as_time_goes_by(hub: &Hub) {
    let moment = Moment::new(NOW);
    let rows = [
        ago(&moment, HOUR),
        ago(&moment, 5 * HOUR),
        ago(&moment, 30 * HOUR),
        ago(&moment, DAY),
    ];
    let ids = hub.insert(&rows).await;
    let api = Api::live(hub, &moment).await;
    in_time(&api, &moment, 4, 2.0).await;
    hub.run(&format!(
        "DELETE FROM omni2.audit_logs WHERE id = {}",
        ids[1]
    ))
    .await;
    in_time(&api, &moment, 3, 1.5).await;
    let sql = format!(
        "UPDATE omni2.audit_logs SET {}, success = FALSE WHERE id = {}",
        dear(hub),
        ids[2]
    );
    hub.run(&sql).await;
    in_time(&api, &moment, 3, 3.25).await;
    let failed = api.activity("outcome=error").await;
    assert_eq!((failed.matching, failed.activities[0].id), (1, ids[2]));
}

async fn a_table_that_begins_again_is_counted_again(hub: &Hub) {
    let moment = Moment::new(NOW);
    let rows: Vec<AuditRow> = (1..=20).map(|n| ago(&moment, n * HOUR)).collect();
    hub.insert(&rows).await;
    let api = Api::live(hub, &moment).await;
    api.matching(20).await;
    hub.run(if hub.kind.is_postgres() {
        "TRUNCATE omni2.audit_logs RESTART IDENTITY"
    } else {
        "DELETE FROM audit_logs; DELETE FROM sqlite_sequence WHERE name = 'audit_logs'"
    })
    .await;
    let ids = hub.insert(&rows[..2]).await;
    assert_eq!(ids, [1, 2]);
    in_time(&api, &moment, 2, 1.0).await;
    hub.insert(&rows[2..5]).await;
    in_time(&api, &moment, 5, 2.5).await;
    let cards: Stats = api.read(paths::STATS).await;
    assert_eq!(cards.queries_today, 5);
}

async fn an_older_backup_takes_the_newest_rows_away(hub: &Hub) {
    let moment = Moment::new(NOW);
    let rows: Vec<AuditRow> = (1..=10).rev().map(|n| ago(&moment, n * MINUTE)).collect();
    let ids = hub.insert(&rows).await;
    let api = Api::live(hub, &moment).await;
    api.matching(10).await;
    hub.run(&format!(
        "DELETE FROM omni2.audit_logs WHERE id > {}",
        ids[5]
    ))
    .await;
    in_time(&api, &moment, 6, 3.0).await;
    hub.insert(&rows[..1]).await;
    in_time(&api, &moment, 7, 3.5).await;
}

/// The newest calls are then the very rows that were read before it came.
async fn a_call_that_came_and_went_is_shown_no_more(hub: &Hub) {
    let moment = Moment::new(NOW);
    let rows = [ago(&moment, HOUR), ago(&moment, MINUTE)];
    hub.insert(&rows).await;
    let api = Api::live(hub, &moment).await;
    in_time(&api, &moment, 2, 1.0).await;
    let ids = hub.insert(&rows[..1]).await;
    in_time(&api, &moment, 3, 1.5).await;
    let sql = format!("DELETE FROM omni2.audit_logs WHERE id = {}", ids[0]);
    hub.run(&sql).await;
    in_time(&api, &moment, 2, 1.0).await;
}

async fn a_row_with_an_id_of_long_ago_is_found(hub: &Hub) {
    let moment = Moment::new(NOW);
    hub.insert(&[AuditRow {
        id: Some(1_000),
        ..ago(&moment, HOUR)
    }])
    .await;
    let api = Api::live(hub, &moment).await;
    api.matching(1).await;
    // By now every gap is closed; only reading again finds this one.
    moment.pass(MINUTE);
    until("no gap to be open", async || {
        (api.live.gauges().open_gaps == 0).then_some(())
    })
    .await;
    hub.insert(&[AuditRow {
        id: Some(500),
        ..ago(&moment, 20 * HOUR)
    }])
    .await;
    in_time(&api, &moment, 2, 1.0).await;
}

/// A time in which all of the last 48 hours is compared once.
async fn a_round_passes(api: &Api, moment: &Moment) {
    for _ in 0..110 {
        moment.pass(5 * SECOND);
        api.has_looked().await;
    }
}

async fn what_was_compared_is_compared_again(hub: &Hub) {
    let moment = Moment::new(NOW);
    let rows: Vec<AuditRow> = (1..=40).map(|n| ago(&moment, n * HOUR)).collect();
    let ids = hub.insert(&rows).await;
    let api = Api::live(hub, &moment).await;
    a_round_passes(&api, &moment).await;
    // As many rows as before, and as dear.
    for slower in ["id", "500 + id"] {
        let sql = format!(
            "UPDATE omni2.audit_logs SET duration_ms = {slower} WHERE id = {}",
            ids[20]
        );
        hub.run(&sql).await;
        api.agrees_in_time(hub, &moment, 5 * SECOND).await;
        a_round_passes(&api, &moment).await;
    }
    // One goes, and another takes its place in the same quarter-hour.
    let gone = format!("DELETE FROM omni2.audit_logs WHERE id = {}", ids[9]);
    hub.run(&gone).await;
    hub.insert(&[AuditRow {
        id: Some(ids[9]),
        at: rows[9].at + SECOND,
        mcps: vec![Some("Slack MCP".to_owned())],
        ..ago(&moment, 0)
    }])
    .await;
    api.agrees_in_time(hub, &moment, 5 * SECOND).await;
}

async fn a_busy_quarter_hour_is_compared_too(hub: &Hub) {
    let moment = Moment::new(NOW);
    // From 11:30 to 11:45, too many to be read in one go.
    let begins = moment.now() - (2 * HOUR + 17 * MINUTE + 21 * SECOND);
    let rows: Vec<AuditRow> = (0..10_500)
        .map(|n| AuditRow {
            at: begins + n * (15 * MINUTE / 10_500),
            ..ago(&moment, 0)
        })
        .collect();
    let ids = hub.insert(&rows).await;
    let api = Api::live(hub, &moment).await;
    a_round_passes(&api, &moment).await;
    api.agrees_in_time(hub, &moment, 5 * SECOND).await;
    // The first, the last, and one within; one costs more, and one comes with an old id.
    for gone in [0, 5_000, 10_499] {
        let gone = format!("DELETE FROM omni2.audit_logs WHERE id = {}", ids[gone]);
        hub.run(&gone).await;
    }
    let dearer = dear(hub);
    let dearer = format!(
        "UPDATE omni2.audit_logs SET {dearer} WHERE id = {}",
        ids[7_000]
    );
    hub.run(&dearer).await;
    hub.insert(&[AuditRow {
        id: Some(ids[5_000]),
        at: begins + 3 * MINUTE,
        mcps: vec![Some("Slack MCP".to_owned())],
        ..ago(&moment, 0)
    }])
    .await;
    api.agrees_in_time(hub, &moment, 5 * SECOND).await;
}

async fn a_row_a_day_ahead_is_counted_when_its_time_comes(hub: &Hub) {
    let moment = Moment::new(NOW);
    hub.insert(&[ago(&moment, HOUR)]).await;
    let api = Api::live(hub, &moment).await;
    // In the quarter-hour that a day from now lies in, and later than that.
    let ahead = ago(&moment, -DAY - 8 * MINUTE);
    let newest = hub.insert(&[ahead, ago(&moment, 2 * HOUR)]).await[1];
    api.matching(2).await;
    // Everything is compared, that quarter-hour included.
    let gone = format!("DELETE FROM omni2.audit_logs WHERE id = {newest}");
    hub.run(&gone).await;
    api.agrees_in_time(hub, &moment, SECOND).await;
    a_round_passes(&api, &moment).await;
    a_round_passes(&api, &moment).await;
    moment.pass(DAY);
    api.agrees_in_time(hub, &moment, SECOND).await;
}
