//! The network between the API and PostgreSQL: answers are cut in the middle, or nothing comes
//! through any more.

use std::time::Duration;

use api::store::{Database, Limits};
use hub_sim::AuditRow;
use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};
use shared_types::{HubState, Problem, ProblemCode, Stats, paths};
use testkit::{Forwarder, Line};
use timeline::MINUTE;

use super::NOW;
use crate::figures::rows;
use crate::world::{Api, Hub, Kind, Moment, role, told, until};

/// A way to this hub's server.
async fn way_to(hub: &Hub) -> (Forwarder, Database) {
    let Database::Postgres(options) = hub.database() else {
        panic!("not a PostgreSQL");
    };
    let way = Forwarder::start(options.get_port()).await;
    let through = Database::parse(&way.url(&hub.url)).unwrap();
    (way, through)
}

fn late(moment: &Moment, count: i64) -> Vec<AuditRow> {
    let row = |n: i64| AuditRow {
        at: moment.now() - n * MINUTE,
        user_id: Some(n % 5 + 1),
        cost: Some("0.5".to_owned()),
        question: Some("what is cut anywhere? ".repeat(10)),
        ..AuditRow::default()
    };
    (1..=count).map(row).collect()
}

async fn answers_are_cut_anywhere(hub: &Hub) {
    let mut dice = StdRng::seed_from_u64(5);
    let moment = Moment::new(NOW);
    hub.insert(&rows::some(moment.now(), 400)).await;
    let (way, through) = way_to(hub).await;
    let cut = async |after: u32| {
        let before = way.cuts();
        way.cut_after(after);
        until("an answer to be cut", async || {
            (way.cuts() > before).then_some(())
        })
        .await;
    };
    // While history is read, and again while it is read anew.
    way.cut_after(2_000);
    let api = Api::serve(&through, &moment);
    until("the first cut", async || (way.cuts() > 0).then_some(())).await;
    for _ in 0..3 {
        cut(dice.random_range(1_000..12_000)).await;
    }
    api.is(HubState::Live).await;
    api.agrees(hub, &moment).await;
    // While new rows come: between messages, within one, within a row.
    for _ in 0..8 {
        hub.insert(&late(&moment, dice.random_range(1..20))).await;
        cut(dice.random_range(0..9_000)).await;
    }
    api.is(HubState::Live).await;
    api.agrees(hub, &moment).await;
}

async fn nothing_comes_through(hub: &Hub) {
    let moment = Moment::new(NOW);
    hub.insert(&rows::some(moment.now(), 200)).await;
    let (way, through) = way_to(hub).await;
    let limits = Limits {
        acquire: Duration::from_secs(2),
        silence: Duration::from_secs(2),
        ..Limits::default()
    };
    let api = Api::limited(&through, &moment, limits);
    api.is(HubState::Live).await;
    let before: Stats = api.read(paths::STATS).await;
    // Every connection for questions waits for an answer when it is cut.
    let by_user = format!("{}?user=ana.silva%40company.com", paths::ACTIVITY);
    let long = role::lock(hub, "auth_service.users").await;
    let answers = futures_util::future::join_all((0..4).map(|_| api.get(&by_user)));
    let silence = async {
        role::wait_for_locks(hub, 4).await;
        way.is(Line::Silent);
        long.rollback().await.unwrap();
    };
    let (answers, ()) = tokio::join!(answers, silence);
    for answer in answers {
        let problem: Problem = answer.json();
        assert_eq!(
            (problem.status, problem.code),
            (504, ProblemCode::QueryTimeout)
        );
    }
    api.is(HubState::Stale).await;
    let kept: Stats = api.read(paths::STATS).await;
    assert!(kept.stale_since.is_some() && kept.queries_today >= before.queries_today);
    hub.insert(&late(&moment, 7)).await;
    // What was cut stays dead; whoever connects anew comes through.
    way.is(Line::Passes);
    api.is(HubState::Live).await;
    api.agrees(hub, &moment).await;
    until("questions to be answered again", async || {
        (api.get(&by_user).await.status == 200).then_some(())
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_connection_that_is_cut_in_the_middle_of_an_answer() {
    told(Kind::C, answers_are_cut_anywhere).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_connection_that_says_nothing_any_more() {
    told(Kind::A, nothing_comes_through).await;
}
