//! A live hub in the embedded database.

use std::{collections::BTreeMap, sync::Arc};

use sqlx::{AssertSqlSafe, SqliteConnection, SqlitePool};
use tokio::sync::watch;

use super::columns::{self, BATCH};
use crate::{
    AuditRow, SimError,
    live::{Health, Sink},
};

/// How many rows one transaction forgets: writers and readers get their turn.
const FORGET_BATCH: i64 = 2_000;

/// Writes into the embedded database and says how much.
#[derive(Debug, Clone)]
pub(super) struct EmbeddedSink {
    pub(super) pool: SqlitePool,
    committed: Arc<watch::Sender<u64>>,
}

impl EmbeddedSink {
    pub(super) fn new(pool: SqlitePool, committed: Arc<watch::Sender<u64>>) -> Self {
        Self { pool, committed }
    }

    /// Tells whoever waits that so many rows more are committed.
    pub(super) fn note_commit(&self, rows: usize) {
        let rows = u64::try_from(rows).unwrap_or_default();
        self.committed.send_modify(|committed| *committed += rows);
    }

    /// Inserts rows in one transaction; their ids in the same order.
    pub(super) async fn insert_rows(&self, rows: &[AuditRow]) -> Result<Vec<i64>, SimError> {
        let mut ids = Vec::with_capacity(rows.len());
        // Immediate: a transaction that read first could not wait for its turn to write.
        let mut transaction = self.pool.begin_with("BEGIN IMMEDIATE").await?;
        for row in rows {
            let query = sqlx::query(AssertSqlSafe(columns::sql(1)));
            let done = columns::bind(query, row).execute(&mut *transaction).await?;
            ids.push(done.last_insert_rowid());
        }
        transaction.commit().await?;
        self.note_commit(rows.len());
        Ok(ids)
    }
}

/// Inserts any number of rows, many in each statement.
pub(super) async fn insert_many(
    connection: &mut SqliteConnection,
    rows: &[AuditRow],
) -> Result<(), SimError> {
    for batch in rows.chunks(BATCH) {
        let query = sqlx::query(AssertSqlSafe(columns::sql(batch.len())));
        // Only full batches come again and are worth keeping prepared.
        let query = query.persistent(batch.len() == BATCH);
        batch
            .iter()
            .fold(query, columns::bind)
            .execute(&mut *connection)
            .await?;
    }
    Ok(())
}

impl Sink for EmbeddedSink {
    async fn insert(&mut self, rows: &[AuditRow]) -> Result<(), SimError> {
        self.insert_rows(rows).await.map(drop)
    }

    async fn health(
        &mut self,
        now: i64,
        servers: &BTreeMap<String, Health>,
    ) -> Result<(), SimError> {
        let mut transaction = self.pool.begin_with("BEGIN IMMEDIATE").await?;
        for (name, health) in servers {
            sqlx::query(
                "UPDATE mcp_servers SET is_healthy = ?2, consecutive_failures = ?3,
                        last_seen = coalesce(?4, last_seen), last_health_check = ?5
                 WHERE name = ?1",
            )
            .bind(name)
            .bind(health.is_healthy())
            .bind(health.consecutive_failures)
            .bind(health.last_seen)
            .bind(now)
            .execute(&mut *transaction)
            .await?;
        }
        Ok(transaction.commit().await?)
    }

    async fn forget(&mut self, before: i64) -> Result<u64, SimError> {
        let mut forgotten = 0;
        loop {
            let rows = sqlx::query(
                "DELETE FROM audit_logs WHERE id IN (
                     SELECT id FROM audit_logs WHERE \"timestamp\" < ?
                     ORDER BY \"timestamp\" LIMIT ?)",
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

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::{SECOND, embedded::Hub};

    /// Tuesday 6 January 2026, 14:00 UTC.
    const TUESDAY: i64 = 1_767_708_000 * SECOND;

    #[tokio::test]
    async fn the_health_of_a_server_is_kept() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("omni2.db");
        let hub = Hub::open(&path, Arc::new(|| TUESDAY), 1).await.unwrap();
        let failing = Health {
            last_seen: Some(TUESDAY - SECOND),
            consecutive_failures: 3,
        };
        let servers = BTreeMap::from([("Git MCP".to_owned(), failing)]);
        let mut sink = EmbeddedSink::new(hub.pool().clone(), Arc::default());
        sink.health(TUESDAY + SECOND, &servers).await.unwrap();
        let unhealthy: Vec<(String, i64, i64)> = sqlx::query_as(
            "SELECT name, last_seen, last_health_check FROM mcp_servers
             WHERE is_enabled AND NOT is_healthy",
        )
        .fetch_all(hub.pool())
        .await
        .unwrap();
        let git = ("Git MCP".to_owned(), TUESDAY - SECOND, TUESDAY + SECOND);
        assert_eq!(unhealthy, [git]);
    }
}
