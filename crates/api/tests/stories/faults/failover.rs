//! The server is lost, and its replica takes its place.

use hub_sim::AuditRow;
use shared_types::{HubState, Stats, paths};
use testkit::{Forwarder, Postgres};
use timeline::MINUTE;
use tokio::task::block_in_place;

use super::NOW;
use crate::figures::rows;
use crate::world::{Api, Hub, Kind, Moment, needed, until};

const COUNT: &str = "SELECT count(*) FROM omni2.audit_logs";

fn late(moment: &Moment, count: i64) -> Vec<AuditRow> {
    let row = |n: i64| AuditRow {
        at: moment.now() - n * MINUTE,
        user_id: Some(3),
        llm_tokens: i32::try_from(n).ok(),
        ..AuditRow::default()
    };
    (1..=count).map(row).collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_only_the_lost_server_had_is_gone_and_what_comes_is_counted() {
    let Some(mut first) = needed(Postgres::start) else {
        return;
    };
    let moment = Moment::new(NOW);
    let hub = Hub::on(Kind::B, first.create_database()).await;
    hub.insert(&rows::some(moment.now(), 300)).await;
    let Some(mut second) = needed(|| first.replica()) else {
        return;
    };
    let way = Forwarder::start(first.port()).await;
    let through = api::store::Database::parse(&way.url(&hub.url)).unwrap();
    let api = Api::serve(&through, &moment);
    api.is(HubState::Live).await;

    // Some come to both, some to the first alone.
    hub.insert(&late(&moment, 20)).await;
    let (_, name) = hub.url.rsplit_once('/').unwrap();
    let replica = sqlx::PgPool::connect(&second.url(name)).await.unwrap();
    until("the replica to have all", async || {
        let counted: i64 = sqlx::query_scalar(COUNT).fetch_one(&replica).await.unwrap();
        (counted == 320).then_some(())
    })
    .await;
    replica.close().await;
    block_in_place(|| second.stop());
    hub.insert(&late(&moment, 40)).await;
    api.agrees(&hub, &moment).await;
    let before: Stats = api.read(paths::STATS).await;

    block_in_place(|| first.kill());
    api.is(HubState::Stale).await;
    block_in_place(|| {
        second.restart();
        second.promote();
    });
    let kept: Stats = api.read(paths::STATS).await;
    assert_eq!(kept.queries_today, before.queries_today, "figures stay");
    way.leads_to(second.port());
    let hub = Hub::on(Kind::B, second.url(name)).await;
    assert_eq!(hub.number(COUNT).await, 320, "40 are lost");
    hub.insert(&late(&moment, 10)).await;
    api.is(HubState::Live).await;
    api.agrees(&hub, &moment).await;
}

/// A replica may be followed too: it is only read.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_replica_can_be_followed_and_promoted() {
    let Some(first) = needed(Postgres::start) else {
        return;
    };
    let moment = Moment::new(NOW);
    let hub = Hub::on(Kind::A, first.create_database()).await;
    hub.insert(&rows::some(moment.now(), 200)).await;
    let Some(second) = needed(|| first.replica()) else {
        return;
    };
    let (_, name) = hub.url.rsplit_once('/').unwrap();
    let there = api::store::Database::parse(&second.url(name)).unwrap();
    let api = Api::serve(&there, &moment);
    api.is(HubState::Live).await;
    hub.insert(&late(&moment, 20)).await;
    api.agrees(&hub, &moment).await;
    drop(first);
    block_in_place(|| second.promote());
    let hub = Hub::on(Kind::A, second.url(name)).await;
    hub.insert(&late(&moment, 5)).await;
    api.agrees(&hub, &moment).await;
    assert_eq!(api.live.status().state, HubState::Live);
}
