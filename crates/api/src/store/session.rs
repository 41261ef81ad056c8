//! A transaction in either database, and waiting for its answers.

use std::future::Future;

use sqlx::{AssertSqlSafe, Postgres, Sqlite, Transaction};

use super::pool::Pool;
use super::{Limits, StoreError};

pub(super) enum Session {
    Postgres(Transaction<'static, Postgres>),
    Sqlite(Transaction<'static, Sqlite>),
}

impl Session {
    /// A transaction that only reads, and one state of the database throughout.
    pub(super) async fn begin(pool: &Pool, limits: Limits) -> Result<Session, sqlx::Error> {
        match pool {
            Pool::Postgres(pool) => {
                let text = format!(
                    "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY; \
                     SET LOCAL statement_timeout = {}",
                    limits.statement.as_millis()
                );
                let session = pool.begin_with(AssertSqlSafe(text)).await?;
                Ok(Session::Postgres(session))
            }
            Pool::Sqlite(pool) => Ok(Session::Sqlite(pool.begin().await?)),
        }
    }
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
