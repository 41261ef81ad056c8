//! What was folded is kept from one start to the next, and never trusted.

use std::path::{Path, PathBuf};

use hub_sim::AuditRow;
use shared_types::{HubState, QueriesChart, paths};
use timeline::{DAY, HOUR, MINUTE, SECOND};

use crate::changes::{ago, dear};
use crate::world::{Api, Hub, Moment, Talk, on_every_hub, until};

on_every_hub!(
    a_restart_takes_up_what_was_kept_and_what_came_since,
    what_changed_meanwhile_is_found_without_a_wait,
    what_does_not_fit_is_read_anew,
);

const NOW: &str = "2026-06-17T13:47:21Z";
const ROWS: u64 = 600;

/// A call an hour, back to 25 days ago.
fn past(moment: &Moment) -> Vec<AuditRow> {
    let rows = 0..i64::try_from(ROWS).unwrap();
    rows.map(|hour| ago(moment, hour * HOUR + 7 * MINUTE))
        .collect()
}

async fn keeping(hub: &Hub, moment: &Moment, file: &Path) -> Api {
    let talk = Talk {
        keep: Some(file.to_owned()),
        ..Talk::default()
    };
    let api = Api::idle_with(&hub.database(), moment, talk);
    api.follow();
    api.is(HubState::Live).await;
    api
}

/// Starts on the past, and stops: what was kept, in a folder that has to be held.
async fn kept(hub: &Hub, moment: &Moment) -> (PathBuf, tempfile::TempDir, Vec<i64>) {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("history.bin");
    let ids = hub.insert(&past(moment)).await;
    let api = keeping(hub, moment, &file).await;
    assert_eq!(api.live.gauges().rows_seen, ROWS, "all was read");
    until("history to be kept", async || file.exists().then_some(())).await;
    api.stop().await;
    (file, folder, ids)
}

async fn month(api: &Api) -> (u64, f64) {
    let chart: QueriesChart = api.read(&format!("{}?range=30d", paths::QUERIES)).await;
    let count = chart.data.iter().map(|day| day.count).sum();
    (count, chart.data.iter().map(|day| day.cost).sum())
}

async fn counts(api: &Api, count: u64, cost: f64) {
    until(&format!("{count} calls that cost {cost}"), async || {
        let (counted, sum) = month(api).await;
        (counted == count && (sum - cost).abs() < 1e-9).then_some(())
    })
    .await;
}

async fn a_restart_takes_up_what_was_kept_and_what_came_since(hub: &Hub) {
    let moment = Moment::new(NOW);
    let (file, _folder, _) = kept(hub, &moment).await;
    moment.pass(10 * MINUTE);
    hub.insert(&[ago(&moment, SECOND), ago(&moment, 9 * DAY)])
        .await;
    let api = keeping(hub, &moment, &file).await;
    // At once: what was kept was taken up, and only then is it live.
    assert_eq!(month(&api).await, (ROWS + 2, 301.0));
    assert_eq!(api.live.gauges().rows_seen, 2, "nothing else was read");
    assert_eq!(api.activity("limit=1").await.matching, ROWS + 2);
    hub.insert(&[ago(&moment, 0)]).await;
    counts(&api, ROWS + 3, 301.5).await;
}

async fn what_changed_meanwhile_is_found_without_a_wait(hub: &Hub) {
    let moment = Moment::new(NOW);
    let (file, _folder, ids) = kept(hub, &moment).await;
    // An hour ago: too young to tell by that whether the rest fits.
    hub.run(&format!(
        "DELETE FROM omni2.audit_logs WHERE id = {}",
        ids[0]
    ))
    .await;
    let id = ids.last().unwrap() + 1_000;
    // Rows with ids of long ago, which nobody would look for.
    let between = AuditRow {
        id: Some(id),
        ..ago(&moment, 5 * HOUR)
    };
    hub.insert(&[between]).await;
    let api = keeping(hub, &moment, &file).await;
    assert_eq!(api.live.gauges().rows_seen, 1, "what was kept was taken up");
    // The clock stands still: nothing but the comparing after a start can find it.
    counts(&api, ROWS, 300.0).await;
}

async fn what_does_not_fit_is_read_anew(hub: &Hub) {
    let moment = Moment::new(NOW);
    let (file, _folder, ids) = kept(hub, &moment).await;
    let whole = std::fs::read(&file).unwrap();
    // Half of it.
    std::fs::write(&file, &whole[..whole.len() / 2]).unwrap();
    let api = keeping(hub, &moment, &file).await;
    assert_eq!(
        (month(&api).await, api.live.gauges().rows_seen),
        ((ROWS, 300.0), ROWS)
    );
    api.stop().await;
    // All rows are others than those that were kept.
    hub.run(&format!("UPDATE omni2.audit_logs SET {}", dear(hub)))
        .await;
    let api = keeping(hub, &moment, &file).await;
    assert_eq!(
        (month(&api).await, api.live.gauges().rows_seen),
        ((ROWS, 1_350.0), ROWS)
    );
    api.stop().await;
    // An older backup: the newest ids are gone.
    let newest = ids.last().unwrap();
    hub.run(&format!("DELETE FROM omni2.audit_logs WHERE id = {newest}"))
        .await;
    let api = keeping(hub, &moment, &file).await;
    assert_eq!(month(&api).await.0, ROWS - 1);
    assert_eq!(api.live.gauges().rows_seen, ROWS - 1);
}

/// A row whose transaction was open over the restart comes in its turn, and once.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_row_that_was_on_its_way_is_counted_after_a_restart() {
    let Some(hub) = Hub::make(crate::world::Kind::A).await else {
        return;
    };
    let moment = Moment::new(NOW);
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("history.bin");
    hub.insert(&past(&moment)).await;
    let mut writing = hub.pool().begin().await.unwrap();
    let one = [ago(&moment, 9 * DAY)];
    hub_sim::postgres::insert(&mut *writing, hub_sim::Generation::A, &one)
        .await
        .unwrap();
    hub.insert(&[ago(&moment, SECOND)]).await;
    let api = keeping(&hub, &moment, &file).await;
    assert_eq!(month(&api).await.0, ROWS + 1);
    api.stop().await;
    writing.commit().await.unwrap();
    let api = keeping(&hub, &moment, &file).await;
    assert_eq!(
        month(&api).await.0,
        ROWS + 2,
        "it fills the gap that was kept"
    );
    assert_eq!(api.live.gauges().rows_seen, 1);
    hub.end().await;
}
