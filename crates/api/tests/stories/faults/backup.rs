//! The database is put back to an older state, and goes on from there: ids are given a second
//! time, to other rows.

use hub_sim::AuditRow;
use shared_types::HubState;
use testkit::{Forwarder, Line, Postgres};
use timeline::MINUTE;
use tokio::task::block_in_place;

use super::NOW;
use crate::figures::rows;
use crate::world::{Api, Hub, Kind, Moment, needed};

/// Rows that the backup has, and rows that came after it.
const BEFORE: i64 = 300;
const AFTER: i64 = 80;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn ids_that_go_back_are_seen_and_all_is_compared() {
    let Some(mut cluster) = needed(Postgres::start) else {
        return;
    };
    let moment = Moment::new(NOW);
    let hub = Hub::on(Kind::A, cluster.create_database()).await;
    hub.insert(&rows::some(moment.now(), BEFORE)).await;
    let api = Api::live(&hub, &moment).await;
    if needed(|| cluster.back_up()).is_none() {
        return;
    }
    // Of a whole month: what is lost is not looked for among the newest only.
    let lost = hub.insert(&rows::some(moment.now(), AFTER)).await;
    api.agrees(&hub, &moment).await;
    block_in_place(|| cluster.put_back());
    let hub = Hub::on(Kind::A, hub.url.clone()).await;
    api.is(HubState::Live).await;
    api.agrees(&hub, &moment).await;
    let again = hub.insert(&rows::some(moment.now() - MINUTE, AFTER)).await;
    assert!(again[0] <= lost[lost.len() - 1], "ids are given again");
    api.agrees(&hub, &moment).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn ids_that_were_given_again_before_anybody_looked_are_other_rows() {
    let Some(mut cluster) = needed(Postgres::start) else {
        return;
    };
    let way = Forwarder::start(cluster.port()).await;
    let moment = Moment::new(NOW);
    let hub = Hub::on(Kind::C, cluster.create_database()).await;
    hub.insert(&rows::some(moment.now(), BEFORE)).await;
    if needed(|| cluster.back_up()).is_none() {
        return;
    }
    // Of the last hours, as rows are that a restore loses.
    let late = |n: i64| AuditRow {
        at: moment.now() - n * MINUTE,
        user_id: Some(2),
        cost: Some("0.25".to_owned()),
        ..AuditRow::default()
    };
    let some: Vec<_> = (1..=AFTER).map(late).collect();
    let lost = hub.insert(&some).await;
    let through = api::store::Database::parse(&way.url(&hub.url)).unwrap();
    let api = Api::serve(&through, &moment);
    api.is(HubState::Live).await;
    api.agrees(&hub, &moment).await;

    way.is(Line::Ends);
    block_in_place(|| cluster.put_back());
    let hub = Hub::on(Kind::C, hub.url.clone()).await;
    api.is(HubState::Stale).await;
    let others: Vec<_> = (AFTER..=4 * AFTER).map(late).collect();
    let again = hub.insert(&others).await;
    let newest = |ids: &[i64]| ids[ids.len() - 1];
    assert!(again[0] <= newest(&lost) && newest(&again) > newest(&lost));
    way.is(Line::Passes);
    api.is(HubState::Live).await;
    api.agrees(&hub, &moment).await;
}
