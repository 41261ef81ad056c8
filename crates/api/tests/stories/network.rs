//! What may stand between the API and PostgreSQL: a pooler, and TLS.

use hub_sim::AuditRow;
use shared_types::{HubState, Readiness, paths};
use testkit::{Pgbouncer, Postgres};
use timeline::MINUTE;

use crate::world::{Api, Hub, Kind, Moment, needed, until};

const NOW: &str = "2026-06-17T13:47:21Z";

fn rows(moment: &Moment, count: i64) -> Vec<AuditRow> {
    let row = |n| AuditRow {
        at: moment.now() - n * MINUTE,
        user_id: Some(1),
        ..AuditRow::default()
    };
    (1..=count).map(row).collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_pooler_in_transaction_mode_is_no_hindrance() {
    let Some(cluster) = needed(Postgres::start) else {
        return;
    };
    let Some(pooler) = needed(|| Pgbouncer::start(&cluster)) else {
        return;
    };
    let moment = Moment::new(NOW);
    let hub = Hub::on(Kind::A, cluster.create_database()).await;
    hub.insert(&rows(&moment, 40)).await;
    let through = api::store::Database::parse(&pooler.url(&hub.url)).unwrap();
    let api = Api::serve(&through, &moment);
    api.is(HubState::Live).await;
    // Many questions at once over two server connections.
    let ask = |n: usize| {
        let api = &api;
        async move {
            let page = api
                .activity(&format!("limit={}&user=ana.silva%40company.com", n + 1))
                .await;
            assert_eq!((page.matching, page.activities.len()), (40, n + 1));
        }
    };
    futures_util::future::join_all((0..24).map(ask)).await;
    hub.insert(&rows(&moment, 2)).await;
    api.matching(42).await;
    assert_eq!(api.get(paths::READY).await.status, 200);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn tls_is_spoken_where_it_is_asked_for() {
    let Some(cluster) = needed(Postgres::start_with_tls) else {
        return;
    };
    let moment = Moment::new(NOW);
    let hub = Hub::on(Kind::C, cluster.create_database()).await;
    hub.insert(&rows(&moment, 3)).await;
    let with = |mode: &str| {
        let url = format!("{}?sslmode={mode}", hub.url);
        Api::serve(&api::store::Database::parse(&url).unwrap(), &moment)
    };
    let api = with("require");
    api.is(HubState::Live).await;
    api.matching(3).await;
    let plain = "SELECT count(*) FROM pg_stat_ssl JOIN pg_stat_activity USING (pid) \
                 WHERE application_name = 'omni2-dashboard' AND NOT ssl";
    assert_eq!(hub.number(plain).await, 0);
    let secret = plain.replace("NOT ssl", "ssl");
    assert!(hub.number(&secret).await > 0);
    // A certificate that nobody vouches for is refused where one is wanted, and told so.
    let strict = with("verify-full");
    until("the certificate to be refused", async || {
        let told: Readiness = strict.get(paths::READY).await.json();
        let reason = told.reason?.to_lowercase();
        (reason.contains("certificate") || reason.contains("issuer")).then_some(())
    })
    .await;
}
