//! Ten thousand rows from transactions that commit out of order.

use std::collections::BTreeSet;

use hub_sim::{AuditRow, postgres};
use shared_types::{QueriesChart, paths};
use timeline::SECOND;
use tokio::sync::Barrier;

use crate::world::{Api, Hub, Kind, Moment, at, told};

const NOW: &str = "2026-06-17T13:47:21Z";
const ROWS: usize = 10_000;

fn rows(count: usize, from: i64) -> Vec<AuditRow> {
    let row = |n: usize| AuditRow {
        at: from + i64::try_from(n).unwrap() * SECOND,
        mcp_target: Some("Git MCP".to_owned()),
        cost: Some("0.000001".to_owned()),
        llm_tokens: Some(1),
        duration_ms: Some(10),
        ..AuditRow::default()
    };
    (0..count).map(row).collect()
}

/// Every id that the feed shows, page by page.
async fn shown(api: &Api) -> Vec<i64> {
    let mut ids = Vec::new();
    let mut next = String::new();
    loop {
        let page = api.activity(&format!("limit=500{next}")).await;
        ids.extend(page.activities.iter().map(|call| call.id));
        match page.next {
            Some(cursor) => next = format!("&cursor={cursor}"),
            None => return ids,
        }
    }
}

async fn none_is_missed_and_none_is_doubled(hub: &Hub) {
    let moment = Moment::new(NOW);
    let from = at("2026-06-17T00:00:00Z");
    let api = Api::live(hub, &moment).await;
    let writers = 8;
    let each = ROWS / writers;
    let together = Barrier::new(writers);
    let write = async |n: usize| {
        let rows = rows(each, from + i64::try_from(n).unwrap());
        for (turn, some) in rows.chunks(each / 25).enumerate() {
            // Ids are taken in one order and become visible in another: while these wait,
            // others commit; every fifth is rolled back, which leaves gaps for ever.
            let mut late = hub.pool().begin().await.unwrap();
            postgres::insert(&mut *late, hub.kind.generation(), some)
                .await
                .unwrap();
            together.wait().await;
            if turn % 5 == 0 {
                let mut gone = hub.pool().begin().await.unwrap();
                postgres::insert(&mut *gone, hub.kind.generation(), some)
                    .await
                    .unwrap();
                gone.rollback().await.unwrap();
            }
            if n.is_multiple_of(2) {
                together.wait().await;
                late.commit().await.unwrap();
            } else {
                late.commit().await.unwrap();
                together.wait().await;
            }
        }
    };
    futures_util::future::join_all((0..writers).map(write)).await;
    api.matching(ROWS as u64).await;
    check(hub, &api).await;
}

async fn check(hub: &Hub, api: &Api) {
    let counted = hub.number("SELECT count(*) FROM omni2.audit_logs").await;
    assert_eq!(counted, i64::try_from(ROWS).unwrap());
    let chart: QueriesChart = api.read(&format!("{}?range=24h", paths::QUERIES)).await;
    let queries: u64 = chart.data.iter().map(|hour| hour.count).sum();
    assert_eq!(queries, ROWS as u64);
    let cost: f64 = chart.data.iter().map(|hour| hour.cost).sum();
    assert!((cost - ROWS as f64 * 1e-6).abs() < 1e-9);
    let ids = shown(api).await;
    assert_eq!(ids.len(), ROWS);
    assert_eq!(ids.iter().collect::<BTreeSet<_>>().len(), ROWS, "each once");
}

/// Rows whose ids lie below every visible one when the API starts.
async fn a_row_below_the_lowest_id_comes_late(hub: &Hub) {
    let moment = Moment::new(NOW);
    let rows = rows(3, at("2026-06-17T12:00:00Z"));
    let mut late = hub.pool().begin().await.unwrap();
    postgres::insert(&mut *late, hub.kind.generation(), &rows[..1])
        .await
        .unwrap();
    hub.insert(&rows[1..]).await;
    let api = Api::live(hub, &moment).await;
    api.matching(2).await;
    late.commit().await.unwrap();
    api.matching(3).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn ten_thousand_rows_in_generation_a() {
    told(Kind::A, none_is_missed_and_none_is_doubled).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn ten_thousand_rows_in_generation_c() {
    told(Kind::C, none_is_missed_and_none_is_doubled).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_late_row_below_all_others() {
    told(Kind::B, a_row_below_the_lowest_id_comes_late).await;
}
