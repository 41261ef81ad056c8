//! A live hub in `PostgreSQL`.

use std::collections::BTreeMap;

use sqlx::PgPool;

use super::insert;
use crate::{
    AuditRow, Generation, SimError,
    live::{Health, Sink},
};

/// How many rows one statement forgets.
const FORGET_BATCH: i64 = 5_000;

/// Writes live rows into a schema made by [`create`](super::create).
#[derive(Debug, Clone)]
pub struct PostgresSink {
    pool: PgPool,
    generation: Generation,
}

impl PostgresSink {
    /// The schema must be there, in that generation.
    pub fn new(pool: PgPool, generation: Generation) -> Self {
        Self { pool, generation }
    }

    fn health_sql(&self) -> &'static str {
        match self.generation {
            Generation::A => {
                "UPDATE omni2.mcp_servers SET is_healthy = healthy, consecutive_failures = failures,
                        last_seen = coalesce('epoch'::timestamptz + seen * interval '1 microsecond',
                                             last_seen),
                        last_health_check = 'epoch'::timestamptz + $1 * interval '1 microsecond'
                 FROM unnest($2::text[], $3::boolean[], $4::int[], $5::bigint[])
                      AS row(server, healthy, failures, seen)
                 WHERE name = server"
            }
            Generation::B | Generation::C => {
                "UPDATE omni2.mcp_servers SET error_count = failures,
                        health_status = CASE WHEN NOT healthy THEN 'unhealthy'
                                             WHEN failures > 0 THEN 'degraded' ELSE 'healthy' END,
                        last_health_check = 'epoch'::timestamptz + $1 * interval '1 microsecond'
                 FROM unnest($2::text[], $3::boolean[], $4::int[], $5::bigint[])
                      AS row(server, healthy, failures, seen)
                 WHERE name = server"
            }
        }
    }
}

impl Sink for PostgresSink {
    async fn insert(&mut self, rows: &[AuditRow]) -> Result<(), SimError> {
        insert(&self.pool, self.generation, rows).await.map(drop)
    }

    async fn health(
        &mut self,
        now: i64,
        servers: &BTreeMap<String, Health>,
    ) -> Result<(), SimError> {
        let failures = |health: &Health| i64::from(health.consecutive_failures);
        sqlx::query(self.health_sql())
            .bind(now)
            .bind(servers.keys().cloned().collect::<Vec<_>>())
            .bind(servers.values().map(Health::is_healthy).collect::<Vec<_>>())
            .bind(servers.values().map(failures).collect::<Vec<_>>())
            .bind(
                servers
                    .values()
                    .map(|health| health.last_seen)
                    .collect::<Vec<_>>(),
            )
            .execute(&self.pool)
            .await?;
        Ok(())
    }

    async fn forget(&mut self, before: i64) -> Result<u64, SimError> {
        let mut forgotten = 0;
        loop {
            let rows = sqlx::query(
                "DELETE FROM omni2.audit_logs WHERE id IN (
                     SELECT id FROM omni2.audit_logs
                     WHERE \"timestamp\" < 'epoch'::timestamptz + $1 * interval '1 microsecond'
                     ORDER BY \"timestamp\" LIMIT $2)",
            )
            .bind(before)
            .bind(FORGET_BATCH)
            .execute(&self.pool)
            .await?
            .rows_affected();
            forgotten += rows;
            if rows == 0 {
                return Ok(forgotten);
            }
        }
    }
}
