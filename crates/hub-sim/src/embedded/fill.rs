//! History, written once.

use sqlx::{SqliteConnection, SqlitePool};
use tokio::sync::mpsc;

use super::sink::{EmbeddedSink, insert_many};
use crate::{AuditRow, DAY, SimError, generator::Generator};

/// How many rows one transaction takes: about a tenth of a second of work.
const TRANSACTION: usize = 5_000;

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
    generator: Generator,
    now: i64,
    days: u32,
    mut progress: impl FnMut(f32),
) -> Result<u64, SimError> {
    if !is_empty(&sink.pool).await? {
        return Ok(0);
    }
    begin(sink).await?;
    let from = now - i64::from(days) * DAY;
    let mut batches = draw(generator, from, now);
    let mut written = 0;
    while let Some(batch) = batches.recv().await {
        let mut transaction = sink.pool.begin_with("BEGIN IMMEDIATE").await?;
        insert_many(&mut transaction, &batch.rows).await?;
        if batch.last {
            set_note(&mut transaction, COMPLETE).await?;
        }
        transaction.commit().await?;
        sink.note_commit(batch.rows.len());
        written += batch.rows.len();
        let at = batch.rows.last().map_or(now, |row| row.at);
        progress(part(at - from, now - from));
    }
    // What the query planner knows about the indexes; looks at a sample.
    sqlx::raw_sql("PRAGMA analysis_limit = 1000; ANALYZE")
        .execute(&sink.pool)
        .await?;
    progress(1.0);
    Ok(u64::try_from(written).unwrap_or_default())
}

/// Notes that a fill began, and removes what an interrupted one left.
async fn begin(sink: &EmbeddedSink) -> Result<(), SimError> {
    let mut transaction = sink.pool.begin_with("BEGIN IMMEDIATE").await?;
    sqlx::query("DELETE FROM audit_logs")
        .execute(&mut *transaction)
        .await?;
    set_note(&mut transaction, BEGUN).await?;
    Ok(transaction.commit().await?)
}

/// The rows of one transaction.
struct Batch {
    rows: Vec<AuditRow>,
    /// There is no more: only this one may be followed by `COMPLETE`.
    last: bool,
}

/// Draws history on a thread of its own while earlier rows are being written. The
/// thread ends when the receiver is dropped.
fn draw(mut generator: Generator, from: i64, to: i64) -> mpsc::Receiver<Batch> {
    let (sender, receiver) = mpsc::channel(2);
    tokio::task::spawn_blocking(move || {
        let mut history = generator.history(from, to);
        loop {
            let rows: Vec<AuditRow> = history.by_ref().take(TRANSACTION).collect();
            let last = rows.len() < TRANSACTION;
            if sender.blocking_send(Batch { rows, last }).is_err() || last {
                return;
            }
        }
    });
    receiver
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
