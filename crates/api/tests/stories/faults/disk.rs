//! The disk is full where the embedded database lies.

use hub_sim::AuditRow;
use shared_types::{HubState, Stats, Status, paths};
use testkit::ApiProcess;
use timeline::{DAY, HOUR, MINUTE, SECOND};
use tokio::task::spawn_blocking;

use super::process::{Room, borrowed, is_whole, not_ready, read};
use crate::figures::rows;
use crate::world::{Api, Hub, Moment, needed, until, wall_clock};

/// Room for the tables and no more.
const LITTLE: u64 = 256 * 1024;

fn start(room: &Room, bytes: u64) -> Option<ApiProcess> {
    let settings = room.settings();
    needed(move || ApiProcess::start_with_room(bytes, &borrowed(&settings)))
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_disk_that_is_full_at_the_first_start_is_waited_for() {
    let room = Room::new();
    let Some(api) = start(&room, LITTLE) else {
        return;
    };
    let reason = until("it to say that it cannot write", async || {
        let reason = not_ready(&api).await?;
        (reason.contains("disk") && !reason.contains("warming")).then_some(reason)
    })
    .await;
    assert!(!reason.contains(&room.folder.path().display().to_string()));
    let answer = reqwest::get(format!("{}{}", api.url(), paths::STATS)).await;
    assert_eq!(answer.unwrap().status(), 503);
    api.make_room();
    room.is_live(&api).await;
    assert_eq!(not_ready(&api).await, None);
    assert!(spawn_blocking(|| api.stop()).await.unwrap());
    let moment = Moment::at(wall_clock() + MINUTE);
    let hub = Hub::left_in(room.folder, &moment).await;
    is_whole(&hub).await;
    let api = Api::live(&hub, &moment).await;
    api.agrees(&hub, &moment).await;
    hub.end().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_disk_that_fills_up_takes_no_figure_away() {
    let now = wall_clock();
    let moment = Moment::at(now);
    let hub = Hub::left_in(Room::new().folder, &moment).await;
    hub.insert(&rows::some(now - HOUR, 500)).await;
    let old = |n: i64| AuditRow {
        at: now - 40 * DAY - n * SECOND,
        message: Some("long ago ".repeat(20)),
        ..AuditRow::default()
    };
    hub.insert(&(0..5_000).map(old).collect::<Vec<_>>()).await;
    let room = Room {
        folder: hub.leave().await,
    };
    // Its first work is to forget what is old, for which there is no room.
    let Some(api) = start(&room, LITTLE) else {
        return;
    };
    room.is_live(&api).await;
    until("it to say that it cannot write", async || {
        let logged = api.logged();
        logged.contains("simulated hub cannot write").then_some(())
    })
    .await;
    let status: Status = read(&api, paths::STATUS).await;
    assert_eq!(status.state, HubState::Live, "what is there can be read");
    let cards: Stats = read(&api, paths::STATS).await;
    assert!(cards.stale_since.is_none());
    api.make_room();
    let file = room.file().await;
    until("the old rows to be forgotten", async || {
        let left: i64 = sqlx::query_scalar("SELECT count(*) FROM audit_logs WHERE timestamp < ?")
            .bind(now - 39 * DAY)
            .fetch_one(&file)
            .await
            .unwrap();
        (left == 0).then_some(())
    })
    .await;
    file.close().await;
    assert!(spawn_blocking(|| api.stop()).await.unwrap());
    let later = Moment::at(wall_clock() + MINUTE);
    let hub = Hub::left_in(room.folder, &later).await;
    is_whole(&hub).await;
    let api = Api::live(&hub, &later).await;
    api.agrees(&hub, &later).await;
    hub.end().await;
}
