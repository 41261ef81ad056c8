//! A simulated hub in one `SQLite` file: made, filled once, then live.
//!
//! The file holds generation A of both schemas. It bears an application id of
//! its own; any other file is left alone. One process writes at a time, held by a
//! lock on `<path>.lock`; any number may read.
//!
//! History is written **oldest first**, so that ids grow with time and every row
//! comes after those already there: a reader that follows the table sees a plain
//! append, and `SQLite` fills its pages from left to right. It takes seconds, so
//! nothing is won by writing today first.

mod columns;
mod file;
mod fill;
mod seed;
mod sink;

use std::{fs::File, path::Path, sync::Arc};

use sqlx::{SqlitePool, sqlite::SqlitePoolOptions};
use tokio::sync::watch;
use tokio_util::sync::CancellationToken;

use crate::{AuditRow, Now, SimError, generator::Generator, live};

pub use file::APPLICATION_ID;
use sink::EmbeddedSink;

/// The simulated hub that owns an embedded database.
pub struct Hub {
    pool: SqlitePool,
    now: Now,
    seed: u64,
    committed: Arc<watch::Sender<u64>>,
    /// Held, not used: closing it lets another simulator write.
    lock: File,
}

impl Hub {
    /// Opens the database at `path`, made with its folder when it isn't there.
    ///
    /// What the hub draws follows from `seed`.
    ///
    /// # Errors
    /// [`SimError::ForeignFile`] when the file is not ours, [`SimError::TooNew`]
    /// when a later version made it, [`SimError::AlreadyRunning`] when another
    /// simulator writes to it, [`SimError::Io`] and [`SimError::Database`] when it
    /// cannot be read or made.
    pub async fn open(path: &Path, now: Now, seed: u64) -> Result<Self, SimError> {
        file::check(path)?;
        let lock = file::lock(path)?;
        // Whoever held the lock may have made the file in between.
        if file::check(path)? == file::State::Absent {
            file::make(path, now()).await?;
        }
        let pool = SqlitePoolOptions::new()
            .max_connections(4)
            .connect_with(file::options(path))
            .await?;
        let committed = Arc::new(watch::Sender::new(0));
        Ok(Self {
            pool,
            now,
            seed,
            committed,
            lock,
        })
    }

    /// Whether [`fill`](Self::fill) has work to do: no history has been filled, or
    /// a fill was interrupted, and no rows were inserted otherwise.
    ///
    /// # Errors
    /// [`SimError::Database`].
    pub async fn is_empty(&self) -> Result<bool, SimError> {
        fill::is_empty(&self.pool).await
    }

    /// Writes the history of the last `days` days, once: a database that has been
    /// filled or written to is left as it is. What an interrupted fill left behind
    /// is removed first. `progress` gets the part that is done, 0 to 1.
    ///
    /// Returns how many rows were written, about 43,000 a day.
    ///
    /// # Errors
    /// [`SimError::Database`]; the fill counts as interrupted then.
    pub async fn fill(
        &mut self,
        days: u32,
        progress: impl FnMut(f32) + Send,
    ) -> Result<u64, SimError> {
        let generator = Generator::new(self.seed);
        fill::fill(&self.sink(), generator, (self.now)(), days, progress).await
    }

    /// Inserts rows in one transaction, and returns their ids in the same order.
    ///
    /// # Errors
    /// [`SimError::Database`], nothing is written then.
    pub async fn insert(&self, rows: &[AuditRow]) -> Result<Vec<i64>, SimError> {
        self.sink().insert_rows(rows).await
    }

    /// Forgets rows that began before `before` (microseconds UTC) and returns how
    /// many. A live hub does so hourly with rows older than
    /// [`KEEP_DAYS`](live::KEEP_DAYS).
    ///
    /// # Errors
    /// [`SimError::Database`].
    pub async fn forget(&self, before: i64) -> Result<u64, SimError> {
        live::Sink::forget(&mut self.sink(), before).await
    }

    /// Goes on live until `stop`: rows come as their requests end, the health of
    /// servers is kept, old rows are forgotten. A database that is busy, full or
    /// broken is logged and tried again with growing pauses. Returns promptly after
    /// `stop`, with the file closed and free for another simulator.
    ///
    /// # Errors
    /// None today; reserved for failures that no retry can mend.
    pub async fn run(self, stop: CancellationToken) -> Result<(), SimError> {
        // Not the seed alone: a restart would repeat the first minutes of the fill.
        let seed = self.seed ^ (self.now)().cast_unsigned();
        live::run(self.sink(), Generator::new(seed), self.now.clone(), stop).await;
        self.close().await;
        Ok(())
    }

    /// Closes the file and lets another simulator write to it.
    pub async fn close(self) {
        self.pool.close().await;
        drop(self.lock);
    }

    /// How many rows this hub has committed, as a value to wait on.
    pub fn committed(&self) -> watch::Receiver<u64> {
        self.committed.subscribe()
    }

    /// The pool that the hub writes with.
    pub fn pool(&self) -> &SqlitePool {
        &self.pool
    }

    fn sink(&self) -> EmbeddedSink {
        EmbeddedSink::new(self.pool.clone(), Arc::clone(&self.committed))
    }
}

impl std::fmt::Debug for Hub {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Hub")
            .field("seed", &self.seed)
            .finish_non_exhaustive()
    }
}
