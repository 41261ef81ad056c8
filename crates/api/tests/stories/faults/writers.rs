//! Long transactions that write where nobody looks: rows with old ids and old times come,
//! change and go, and are committed in another order than they began.

use hub_sim::{AuditRow, postgres};
use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};
use sqlx::{AssertSqlSafe, PgConnection};
use timeline::{MINUTE, SECOND};
use tokio::sync::Barrier;

use super::NOW;
use crate::figures::rows;
use crate::world::{Api, Hub, Kind, Moment, at, told};

const WRITERS: usize = 8;
const TURNS: usize = 6;
/// Ids below this are given by hand.
const BY_SEQUENCE: i64 = 1_000_000;

/// Something that one transaction does.
async fn write(hub: &Hub, to: &mut PgConnection, dice: &mut StdRng, now: i64, id: &mut i64) {
    // Of the last two days: what is found within ten minutes.
    let at = now - dice.random_range(0..44 * 60) * MINUTE - dice.random_range(0..60) * SECOND;
    let row = AuditRow {
        at,
        user_id: Some(dice.random_range(1..9)),
        mcp_target: Some("Git MCP".to_owned()),
        cost: Some(format!("0.{:06}", dice.random_range(0..999_999))),
        llm_tokens: Some(dice.random_range(0..5_000)),
        duration_ms: Some(dice.random_range(0..9_000)),
        ..AuditRow::default()
    };
    let sql = match dice.random_range(0..8) {
        // As the hub does.
        0..3 => {
            postgres::insert(to, hub.kind.generation(), &[row])
                .await
                .unwrap();
            return;
        }
        // With an id of long ago.
        3..5 => {
            *id += dice.random_range(1..40);
            let row = AuditRow {
                id: Some(*id),
                ..row
            };
            postgres::insert(to, hub.kind.generation(), &[row])
                .await
                .unwrap();
            return;
        }
        // Only rows that no other transaction touches: they would wait for each other.
        5 => "UPDATE omni2.audit_logs SET success = NOT success, duration_ms = 7",
        6 => "UPDATE omni2.audit_logs SET timestamp = timestamp - INTERVAL '90 minutes'",
        _ => "DELETE FROM omni2.audit_logs",
    };
    let sql = format!(
        "{sql} WHERE id IN (SELECT id FROM omni2.audit_logs WHERE timestamp > \
         TIMESTAMPTZ '{NOW}' - INTERVAL '40 hours' ORDER BY random() LIMIT 2 FOR UPDATE SKIP LOCKED)"
    );
    sqlx::raw_sql(AssertSqlSafe(sql)).execute(to).await.unwrap();
}

async fn long_transactions(hub: &Hub) {
    let moment = Moment::new(NOW);
    hub.run(&format!(
        "SELECT setval(pg_get_serial_sequence('omni2.audit_logs', 'id'), {BY_SEQUENCE}); \
         SELECT setseed(0.5)"
    ))
    .await;
    hub.insert(&rows::some(moment.now(), 400)).await;
    let api = Api::live(hub, &moment).await;
    let together = Barrier::new(WRITERS);
    let writer = async |n: usize| {
        let mut dice = StdRng::seed_from_u64(n as u64);
        let mut id = i64::try_from(n).unwrap() * 10_000;
        for turn in 0..TURNS {
            let mut long = hub.pool().begin().await.unwrap();
            for _ in 0..dice.random_range(1..7) {
                write(hub, &mut long, &mut dice, moment.now(), &mut id).await;
            }
            // All have begun before any ends. Each then waits for as many answers as its place
            // says, so that they end about one after the other, in every other turn backwards.
            together.wait().await;
            let place = if turn % 2 == 0 { n } else { WRITERS - 1 - n };
            for _ in 0..place {
                let another = hub.number("SELECT count(*) FROM pg_locks");
                another.await;
            }
            if dice.random_range(0..5) == 0 {
                long.rollback().await.unwrap();
            } else {
                long.commit().await.unwrap();
            }
        }
    };
    futures_util::future::join_all((0..WRITERS).map(writer)).await;
    // What comes by polling is there at once; the rest within ten minutes of the clock.
    api.agrees_in_time(hub, &moment, 5 * SECOND).await;
    assert!(moment.now() < at(NOW) + 20 * MINUTE, "in time");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn rows_come_change_and_go_where_nobody_looks() {
    told(Kind::A, long_transactions).await;
}
