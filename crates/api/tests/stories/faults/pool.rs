//! No connection is to be had: others hold all of the server's, or all of our own.

use std::time::Duration;

use api::store::{Database, Limits};
use hub_sim::AuditRow;
use shared_types::{HubState, Problem, ProblemCode, Readiness, Stats, paths};
use sqlx::{Connection, PgConnection};
use timeline::MINUTE;

use super::NOW;
use crate::figures::rows;
use crate::world::{Api, Hub, Kind, Moment, role, told, until};

/// Connections that the role may have.
const MOST: usize = 4;

fn late(moment: &Moment, count: i64) -> Vec<AuditRow> {
    let row = |n: i64| AuditRow {
        at: moment.now() - n * MINUTE,
        user_id: Some(1),
        ..AuditRow::default()
    };
    (1..=count).map(row).collect()
}

/// Takes every connection that is left.
async fn take_all(url: &str) -> Vec<PgConnection> {
    let mut held = Vec::new();
    until("every connection to be taken", async || {
        match PgConnection::connect(url).await {
            Ok(one) => held.push(one),
            Err(_) => assert!(!held.is_empty(), "none could be taken"),
        }
        (held.len() == MOST).then_some(())
    })
    .await;
    held
}

async fn the_server_has_none(hub: &Hub) {
    let moment = Moment::new(NOW);
    hub.insert(&rows::some(moment.now(), 200)).await;
    let grants = "GRANT USAGE ON SCHEMA omni2, auth_service TO ROLE; \
                  GRANT SELECT ON ALL TABLES IN SCHEMA omni2, auth_service TO ROLE";
    let (url, role) = role::reader(hub, "crowded", grants).await;
    hub.run(&format!("ALTER ROLE {role} CONNECTION LIMIT {MOST}"))
        .await;
    let held = take_all(&url).await;
    let limits = Limits {
        acquire: Duration::from_millis(300),
        ..Limits::default()
    };
    let api = Api::limited(&Database::parse(&url).unwrap(), &moment, limits);
    until("to be told that none is to be had", async || {
        let told: Readiness = api.get(paths::READY).await.json();
        told.reason?.contains("too many connections").then_some(())
    })
    .await;
    let problem: Problem = api.get(paths::STATS).await.json();
    assert_eq!(
        (problem.status, problem.code),
        (503, ProblemCode::DatabaseUnavailable)
    );
    drop(held);
    api.is(HubState::Live).await;
    api.agrees(hub, &moment).await;

    // Somebody takes ours while we have figures.
    hub.run(&format!("ALTER ROLE {role} CONNECTION LIMIT 0"))
        .await;
    hub.run(&format!(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = '{role}'"
    ))
    .await;
    api.is(HubState::Stale).await;
    hub.insert(&late(&moment, 9)).await;
    let kept: Stats = api.read(paths::STATS).await;
    assert!(kept.stale_since.is_some());
    let problem: Problem = api.get(&format!("{}?q=x", paths::ACTIVITY)).await.json();
    assert_eq!(
        (problem.status, problem.code),
        (503, ProblemCode::DatabaseUnavailable)
    );
    hub.run(&format!("ALTER ROLE {role} CONNECTION LIMIT -1"))
        .await;
    api.is(HubState::Live).await;
    api.agrees(hub, &moment).await;
    drop(api);
    role::forget(hub, &role).await;
}

/// Questions that take long, more than there are connections: the follower has its own.
async fn questions_hold_all_of_ours(hub: &Hub) {
    let moment = Moment::new(NOW);
    hub.insert(&rows::some(moment.now(), 200)).await;
    let known = hub.insert(&late(&moment, 1)).await;
    // However slow the machine, they wait until they are let go on.
    let limits = Limits {
        statement: Duration::from_mins(1),
        silence: Duration::from_mins(2),
        ..Limits::default()
    };
    let api = Api::limited(&hub.database(), &moment, limits);
    api.is(HubState::Live).await;
    api.agrees(hub, &moment).await;
    let long = role::lock(hub, "auth_service.users").await;
    let by_user = format!("{}?user=ana.silva%40company.com", paths::ACTIVITY);
    let slow = futures_util::future::join_all((0..4).map(|_| api.get(&by_user)));
    let meanwhile = async {
        role::wait_for_locks(hub, 4).await;
        // One more is told that it is not its own fault, nor that the database is away.
        let answer = api.get(&by_user).await;
        let problem: Problem = answer.json();
        assert_eq!(
            (problem.status, problem.code),
            (504, ProblemCode::QueryTimeout)
        );
        assert!(problem.detail.contains("busy"), "{}", problem.detail);
        assert_eq!(answer.header("retry-after"), Some("5"));
        // Rows are counted all the while.
        let count = api.activity("limit=1").await.matching;
        let new = hub.insert(&late(&moment, 5)).await;
        assert!(new[0] > known[0]);
        api.matching(count + 5).await;
        assert_eq!(api.live.status().state, HubState::Live);
        long.rollback().await.unwrap();
    };
    let (answers, ()) = tokio::join!(slow, meanwhile);
    assert!(answers.iter().all(|answer| answer.status == 200));
    api.agrees(hub, &moment).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_server_that_takes_no_more_connections() {
    told(Kind::B, the_server_has_none).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn slow_questions_keep_nobody_from_the_figures() {
    told(Kind::A, questions_hold_all_of_ours).await;
}
