//! A hub's database: where it is, how much of it may be asked at once, what its schema is.

use std::path::PathBuf;
use std::str::FromStr;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use futures_util::FutureExt;
use sqlx::SqlitePool;
use sqlx::postgres::PgConnectOptions;

use super::expressions::{Dialect, Expressions};
use super::line::Lines;
use super::pool::{Pool, connecting, sqlite};
use super::schema::TABLES;
use super::session::{Session, patient};
use super::speaking::Speaking;
use super::{Schema, StoreError};

/// How long the database may work on one question.
pub(super) const STATEMENT_TIMEOUT: Duration = Duration::from_secs(10);

/// Connections that are the follower's alone: one to poll, one that reads history meanwhile.
const FOLLOWING: u32 = 2;

/// Where the hub's rows are.
#[derive(Clone, Debug)]
pub enum Database {
    /// The embedded file.
    Sqlite(PathBuf),
    /// A hub's PostgreSQL. The address may hold a password: it is never shown.
    Postgres(Box<PgConnectOptions>),
}

impl Database {
    /// Reads `sqlite://path` or `postgres://...`.
    ///
    /// # Errors
    /// [`StoreError::Address`], without the address, which may hold a password.
    pub fn parse(url: &str) -> Result<Database, StoreError> {
        if let Some(path) = url
            .strip_prefix("sqlite://")
            .or_else(|| url.strip_prefix("sqlite:"))
        {
            let path = path.split('?').next().unwrap_or_default();
            if path.is_empty() || path == ":memory:" {
                return Err(StoreError::Address(
                    "DATABASE_URL: sqlite:// wants the path of a file".to_owned(),
                ));
            }
            return Ok(Database::Sqlite(PathBuf::from(path)));
        }
        if !url.starts_with("postgres://") && !url.starts_with("postgresql://") {
            return Err(StoreError::Address(
                "DATABASE_URL must begin with postgres:// or sqlite://".to_owned(),
            ));
        }
        let options = PgConnectOptions::from_str(url).map_err(|_| {
            StoreError::Address("DATABASE_URL is not an address of PostgreSQL".to_owned())
        })?;
        Ok(Database::Postgres(Box::new(options)))
    }

    /// What is watched, for people.
    pub fn source(&self) -> &'static str {
        match self {
            Database::Sqlite(_) => "simulated hub",
            Database::Postgres(_) => "PostgreSQL",
        }
    }
}

/// How much may be asked at once, and how long anybody waits.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Connections to the database at most, two of which are the follower's.
    pub connections: u32,
    /// For a connection.
    pub acquire: Duration,
    /// While the database works on one question: it ends it by itself.
    pub statement: Duration,
    /// While it says nothing. Longer: reached only when it does not answer at all.
    pub silence: Duration,
    /// Until the database ends a transaction in which nobody asks anything any more.
    pub abandoned: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Limits {
            connections: 6,
            acquire: Duration::from_secs(3),
            statement: STATEMENT_TIMEOUT,
            silence: STATEMENT_TIMEOUT + Duration::from_secs(5),
            abandoned: Duration::from_mins(2),
        }
    }
}

/// The follower's connections.
#[derive(Clone, Debug)]
pub(super) enum Following {
    Postgres(Lines),
    Sqlite(SqlitePool),
}

/// A hub's database. Cheap to clone; every clone shares the connections.
#[derive(Clone, Debug)]
pub struct Store {
    /// Whoever asks, slow questions or many, takes no connection from the follower.
    pub(super) questions: Pool,
    pub(super) following: Following,
    pub(super) limits: Limits,
    pub(super) asked: Arc<AtomicU64>,
}

impl Store {
    /// Prepares pools; nothing is connected before the first question.
    pub fn new(database: &Database, limits: Limits) -> Store {
        let others = limits.connections.saturating_sub(FOLLOWING).max(1);
        Store {
            questions: Pool::new(database, others, limits),
            following: match database {
                Database::Postgres(options) => {
                    Following::Postgres(Lines::new(connecting(options), limits))
                }
                Database::Sqlite(path) => Following::Sqlite(sqlite(path, FOLLOWING, limits)),
            },
            limits,
            asked: Arc::default(),
        }
    }

    pub(super) fn dialect(&self) -> Dialect {
        match self.following {
            Following::Postgres(_) => Dialect::Postgres,
            Following::Sqlite(_) => Dialect::Sqlite,
        }
    }

    /// Readings begun since the start, glances among them.
    pub fn questions(&self) -> u64 {
        self.asked.load(Ordering::Relaxed)
    }

    /// Finds out which columns there are.
    ///
    /// # Errors
    /// When the database cannot be asked. A schema that lacks something is no error here.
    pub async fn schema(&self) -> Result<Schema, StoreError> {
        let begun = match &self.following {
            Following::Postgres(lines) => Session::own(lines, self.limits).left_future(),
            Following::Sqlite(pool) => Session::embedded(pool).right_future(),
        };
        let mut session = patient(self.limits, begun).await?;
        let found = patient(self.limits, columns(&mut session)).await?;
        patient(self.limits, session.close()).await?;
        let wanted = |(space, table, _): &(String, String, String)| {
            TABLES.contains(&(space.as_str(), table.as_str()))
        };
        Ok(Schema::new(found.into_iter().filter(wanted)))
    }

    /// The same store, speaking to the schema that was found.
    ///
    /// # Errors
    /// [`StoreError::Schema`] when the schema lacks what the figures need.
    pub fn speak(&self, schema: &Schema) -> Result<Speaking, StoreError> {
        let generation = schema.generation()?;
        let words = Expressions::new(self.dialect(), generation, schema);
        Ok(Speaking::new(self.clone(), words))
    }
}

/// Schema, table and name of every column that can be seen.
async fn columns(session: &mut Session) -> Result<Vec<(String, String, String)>, sqlx::Error> {
    match session {
        Session::Postgres(session) => {
            let text = "SELECT table_schema::text, table_name::text, column_name::text \
                        FROM information_schema.columns \
                        WHERE table_schema IN ('omni2', 'auth_service')";
            let query = sqlx::query_as(text).persistent(false);
            query.fetch_all(&mut **session).await
        }
        Session::Sqlite(session) => {
            let mut found = Vec::new();
            for (space, table) in TABLES {
                let text = "SELECT $1, $2, name FROM pragma_table_info($2, $1)";
                let query = sqlx::query_as(text).bind(space).bind(table);
                found.extend(query.fetch_all(&mut **session).await?);
            }
            Ok(found)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_told_apart_and_never_shown() {
        assert!(matches!(
            Database::parse("sqlite://data/omni2.db"),
            Ok(Database::Sqlite(path)) if path.as_os_str() == "data/omni2.db"
        ));
        assert!(matches!(
            Database::parse("postgres://me:secret@localhost/hub"),
            Ok(Database::Postgres(_))
        ));
        let error = Database::parse("mysql://me:secret@localhost/hub").unwrap_err();
        assert!(!error.to_string().contains("secret"));
    }
}
