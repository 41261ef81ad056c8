//! A transaction in either database, and waiting for its answers.

use std::future::Future;
use std::time::Duration;

use sqlx::{Postgres, Sqlite, Transaction};

use super::StoreError;
use super::connect::STATEMENT_TIMEOUT;

/// Longer than the database's own limit: reached only when it does not answer at all.
const SILENCE: Duration = Duration::from_secs(STATEMENT_TIMEOUT.as_secs() + 5);

pub(super) enum Session {
    Postgres(Transaction<'static, Postgres>),
    Sqlite(Transaction<'static, Sqlite>),
}

/// Runs one `query_as` on whichever session it is; both arms are the same text.
macro_rules! ask {
    ($reading:expr, $text:expr, [$($bind:expr),*], $fetch:ident) => {
        match &mut $reading.session {
            Session::Postgres(session) => {
                let query = sqlx::query_as(AssertSqlSafe($text)).persistent(false)$(.bind($bind))*;
                patient(query.$fetch(&mut **session)).await
            }
            Session::Sqlite(session) => {
                let query = sqlx::query_as(AssertSqlSafe($text))$(.bind($bind))*;
                patient(query.$fetch(&mut **session)).await
            }
        }
    };
}
pub(super) use ask;

/// Waits for the database, but not for ever: a connection that was cut says nothing.
pub(super) async fn patient<T>(
    question: impl Future<Output = Result<T, sqlx::Error>>,
) -> Result<T, StoreError> {
    match tokio::time::timeout(SILENCE, question).await {
        Ok(answer) => Ok(answer?),
        Err(_) => Err(StoreError::Timeout(SILENCE)),
    }
}
