//! A live simulated hub in `PostgreSQL`, in each generation.
//!
//! Needs `OMNI2_TEST_POSTGRES`: the URL of a server where databases can be made.
#![allow(clippy::unwrap_used, reason = "a test that fails may panic")]

mod database;

use std::{collections::BTreeMap, sync::Arc, time::Instant};

use database::Database;
use hub_sim::{
    AuditRow, Generation,
    generator::Generator,
    live::{self, Health, Sink as _},
    postgres::{self, PostgresSink},
};
use tokio_util::sync::CancellationToken;

const DAY: i64 = 86_400_000_000;
/// Tuesday 6 January 2026, 14:00 UTC.
const TUESDAY: i64 = 1_767_708_000_000_000;

#[tokio::test]
async fn a_live_hub_writes_rows_and_health_and_forgets() {
    for generation in Generation::ALL {
        let Some(database) = Database::make().await else {
            return;
        };
        postgres::create(&database.pool, generation).await.unwrap();
        let old = AuditRow {
            at: TUESDAY - 31 * DAY,
            ..AuditRow::default()
        };
        postgres::insert(&database.pool, generation, &[old])
            .await
            .unwrap();
        // Every new row is announced, so that the story waits for events.
        let announce = "CREATE FUNCTION told() RETURNS trigger LANGUAGE plpgsql AS
                            $$ BEGIN PERFORM pg_notify('row', NEW.id::text); RETURN NULL; END $$;
                        CREATE TRIGGER told AFTER INSERT ON omni2.audit_logs
                            FOR EACH ROW EXECUTE FUNCTION told()";
        sqlx::raw_sql(announce)
            .execute(&database.pool)
            .await
            .unwrap();
        let mut listener = sqlx::postgres::PgListener::connect_with(&database.pool)
            .await
            .unwrap();
        listener.listen("row").await.unwrap();
        let start = Instant::now();
        let now = Arc::new(move || TUESDAY + i64::try_from(start.elapsed().as_micros()).unwrap());
        let stop = CancellationToken::new();
        let sink = PostgresSink::new(database.pool.clone(), generation);
        let running = tokio::spawn(live::run(sink, Generator::new(9), now, stop.clone()));
        for _ in 0..2 {
            listener.recv().await.unwrap();
        }
        stop.cancel();
        running.await.unwrap();
        drop(listener);
        let old = "omni2.audit_logs WHERE timestamp < '2026-01-01'";
        assert_eq!(database.count(old).await, 0);
        assert!(database.count("omni2.audit_logs").await >= 2);
        database.drop().await;
    }
}

#[tokio::test]
async fn the_health_of_a_server_is_kept() {
    for generation in Generation::ALL {
        let Some(database) = Database::make().await else {
            return;
        };
        postgres::create(&database.pool, generation).await.unwrap();
        let failing = Health {
            last_seen: Some(TUESDAY),
            consecutive_failures: 3,
        };
        let servers = BTreeMap::from([("Git MCP".to_owned(), failing)]);
        let mut sink = PostgresSink::new(database.pool.clone(), generation);
        sink.health(TUESDAY + DAY, &servers).await.unwrap();
        let unhealthy = match generation {
            Generation::A => "NOT is_healthy AND is_enabled AND last_seen = '2026-01-06 14:00Z'",
            _ => "health_status = 'unhealthy' AND error_count = 3",
        };
        let sql = format!(
            "SELECT name::text FROM omni2.mcp_servers
             WHERE last_health_check = '2026-01-07 14:00Z' AND {unhealthy}"
        );
        assert_eq!(database.text(&sql).await.as_deref(), Some("Git MCP"));
        database.drop().await;
    }
}
