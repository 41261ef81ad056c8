//! The database goes away and comes back.

use hub_sim::AuditRow;
use reqwest::StatusCode;
use shared_types::{HubState, Problem, ProblemCode, Readiness, Stats, paths};
use testkit::Postgres;
use timeline::MINUTE;
use tokio::task::block_in_place;

use crate::world::{Api, Hub, Kind, Moment, asked, needed, shown, until};

const NOW: &str = "2026-06-17T13:47:21Z";

fn rows(moment: &Moment, count: i64) -> Vec<AuditRow> {
    let row = |n: i64| AuditRow {
        at: moment.now() - n * MINUTE,
        user_id: Some(1),
        llm_tokens: Some(10),
        cost: Some("0.00001".to_owned()),
        ..AuditRow::default()
    };
    (1..=count).map(row).collect()
}

async fn is_not_ready(api: &Api, why: &str) {
    until(&format!("not to be ready: {why}"), async || {
        let answer = api.get(paths::READY).await;
        let told: Readiness = answer.json();
        let reason = told.reason.unwrap_or_default();
        (answer.status == 503 && !told.ready && reason.contains(why)).then_some(())
    })
    .await;
}

async fn problem(api: &Api, path: &str) -> Problem {
    let answer = api.get(path).await;
    assert_eq!(
        answer.status,
        StatusCode::SERVICE_UNAVAILABLE,
        "{path}: {}",
        answer.text()
    );
    assert!(answer.header("retry-after").is_some(), "{path}");
    answer.json()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_database_that_is_away_at_the_start_is_waited_for() {
    let Some(mut cluster) = needed(Postgres::start) else {
        return;
    };
    let moment = Moment::new(NOW);
    let hub = Hub::on(Kind::A, cluster.create_database()).await;
    hub.insert(&rows(&moment, 3)).await;
    block_in_place(|| cluster.stop());
    let api = Api::serve(&hub.database(), &moment);
    assert_eq!(
        api.get(paths::HEALTH).await.status,
        200,
        "the process lives"
    );
    is_not_ready(
        &api,
        &format!("database unreachable since {}", shown(moment.now())),
    )
    .await;
    for path in paths::FIGURES.into_iter().chain([paths::STREAM]) {
        let path = &asked(path);
        let problem = problem(&api, path).await;
        assert_eq!(problem.code, ProblemCode::DatabaseUnavailable, "{path}");
        assert!(
            problem.detail.contains("trying again by itself"),
            "{}",
            problem.detail
        );
        assert!(!problem.detail.contains("127.0.0.1"), "{}", problem.detail);
    }
    block_in_place(|| cluster.restart());
    api.is(HubState::Live).await;
    api.matching(3).await;
    assert_eq!(api.get(paths::READY).await.status, 200);
}

/// Ends the cluster in some way, and looks at what the API makes of it.
async fn comes_back(end: impl Fn(&mut Postgres)) {
    let Some(mut cluster) = needed(Postgres::start) else {
        return;
    };
    let moment = Moment::new(NOW);
    let hub = Hub::on(Kind::C, cluster.create_database()).await;
    let ids = hub.insert(&rows(&moment, 5)).await;
    let api = Api::live(&hub, &moment).await;
    block_in_place(|| end(&mut cluster));
    let status = api.is(HubState::Stale).await;
    assert_eq!(status.stale_since, Some(shown(moment.now())));
    assert!(
        status
            .detail
            .is_some_and(|detail| detail.contains("trying again"))
    );
    is_not_ready(&api, "database unreachable since").await;

    // The last good figures stay, and say since when.
    let since = Some(shown(moment.now()));
    let cards: Stats = api.read(paths::STATS).await;
    assert_eq!((cards.queries_today, &cards.stale_since), (5, &since));
    let page = api.activity("").await;
    assert_eq!((page.activities.len(), &page.stale_since), (5, &since));
    for path in paths::CHARTS {
        let chart = api.json(path).await;
        assert_eq!(chart["stale_since"].as_str(), since.as_deref(), "{path}");
    }
    // What only the database can tell is not told.
    let call = problem(&api, &paths::call(ids[1])).await;
    assert_eq!(call.code, ProblemCode::DatabaseUnavailable);
    let filtered = problem(&api, &format!("{}?q=x", paths::ACTIVITY)).await;
    assert_eq!(filtered.code, ProblemCode::DatabaseUnavailable);

    block_in_place(|| cluster.restart());
    let hub = Hub::on(Kind::C, hub.url.clone()).await;
    hub.insert(&rows(&moment, 2)).await;
    hub.run(&format!(
        "DELETE FROM omni2.audit_logs WHERE id = {}",
        ids[0]
    ))
    .await;
    api.is(HubState::Live).await;
    api.matching(6).await;
    until("the call that is gone to leave the feed", async || {
        let page = api.activity("").await;
        page.activities
            .iter()
            .all(|call| call.id != ids[0])
            .then_some(())
    })
    .await;
    assert_eq!(api.get(&paths::call(ids[1])).await.status, 200);
    let cards: Stats = api.read(paths::STATS).await;
    assert_eq!((cards.queries_today, cards.stale_since), (6, None));
    assert_eq!(api.get(paths::READY).await.status, 200);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_database_that_is_restarted_is_caught_up_with() {
    comes_back(Postgres::stop).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_database_that_is_killed_is_caught_up_with() {
    comes_back(Postgres::kill).await;
}
