//! What can go wrong with a question to the database, sorted by what helps.

use std::error::Error as _;
use std::time::Duration;

/// A question to the database failed.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// It cannot be reached, refuses us, or went away: trying again later may help.
    #[error("the database cannot be reached: {0}")]
    Unreachable(String),
    /// Others have taken every connection that questions may take.
    #[error("every connection to the database is taken by other questions")]
    Busy,
    /// It took longer than it may.
    #[error("the database took longer than {} s", .0.as_secs())]
    Timeout(Duration),
    /// Tables or columns are missing or not granted; lists them.
    #[error("the database lacks what the dashboard needs (missing or not granted): {0}")]
    Schema(String),
    /// The address is not one of a database that can be read.
    #[error("{0}")]
    Address(String),
    /// The database understood and refused: a mistake of ours, or a change under us.
    #[error("the database refused a question: {0}")]
    Refused(String),
}

impl StoreError {
    /// Whether the schema may have changed under a question that used to work:
    /// an undefined table, column, function or schema, or a permission that is gone.
    fn is_schema_change(code: &str) -> bool {
        matches!(
            code,
            "42P01" | "42703" | "42883" | "3F000" | "42501" | "42804" | "0A000"
        )
    }
}

impl From<sqlx::Error> for StoreError {
    fn from(error: sqlx::Error) -> Self {
        match &error {
            sqlx::Error::Database(inner) => {
                let code = inner.code().unwrap_or_default().into_owned();
                match code.as_str() {
                    "57014" => StoreError::Timeout(super::connect::STATEMENT_TIMEOUT),
                    code if StoreError::is_schema_change(code) => {
                        StoreError::Schema(inner.message().to_owned())
                    }
                    // Refused logins, unknown databases, too many connections, shutdowns, and a
                    // transaction that was left alone for too long.
                    code if code == "25P03"
                        || code.starts_with("28")
                        || code.starts_with("3D")
                        || code.starts_with("53")
                        || code.starts_with("57")
                        || code.starts_with("08") =>
                    {
                        StoreError::Unreachable(inner.message().to_owned())
                    }
                    _ if inner.message().starts_with("no such ") => {
                        StoreError::Schema(inner.message().to_owned())
                    }
                    _ => StoreError::Refused(inner.message().to_owned()),
                }
            }
            sqlx::Error::PoolTimedOut => {
                StoreError::Unreachable("no connection could be made in time".to_owned())
            }
            sqlx::Error::ColumnDecode { .. } | sqlx::Error::Decode(_) => {
                StoreError::Refused(error.to_string())
            }
            _ => StoreError::Unreachable(root_cause(&error)),
        }
    }
}

/// The innermost message: what the system said, without the layers around it.
fn root_cause(error: &sqlx::Error) -> String {
    let mut cause = error.source();
    let mut text = error.to_string();
    while let Some(inner) = cause {
        text = inner.to_string();
        cause = inner.source();
    }
    text
}
