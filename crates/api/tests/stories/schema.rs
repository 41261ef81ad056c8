//! A hub's database that lacks something, or does not show it.

use hub_sim::{AuditRow, postgres};
use shared_types::{HubState, Problem, ProblemCode, Readiness, Stats, paths};
use timeline::{MINUTE, SECOND};

use crate::world::role::{forget, reader};
use crate::world::{Api, Hub, Kind, Moment, told, until};

const NOW: &str = "2026-06-17T13:47:21Z";

fn rows(moment: &Moment) -> [AuditRow; 2] {
    let row = |n| AuditRow {
        at: moment.now() - n * MINUTE,
        user_id: Some(n),
        ..AuditRow::default()
    };
    [row(1), row(2)]
}

/// Waits until `/ready` says all of this in one message.
async fn lacks(api: &Api, moment: &Moment, what: &[&str]) {
    until(&format!("{what:?} to be missed"), async || {
        // Some questions are only asked as time goes by.
        moment.pass(SECOND);
        let told: Readiness = api.get(paths::READY).await.json();
        let reason = told.reason?;
        let all = what.iter().all(|one| reason.contains(one));
        (all && reason.contains("missing or not granted")).then_some(())
    })
    .await;
}

async fn an_empty_database_becomes_a_hub(hub: &Hub) {
    let moment = Moment::new(NOW);
    hub.run("DROP SCHEMA omni2 CASCADE; DROP SCHEMA auth_service CASCADE")
        .await;
    let api = Api::serve(&hub.database(), &moment);
    lacks(
        &api,
        &moment,
        &["table omni2.audit_logs", "table omni2.mcp_servers"],
    )
    .await;
    let answer = api.get(paths::STATS).await;
    let problem: Problem = answer.json();
    assert_eq!(
        (answer.status.as_u16(), problem.code),
        (503, ProblemCode::SchemaUnusable)
    );
    assert!(problem.detail.contains("omni2.audit_logs") && problem.detail.contains("grant SELECT"));
    postgres::create(hub.pool(), hub.kind.generation())
        .await
        .unwrap();
    hub.insert(&rows(&moment)).await;
    api.is(HubState::Live).await;
    api.matching(2).await;
}

async fn columns_that_go_are_missed_together_until_they_come_back(hub: &Hub) {
    let moment = Moment::new(NOW);
    hub.insert(&rows(&moment)).await;
    let api = Api::live(hub, &moment).await;
    hub.run(
        "ALTER TABLE omni2.audit_logs RENAME duration_ms TO took; \
         ALTER TABLE omni2.audit_logs RENAME success TO fine; \
         ALTER TABLE omni2.mcp_servers RENAME name TO called",
    )
    .await;
    let missing = [
        "omni2.audit_logs.duration_ms",
        "omni2.audit_logs.success",
        "omni2.mcp_servers.name",
    ];
    lacks(&api, &moment, &missing).await;
    let cards: Stats = api.read(paths::STATS).await;
    assert_eq!(cards.queries_today, 2, "the last good figures stay");
    assert!(cards.stale_since.is_some());
    hub.run(
        "ALTER TABLE omni2.audit_logs RENAME took TO duration_ms; \
         ALTER TABLE omni2.audit_logs RENAME fine TO success; \
         ALTER TABLE omni2.mcp_servers RENAME called TO name",
    )
    .await;
    hub.insert(&rows(&moment)).await;
    api.is(HubState::Live).await;
    api.matching(4).await;
}

async fn without_identity_the_rest_works(hub: &Hub) {
    let moment = Moment::new(NOW);
    hub.insert(&rows(&moment)).await;
    let grants = "GRANT USAGE ON SCHEMA omni2 TO ROLE; \
                  GRANT SELECT ON omni2.audit_logs, omni2.mcp_servers TO ROLE";
    let (url, role) = reader(hub, "log_only", grants).await;
    let api = Api::serve(&api::store::Database::parse(&url).unwrap(), &moment);
    api.is(HubState::Live).await;
    let cards: Stats = api.read(paths::STATS).await;
    assert_eq!((cards.total_users, cards.new_users_7d), (None, None));
    assert_eq!((cards.active_mcps, cards.queries_today), (Some(9), 2));
    let page = api.activity("").await;
    assert!(page.activities.iter().all(|call| call.user_email.is_none()));
    let asked = api.activity("user=ana.silva%40company.com").await;
    assert_eq!((asked.matching, asked.activities.len()), (0, 0));
    drop(api);
    forget(hub, &role).await;
}

async fn what_is_not_granted_is_missed(hub: &Hub) {
    let moment = Moment::new(NOW);
    hub.insert(&rows(&moment)).await;
    let grants = "GRANT USAGE ON SCHEMA omni2, auth_service TO ROLE; \
                  GRANT SELECT (id, timestamp, success) ON omni2.audit_logs TO ROLE; \
                  GRANT SELECT (id, email) ON auth_service.users TO ROLE";
    let (url, role) = reader(hub, "some_columns", grants).await;
    let api = Api::serve(&api::store::Database::parse(&url).unwrap(), &moment);
    lacks(
        &api,
        &moment,
        &[
            "omni2.audit_logs.duration_ms",
            "omni2.audit_logs.mcp_target",
            "table omni2.mcp_servers",
            "cost_estimate, cost_usd or llm_tokens_used",
        ],
    )
    .await;
    let cost = if hub.kind == Kind::B {
        "llm_tokens_used"
    } else {
        "cost_usd"
    };
    hub.run(&format!(
        "GRANT SELECT (user_id, duration_ms, mcp_target, {cost}) ON omni2.audit_logs TO {role}; \
         GRANT SELECT (name, status) ON omni2.mcp_servers TO {role}"
    ))
    .await;
    api.is(HubState::Live).await;
    let cards: Stats = api.read(paths::STATS).await;
    assert_eq!((cards.total_users, cards.queries_today), (Some(28), 2));
    let page = api.activity("").await;
    assert!(
        page.activities
            .iter()
            .all(|call| call.user_email.is_some() && call.action.is_empty())
    );
    drop(api);
    forget(hub, &role).await;
}

/// Another hub takes the place of the one that was followed.
async fn another_generation_is_counted_anew(hub: &Hub) {
    let moment = Moment::new(NOW);
    hub.insert(&rows(&moment)).await;
    let api = Api::live(hub, &moment).await;
    postgres::drop(hub.pool()).await.unwrap();
    postgres::create(hub.pool(), hub_sim::Generation::B)
        .await
        .unwrap();
    postgres::insert(hub.pool(), hub_sim::Generation::B, &rows(&moment)[..1])
        .await
        .unwrap();
    until("the other generation to be known", async || {
        let status: shared_types::Status = api.read(paths::STATUS).await;
        let known = status.generation.as_deref() == Some("B") && status.costs_estimated;
        (known && status.state == HubState::Live).then_some(())
    })
    .await;
    api.matching(1).await;
}

macro_rules! tests {
    ($($story:ident: $kind:ident),+ $(,)?) => {
        mod tests {$(
            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn $story() {
                super::told(super::Kind::$kind, super::$story).await;
            }
        )+}
    };
}

tests! {
    an_empty_database_becomes_a_hub: A,
    columns_that_go_are_missed_together_until_they_come_back: C,
    without_identity_the_rest_works: A,
    what_is_not_granted_is_missed: B,
    another_generation_is_counted_anew: A,
}
