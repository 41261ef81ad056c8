//! The API is killed, again and again, with the embedded database in its hands.

use std::sync::atomic::{AtomicU64, Ordering};

use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};
use shared_types::{HubState, Status, paths};
use timeline::{DAY, MINUTE};
use tokio::sync::watch;
use tokio::task::{block_in_place, spawn_blocking};

use super::process::{Room, is_whole};
use crate::figures::rows;
use crate::world::{Api, Hub, Moment, asked, until, wall_clock};

/// How often it is killed while it lives, and while it writes its first days.
const KILLED: usize = 50;
/// What a process with so few rows may weigh, even without optimisation: it is about 40 MiB.
const HEAVY: u64 = 160 * 1024 * 1024;

/// People who ask whoever serves just now.
struct Load {
    url: watch::Sender<String>,
    answered: AtomicU64,
}

impl Load {
    async fn ask(&self) {
        let client = reqwest::Client::new();
        let mut urls = self.url.subscribe();
        for path in paths::FIGURES.iter().cycle() {
            let url = urls.borrow_and_update().clone();
            let path = asked(path);
            let answer = client.get(format!("{url}{path}")).send().await;
            let whole = match answer {
                Ok(answer) => answer.bytes().await.is_ok(),
                Err(_) => false,
            };
            if whole {
                self.answered.fetch_add(1, Ordering::SeqCst);
            } else if urls.changed().await.is_err() {
                // It was killed: the next one answers, if there is a next one.
                return;
            }
        }
    }

    /// Waits until so many more are answered.
    async fn goes_on(&self, more: u64) {
        let from = self.answered.load(Ordering::SeqCst);
        until("people to be answered", async || {
            (self.answered.load(Ordering::SeqCst) >= from + more).then_some(())
        })
        .await;
    }
}

/// Puts rows into the file that are old enough to be forgotten: each start finds some to
/// delete, and so is killed while it writes.
async fn ages(room: &Room, now: i64) {
    let file = room.file().await;
    let sql = "WITH RECURSIVE n(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM n LIMIT 3000) \
               INSERT INTO audit_logs (timestamp, message) \
               SELECT ? - n * 1000000, 'long ago' FROM n";
    sqlx::query(sql)
        .bind(now - 40 * DAY)
        .execute(&file)
        .await
        .unwrap();
    file.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_file_stays_whole_however_often_it_is_killed() {
    let room = Room::new();
    let now = wall_clock();
    let moment = Moment::at(now);
    let hub = Hub::left_in(room.folder, &moment).await;
    hub.insert(&rows::some(now, 500)).await;
    let folder = hub.leave().await;
    let room = Room { folder };
    let mut dice = StdRng::seed_from_u64(50);
    let load = Load {
        url: watch::Sender::default(),
        answered: AtomicU64::new(0),
    };
    let asking = futures_util::future::join3(load.ask(), load.ask(), load.ask());
    let killing = async {
        for _ in 0..KILLED {
            ages(&room, now).await;
            let api = room.start().await;
            load.url.send_replace(api.url());
            load.goes_on(dice.random_range(0..12)).await;
            assert!(api.resident() < HEAVY, "{} bytes", api.resident());
            block_in_place(|| api.kill());
        }
    };
    tokio::select! {
        _ = asking => {}
        () = killing => {}
    }
    // One more, which is let live.
    let api = room.start().await;
    room.is_live(&api).await;
    assert!(spawn_blocking(|| api.stop()).await.unwrap());
    let hub = Hub::left_in(room.folder, &moment).await;
    is_whole(&hub).await;
    let last = "SELECT max(timestamp) FROM audit_logs";
    let later = Moment::at(hub.number(last).await.max(now) + MINUTE);
    let api = Api::live(&hub, &later).await;
    api.agrees(&hub, &later).await;
    hub.end().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn first_days_that_were_not_written_to_the_end_are_written_anew() {
    let room = Room::new();
    let mut dice = StdRng::seed_from_u64(3);
    for part in [0.0, 0.02, dice.random_range(0.0..0.2)] {
        let api = room.start().await;
        until("some of it to be written", async || {
            let url = format!("{}{}", api.url(), paths::STATUS);
            let status: Status = reqwest::get(url).await.unwrap().json().await.unwrap();
            (status.progress > part || status.state == HubState::Live).then_some(())
        })
        .await;
        block_in_place(|| api.kill());
    }
    let api = room.start().await;
    room.is_live(&api).await;
    assert!(spawn_blocking(|| api.stop()).await.unwrap());
    let moment = Moment::at(wall_clock() + MINUTE);
    let hub = Hub::left_in(room.folder, &moment).await;
    is_whole(&hub).await;
    let days = hub
        .number("SELECT count(DISTINCT timestamp / 86400000000) FROM audit_logs")
        .await;
    assert!(days >= 7, "{days} days");
    let api = Api::live(&hub, &moment).await;
    api.agrees(&hub, &moment).await;
    hub.end().await;
}
