//! Asking a database whose schema is known.

use std::sync::Arc;
use std::sync::atomic::Ordering;

use xxhash_rust::xxh3::xxh3_64;

use super::connect::{Following, Store};
use super::expressions::Expressions;
use super::session::{Session, patient};
use super::{Generation, Pulse, Reading, StoreError};

/// Where the table stands, and which transactions may still add to it.
const PULSE: &str = "SELECT coalesce((SELECT max(a.id) FROM omni2.audit_logs a), 0)::bigint AS max_id, \
     pg_snapshot_xmin(s)::text::bigint AS xmin, pg_snapshot_xmax(s)::text::bigint AS xmax \
     FROM pg_current_snapshot() AS s";
/// There is one writer, whose ids grow: no row comes late.
const PULSE_OF_SQLITE: &str = "SELECT coalesce((SELECT max(a.id) FROM omni2.audit_logs a), 0) AS max_id, \
     0 AS xmin, 0 AS xmax";

/// A store whose schema is known: what questions are put to.
#[derive(Clone, Debug)]
pub struct Speaking {
    store: Store,
    words: Arc<Expressions>,
}

impl Speaking {
    pub(super) fn new(store: Store, words: Expressions) -> Speaking {
        Speaking {
            store,
            words: Arc::new(words),
        }
    }

    /// The generation of the hub's schema.
    pub fn generation(&self) -> Generation {
        self.words.generation
    }

    /// How the hub's things are written.
    pub(super) fn words(&self) -> &Expressions {
        &self.words
    }

    /// What is read of a row, as a number: another one reads something else.
    pub fn fingerprint(&self) -> u64 {
        xxh3_64(self.words.columns(false).as_bytes())
    }

    /// Whether users can be read.
    pub fn knows_users(&self) -> bool {
        self.words.knows_users
    }

    /// Begins to read one state of the database, for somebody who asks.
    ///
    /// # Errors
    /// When no session can be had.
    pub async fn read(&self) -> Result<Reading, StoreError> {
        let Store {
            questions, limits, ..
        } = &self.store;
        self.store.asked.fetch_add(1, Ordering::Relaxed);
        let session = patient(*limits, Session::begin(questions, *limits)).await;
        let session = session.map_err(|error| match error {
            StoreError::Unreachable(_) if questions.is_taken() => StoreError::Busy,
            other => other,
        });
        Ok(self.reading(session?))
    }

    /// As [`Speaking::read`], for the follower alone; and where the table stands.
    ///
    /// # Errors
    /// When no session can be had.
    pub async fn look(&self) -> Result<(Reading, Pulse), StoreError> {
        let Store {
            following, limits, ..
        } = &self.store;
        self.store.asked.fetch_add(1, Ordering::Relaxed);
        let (session, pulse) = match following {
            Following::Postgres(lines) => {
                patient(*limits, Session::look(lines, *limits, PULSE)).await?
            }
            Following::Sqlite(pool) => {
                let mut session = patient(*limits, pool.begin()).await?;
                let asked = sqlx::query_as(PULSE_OF_SQLITE).fetch_one(&mut *session);
                let pulse = patient(*limits, asked).await?;
                (Session::Sqlite(session), pulse)
            }
        };
        Ok((self.reading(session), pulse))
    }

    /// Where the table stands, and nothing else: half of what [`Speaking::look`] costs.
    ///
    /// # Errors
    /// When no session can be had.
    pub async fn glance(&self) -> Result<Pulse, StoreError> {
        let Store {
            following, limits, ..
        } = &self.store;
        self.store.asked.fetch_add(1, Ordering::Relaxed);
        match following {
            Following::Postgres(lines) => {
                patient(*limits, Session::glance(lines, *limits, PULSE)).await
            }
            Following::Sqlite(pool) => {
                let asked = sqlx::query_as(PULSE_OF_SQLITE).fetch_one(pool);
                patient(*limits, asked).await
            }
        }
    }

    fn reading(&self, session: Session) -> Reading {
        Reading::new(session, Arc::clone(&self.words), self.store.limits)
    }
}
