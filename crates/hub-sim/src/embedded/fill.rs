//! History, written once.

use sqlx::{Sqlite, SqliteConnection, SqlitePool, Transaction};

use super::{
    columns::BATCH,
    sink::{EmbeddedSink, insert_many},
};
use crate::{AuditRow, DAY, SimError, generator::Generator};

/// How many batches one transaction takes: about a tenth of a second of work.
const BATCHES: usize = 50;

/// `sim_meta.fill` while rows are being written, and when all are.
const BEGUN: &str = "begun";
const COMPLETE: &str = "complete";

/// See [`Hub::is_empty`](super::Hub::is_empty).
pub(super) async fn is_empty(pool: &SqlitePool) -> Result<bool, SimError> {
    let mut connection = pool.acquire().await?;
    match note(&mut connection).await?.as_deref() {
        Some(COMPLETE) => Ok(false),
        Some(_) => Ok(true),
        None => {
            let rows = sqlx::query_scalar("SELECT EXISTS (SELECT 1 FROM audit_logs)");
            Ok(!rows.fetch_one(&mut *connection).await?)
        }
    }
}

/// See [`Hub::fill`](super::Hub::fill).
pub(super) async fn fill(
    sink: &EmbeddedSink,
    mut generator: Generator,
    now: i64,
    days: u32,
    mut progress: impl FnMut(f32),
) -> Result<u64, SimError> {
    if !is_empty(&sink.pool).await? {
        return Ok(0);
    }
    begin(sink).await?;
    let from = now - i64::from(days) * DAY;
    let mut history = generator.history(from, now);
    let mut written = 0;
    loop {
        let mut transaction = sink.pool.begin_with("BEGIN IMMEDIATE").await?;
        let (rows, last) = some_batches(&mut transaction, &mut history).await?;
        if last.is_none() {
            set_note(&mut transaction, COMPLETE).await?;
        }
        transaction.commit().await?;
        sink.note_commit(rows);
        written += rows;
        let Some(at) = last else { break };
        progress(part(at - from, now - from));
    }
    // What the query planner knows about the indexes; looks at a sample.
    sqlx::raw_sql("PRAGMA analysis_limit = 1000; ANALYZE").execute(&sink.pool).await?;
    progress(1.0);
    Ok(u64::try_from(written).unwrap_or_default())
}

/// Notes that a fill began, and removes what an interrupted one left.
async fn begin(sink: &EmbeddedSink) -> Result<(), SimError> {
    let mut transaction = sink.pool.begin_with("BEGIN IMMEDIATE").await?;
    sqlx::query("DELETE FROM audit_logs").execute(&mut *transaction).await?;
    set_note(&mut transaction, BEGUN).await?;
    Ok(transaction.commit().await?)
}

/// Writes the rows of one transaction: how many, and the time of the last one
/// when there may be more.
async fn some_batches(
    transaction: &mut Transaction<'_, Sqlite>,
    history: &mut (impl Iterator<Item = AuditRow> + Send),
) -> Result<(usize, Option<i64>), SimError> {
    let mut rows = 0;
    let mut last = None;
    for _ in 0..BATCHES {
        let batch: Vec<AuditRow> = history.by_ref().take(BATCH).collect();
        insert_many(transaction, &batch).await?;
        rows += batch.len();
        last = batch.last().filter(|_| batch.len() == BATCH).map(|row| row.at);
        if last.is_none() {
            break;
        }
    }
    Ok((rows, last))
}

fn part(done: i64, all: i64) -> f32 {
    (done as f32 / all.max(1) as f32).clamp(0.0, 1.0)
}

async fn note(connection: &mut SqliteConnection) -> Result<Option<String>, SimError> {
    let note = sqlx::query_scalar("SELECT value FROM sim_meta WHERE key = 'fill'");
    Ok(note.fetch_optional(connection).await?)
}

async fn set_note(connection: &mut SqliteConnection, note: &str) -> Result<(), SimError> {
    sqlx::query("INSERT OR REPLACE INTO sim_meta (key, value) VALUES ('fill', ?)")
        .bind(note)
        .execute(connection)
        .await?;
    Ok(())
}
