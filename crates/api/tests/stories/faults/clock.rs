//! The clock is wrong, and then set right.

use hub_sim::AuditRow;
use shared_types::Stats;
use timeline::{DAY, HOUR, MINUTE, SECOND};

use super::NOW;
use crate::figures::rows;
use crate::world::{Api, Hub, Kind, Moment, told, until};

fn ago(moment: &Moment, time: i64) -> AuditRow {
    AuditRow {
        at: moment.now() - time,
        user_id: Some(4),
        cost: Some("0.125".to_owned()),
        llm_tokens: Some(9),
        duration_ms: Some(40),
        ..AuditRow::default()
    }
}

async fn over_midnight(hub: &Hub) {
    let moment = Moment::new("2026-06-17T18:20:00Z");
    hub.insert(&rows::some(moment.now(), 400)).await;
    let api = Api::live(hub, &moment).await;
    // In Kolkata midnight is at 18:30.
    for time in [
        "2026-06-17T18:29:59Z",
        "2026-06-17T18:30:01Z",
        "2026-06-17T18:29:58Z",
        "2026-06-17T18:31:00Z",
        "2026-06-16T18:45:00Z",
    ] {
        moment.set(time);
        hub.insert(&[ago(&moment, 0), ago(&moment, 5 * MINUTE)])
            .await;
        api.agrees(hub, &moment).await;
    }
}

async fn what_changes_is_looked_for_all_the_same(hub: &Hub) {
    let moment = Moment::new(NOW);
    let rows: Vec<AuditRow> = (1..=60).map(|n| ago(&moment, n * 7 * MINUTE)).collect();
    let ids = hub.insert(&rows).await;
    let api = Api::live(hub, &moment).await;
    moment.pass(50 * MINUTE);
    api.has_looked().await;
    moment.pass(-50 * MINUTE);
    hub.run(&format!(
        "DELETE FROM omni2.audit_logs WHERE id = {}; \
         UPDATE omni2.audit_logs SET success = FALSE WHERE id = {}",
        ids[3], ids[9]
    ))
    .await;
    hub.set_users(&[(4, Some("ada@company.com"))]).await;
    hub.set_servers(&[("Git MCP", true)]).await;
    // Users and servers are counted at once, not when the clock is where it was.
    until("the one user to be counted", async || {
        moment.pass(SECOND / 10);
        let cards: Stats = api.read(shared_types::paths::STATS).await;
        (cards.total_users == Some(1) && cards.active_mcps == Some(1)).then_some(())
    })
    .await;
    api.agrees_in_time(hub, &moment, 5 * SECOND).await;
}

/// A row that waits for its time is told of when that comes, however the clock got there.
async fn ahead_and_back_again(hub: &Hub) {
    let moment = Moment::new(NOW);
    hub.insert(&rows::some(moment.now(), 600)).await;
    let api = Api::live(hub, &moment).await;
    hub.insert(&[ago(&moment, -9 * HOUR)]).await;
    api.agrees(hub, &moment).await;
    for jump in [DAY, -HOUR, -15 * HOUR, HOUR, HOUR, -10 * HOUR, 8 * HOUR] {
        moment.pass(jump);
        api.agrees_in_time(hub, &moment, SECOND).await;
        hub.insert(&[ago(&moment, 0), ago(&moment, -HOUR)]).await;
        api.agrees(hub, &moment).await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_clock_that_jumps_ahead_and_is_set_right() {
    told(Kind::A, ahead_and_back_again).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_clock_that_is_set_around_midnight() {
    told(Kind::A, over_midnight).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_clock_that_is_set_back_an_hour() {
    told(Kind::B, what_changes_is_looked_for_all_the_same).await;
}
