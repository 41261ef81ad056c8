//! A transaction in either database, and waiting for its answers.

use std::future::Future;

use futures_util::{FutureExt, TryStream, TryStreamExt};
use sqlx::{AssertSqlSafe, FromRow, Sqlite, SqlitePool, Transaction};

use super::line::{Begun, Line, Lines};
use super::pool::Pool;
use super::{Limits, Pulse, StoreError};

pub(super) enum Session {
    Postgres(Begun),
    Sqlite(Transaction<'static, Sqlite>),
}

impl Session {
    /// A transaction that only reads, and one state of the database throughout.
    pub(super) async fn begin(pool: &Pool, limits: Limits) -> Result<Session, sqlx::Error> {
        match pool {
            Pool::Postgres(pool) => {
                let session = pool.begin_with(AssertSqlSafe(begins(limits))).await?;
                Ok(Session::Postgres(Begun::Pooled(session)))
            }
            Pool::Sqlite(pool) => Session::embedded(pool).await,
        }
    }

    /// The same in the embedded database.
    pub(super) async fn embedded(pool: &SqlitePool) -> Result<Session, sqlx::Error> {
        Ok(Session::Sqlite(pool.begin().await?))
    }

    /// As [`Session::begin`], on a connection of the follower's own.
    pub(super) async fn own(lines: &Lines, limits: Limits) -> Result<Session, sqlx::Error> {
        let (line, _) = lines.begin(&begins(limits)).await?;
        Ok(Session::on(line, lines))
    }

    /// As [`Session::own`], and what `pulse` asks for in the same go.
    pub(super) async fn look(
        lines: &Lines,
        limits: Limits,
        pulse: &str,
    ) -> Result<(Session, Pulse), sqlx::Error> {
        let text = format!("{}; {pulse}", begins(limits));
        let (line, told) = lines.begin(&text).await?;
        let pulse = Pulse::from_row(&told.ok_or(sqlx::Error::RowNotFound)?)?;
        Ok((Session::on(line, lines), pulse))
    }

    /// What `pulse` asks for and nothing else, in a transaction that is over with the answer: it is
    /// asked twice a second for ever.
    pub(super) async fn glance(
        lines: &Lines,
        limits: Limits,
        pulse: &str,
    ) -> Result<Pulse, sqlx::Error> {
        let text = format!("{}; {pulse}; ROLLBACK", begins(limits));
        let told = lines.glance(&text).await?;
        Pulse::from_row(&told.ok_or(sqlx::Error::RowNotFound)?)
    }

    fn on(line: Line, lines: &Lines) -> Session {
        Session::Postgres(Begun::Own(Box::new(line), lines.clone()))
    }

    /// Ends it and gives the connection back.
    pub(super) async fn close(self) -> Result<(), sqlx::Error> {
        match self {
            Session::Postgres(session) => session.rollback().await,
            Session::Sqlite(session) => session.rollback().await,
        }
    }
}

/// How a transaction begins. One whose reader went silent, cut off, does not stay open in the
/// server, where it would keep old rows from being tidied away.
fn begins(limits: Limits) -> String {
    format!(
        "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY; \
         SET LOCAL statement_timeout = {}; \
         SET LOCAL idle_in_transaction_session_timeout = {}",
        limits.statement.as_millis(),
        limits.abandoned.as_millis()
    )
}

/// Runs one `query_as` on whichever session it is; both arms are the same text.
macro_rules! ask {
    ($reading:expr, $text:expr, [$($bind:expr),*], $fetch:ident) => {
        match &mut $reading.session {
            Session::Postgres(session) => {
                let query = sqlx::query_as(AssertSqlSafe($text)).persistent(false)$(.bind($bind))*;
                patient($reading.limits, query.$fetch(&mut **session)).await
            }
            Session::Sqlite(session) => {
                let query = sqlx::query_as(AssertSqlSafe($text))$(.bind($bind))*;
                patient($reading.limits, query.$fetch(&mut **session)).await
            }
        }
    };
}
pub(super) use ask;

/// Waits for the database, but not for ever: a connection that was cut says nothing.
pub(super) async fn patient<T>(
    limits: Limits,
    question: impl Future<Output = Result<T, sqlx::Error>>,
) -> Result<T, StoreError> {
    match tokio::time::timeout(limits.silence, question).await {
        Ok(answer) => Ok(answer?),
        Err(_) => Err(StoreError::Timeout(limits.silence)),
    }
}

/// The next row. Of those that are here already nobody looks at the clock: there are millions.
pub(super) async fn next<T>(
    limits: Limits,
    rows: &mut (impl TryStream<Ok = T, Error = sqlx::Error> + Unpin),
) -> Result<Option<T>, StoreError> {
    match rows.try_next().now_or_never() {
        Some(row) => Ok(row?),
        None => patient(limits, rows.try_next()).await,
    }
}
