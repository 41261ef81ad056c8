//! A database that answers, but late.

use std::time::Duration;

use api::store::{Database, Limits};
use hub_sim::postgres;
use shared_types::{HubState, Stats, paths};
use testkit::{Forwarder, Line};

use super::NOW;
use crate::figures::rows;
use crate::world::{Api, Hub, Kind, Moment, role, told, until};

/// How late: half as long as a question may take.
const LATE: Duration = Duration::from_secs(5);

async fn every_answer_is_late(hub: &Hub) {
    let moment = Moment::new(NOW);
    let all = rows::some(moment.now(), 320);
    hub.insert(&all[..300]).await;
    let Database::Postgres(options) = hub.database() else {
        panic!("not a PostgreSQL");
    };
    let way = Forwarder::start(options.get_port()).await;
    let through = Database::parse(&way.url(&hub.url)).unwrap();
    let api = Api::serve(&through, &moment);
    api.is(HubState::Live).await;
    api.agrees(hub, &moment).await;
    let before: Stats = api.read(paths::STATS).await;
    way.is(Line::Slow(LATE));
    let seen = api.live.gauges().rows_seen;
    hub.insert(&all[300..]).await;
    until("the rows to be counted, late", async || {
        // Nobody waits for the database to be told what is known.
        assert_eq!(api.live.status().state, HubState::Live);
        let cards: Stats = api.read(paths::STATS).await;
        assert!(cards.stale_since.is_none() && cards.queries_today >= before.queries_today);
        (api.live.gauges().rows_seen >= seen + 20).then_some(())
    })
    .await;
    way.is(Line::Passes);
    api.agrees(hub, &moment).await;
}

async fn every_question_takes_too_long(hub: &Hub) {
    let moment = Moment::new(NOW);
    let all = rows::some(moment.now(), 330);
    hub.insert(&all[..300]).await;
    let limits = Limits {
        statement: Duration::from_secs(1),
        ..Limits::default()
    };
    let api = Api::limited(&hub.database(), &moment, limits);
    api.is(HubState::Live).await;
    let before: Stats = api.read(paths::STATS).await;
    // As a migration does that rewrites the table.
    let mut long = role::lock(hub, "omni2.audit_logs").await;
    postgres::insert(&mut *long, hub.kind.generation(), &all[300..])
        .await
        .unwrap();
    let status = api.is(HubState::Stale).await;
    let detail = status.detail.unwrap();
    assert!(detail.contains("took longer"), "{detail}");
    let kept: Stats = api.read(paths::STATS).await;
    assert_eq!(kept.queries_today, before.queries_today);
    long.commit().await.unwrap();
    api.is(HubState::Live).await;
    api.agrees(hub, &moment).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_database_whose_every_answer_is_late() {
    told(Kind::A, every_answer_is_late).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_table_that_is_locked_for_long() {
    told(Kind::C, every_question_takes_too_long).await;
}
