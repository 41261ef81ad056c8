//! The follower's own connections to PostgreSQL, kept from poll to poll.
//!
//! A pool asks of each connection whether it still lives, three times a poll: as many questions
//! again as the poll itself has. Here nobody asks; a kept connection that turns out to be gone is
//! replaced by a new one.

use std::ops::{Deref, DerefMut};
use std::sync::Arc;
use std::time::Duration;

use parking_lot::Mutex;
use sqlx::postgres::{PgConnectOptions, PgConnection, PgRow};
use sqlx::{AssertSqlSafe, Connection, Executor, Postgres, Transaction};
use tokio::time::Instant;

use super::Limits;

/// How old a connection grows: names of hosts come to mean other servers.
const OLDEST: Duration = Duration::from_mins(30);

/// Where the follower's connections go.
#[derive(Clone, Debug)]
pub(super) struct Lines {
    options: Arc<PgConnectOptions>,
    acquire: Duration,
    /// The one that is between two polls.
    kept: Arc<Mutex<Option<Line>>>,
}

/// One connection.
#[derive(Debug)]
pub(super) struct Line {
    connection: PgConnection,
    since: Instant,
}

impl Lines {
    /// Connects to nothing yet.
    pub(super) fn new(options: PgConnectOptions, limits: Limits) -> Lines {
        Lines {
            options: Arc::new(options),
            acquire: limits.acquire,
            kept: Arc::default(),
        }
    }

    /// A connection on which this text, which begins a transaction (and may end it), was carried out;
    /// and the row that it asks for, if it does.
    pub(super) async fn begin(&self, text: &str) -> Result<(Line, Option<PgRow>), sqlx::Error> {
        let kept = self.kept.lock().take();
        if let Some(mut line) = kept.filter(|line| line.since.elapsed() < OLDEST)
            && let Ok(told) = line.carry_out(text).await
        {
            return Ok((line, told));
        }
        let fresh = PgConnection::connect_with(&self.options);
        let fresh = tokio::time::timeout(self.acquire, fresh).await;
        let mut line = Line {
            connection: fresh.unwrap_or(Err(sqlx::Error::PoolTimedOut))?,
            since: Instant::now(),
        };
        let told = line.carry_out(text).await?;
        Ok((line, told))
    }

    /// As [`Lines::begin`], with a text that also ends the transaction.
    pub(super) async fn glance(&self, text: &str) -> Result<Option<PgRow>, sqlx::Error> {
        let (line, told) = self.begin(text).await?;
        self.keep(line).await?;
        Ok(told)
    }

    /// Ends the transaction and keeps the connection.
    async fn end(&self, mut line: Line) -> Result<(), sqlx::Error> {
        line.connection.execute("ROLLBACK").await?;
        self.keep(line).await
    }

    /// Keeps a connection for the next poll; one that was kept already is closed.
    async fn keep(&self, line: Line) -> Result<(), sqlx::Error> {
        let other = self.kept.lock().replace(line);
        match other {
            Some(other) => other.connection.close().await,
            None => Ok(()),
        }
    }
}

impl Line {
    /// Several statements in one go, one of which may ask for a row.
    async fn carry_out(&mut self, text: &str) -> Result<Option<PgRow>, sqlx::Error> {
        let text = AssertSqlSafe(text.to_owned());
        let told = sqlx::raw_sql(text).fetch_optional(&mut self.connection);
        told.await
    }
}

/// A transaction in PostgreSQL, and where its connection goes when it ends. Where it is dropped
/// instead, the follower's connection is closed, and the pool's ends it by itself.
pub(super) enum Begun {
    Pooled(Transaction<'static, Postgres>),
    Own(Box<Line>, Lines),
}

impl Begun {
    /// Ends it.
    pub(super) async fn rollback(self) -> Result<(), sqlx::Error> {
        match self {
            Begun::Pooled(transaction) => transaction.rollback().await,
            Begun::Own(line, lines) => lines.end(*line).await,
        }
    }
}

impl Deref for Begun {
    type Target = PgConnection;

    fn deref(&self) -> &PgConnection {
        match self {
            Begun::Pooled(transaction) => transaction,
            Begun::Own(line, _) => &line.connection,
        }
    }
}

impl DerefMut for Begun {
    fn deref_mut(&mut self) -> &mut PgConnection {
        match self {
            Begun::Pooled(transaction) => transaction,
            Begun::Own(line, _) => &mut line.connection,
        }
    }
}
