//! The database is killed while it is being written to.

use hub_sim::postgres;
use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};
use shared_types::HubState;
use testkit::Postgres;
use timeline::SECOND;
use tokio::task::block_in_place;

use super::NOW;
use crate::figures::rows;
use crate::world::{Api, Hub, Kind, Moment, needed, until};

/// Writes until the database is gone: each transaction a few rows, some rolled back.
async fn write(hub: &Hub, seed: u64, now: i64) {
    let mut dice = StdRng::seed_from_u64(seed);
    loop {
        let count = dice.random_range(1..30);
        let some = rows::some(now - dice.random_range(0..60) * SECOND, count);
        let Ok(mut transaction) = hub.pool().begin().await else {
            return;
        };
        let written = postgres::insert(&mut *transaction, hub.kind.generation(), &some).await;
        let ended = if dice.random_range(0..4) == 0 {
            transaction.rollback().await
        } else {
            transaction.commit().await
        };
        if written.is_err() || ended.is_err() {
            return;
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_row_that_was_committed_is_counted_and_no_other() {
    let Some(mut cluster) = needed(Postgres::start) else {
        return;
    };
    let moment = Moment::new(NOW);
    let url = cluster.create_database();
    let mut hub = Hub::on(Kind::A, url.clone()).await;
    let api = Api::live(&hub, &moment).await;
    for round in 0..3 {
        let from = api.live.gauges().rows_seen;
        let writers = (0..4).map(|n| write(&hub, round * 10 + n, moment.now()));
        let writers = futures_util::future::join_all(writers);
        let end = async {
            until("rows to be counted", async || {
                (api.live.gauges().rows_seen > from + 200).then_some(())
            })
            .await;
            block_in_place(|| cluster.kill());
        };
        tokio::join!(writers, end);
        api.is(HubState::Stale).await;
        block_in_place(|| cluster.restart());
        hub = Hub::on(Kind::A, url.clone()).await;
        api.is(HubState::Live).await;
        api.agrees(&hub, &moment).await;
    }
}
