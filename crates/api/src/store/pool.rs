//! Connections: a bounded pool of read-only sessions, to either database.

use std::fmt::Write as _;
use std::path::Path;
use std::time::Duration;

use sqlx::postgres::{PgConnectOptions, PgPool, PgPoolOptions};
use sqlx::sqlite::{SqliteConnectOptions, SqlitePool, SqlitePoolOptions};
use sqlx::{AssertSqlSafe, ConnectOptions, Connection, Executor};

use super::{Database, Limits};

#[derive(Clone, Debug)]
pub(super) enum Pool {
    Postgres(PgPool),
    Sqlite(SqlitePool),
}

impl Pool {
    pub(super) fn new(database: &Database, connections: u32, limits: Limits) -> Pool {
        match database {
            Database::Postgres(options) => Pool::Postgres(postgres(options, connections, limits)),
            Database::Sqlite(path) => Pool::Sqlite(sqlite(path, connections, limits)),
        }
    }

    /// Whether every connection that may be had is taken.
    pub(super) fn is_taken(&self) -> bool {
        match self {
            Pool::Postgres(pool) => {
                pool.num_idle() == 0 && pool.size() >= pool.options().get_max_connections()
            }
            Pool::Sqlite(pool) => {
                pool.num_idle() == 0 && pool.size() >= pool.options().get_max_connections()
            }
        }
    }
}

/// How every connection is made.
pub(super) fn connecting(options: &PgConnectOptions) -> PgConnectOptions {
    // A pooler in transaction mode neither knows `extra_float_digits` nor keeps prepared
    // statements from one transaction to the next.
    options
        .clone()
        .extra_float_digits(None)
        .statement_cache_capacity(0)
        .application_name("omni2-dashboard")
        .disable_statement_logging()
}

fn postgres(options: &PgConnectOptions, connections: u32, limits: Limits) -> PgPool {
    let options = connecting(options);
    PgPoolOptions::new()
        .max_connections(connections)
        .acquire_timeout(limits.acquire)
        .idle_timeout(Duration::from_mins(1))
        // One that was cut says nothing, until the system gives it up a quarter of an hour
        // later: it must not keep its place for so long.
        .after_release(move |connection, _| {
            Box::pin(async move {
                let alive = tokio::time::timeout(limits.silence, connection.ping());
                let alive = alive.await.unwrap_or(Err(sqlx::Error::PoolTimedOut));
                alive.map(|()| true)
            })
        })
        .connect_lazy_with(options)
}

pub(super) fn sqlite(path: &Path, connections: u32, limits: Limits) -> SqlitePool {
    let options = SqliteConnectOptions::new()
        .in_memory(true)
        .busy_timeout(limits.statement)
        .disable_statement_logging();
    // The file is attached under both names, so that `omni2.audit_logs` means the same
    // here as in PostgreSQL. A `mode=ro` attachment cannot create or change it.
    let file = attachable(path);
    SqlitePoolOptions::new()
        .max_connections(connections)
        .acquire_timeout(limits.acquire)
        .after_connect(move |connection, _| {
            let file = file.clone();
            Box::pin(async move {
                for name in ["omni2", "auth_service"] {
                    let text = format!("ATTACH DATABASE '{file}' AS {name}");
                    connection.execute(AssertSqlSafe(text)).await?;
                }
                connection.execute("PRAGMA query_only = ON").await?;
                Ok(())
            })
        })
        .connect_lazy_with(options)
}

/// The path as a read-only `file:` address, quoted for SQL.
fn attachable(path: &Path) -> String {
    // An empty host before an absolute path: two slashes at its start would name one.
    let mut address = String::from(if path.is_absolute() {
        "file://"
    } else {
        "file:"
    });
    for byte in path.to_string_lossy().bytes() {
        if byte.is_ascii() && !matches!(byte, b'?' | b'#' | b'%' | b'\'') {
            address.push(char::from(byte));
        } else {
            // Writing to a String cannot fail.
            let _ = write!(address, "%{byte:02x}");
        }
    }
    address.push_str("?mode=ro");
    address
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn odd_paths_stay_one_path() {
        let path = Path::new("it's 100%?.db");
        assert_eq!(attachable(path), "file:it%27s 100%25%3f.db?mode=ro");
        let path = Path::new("//data/é.db");
        assert_eq!(attachable(path), "file:////data/%c3%a9.db?mode=ro");
    }
}
