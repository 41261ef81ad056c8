//! Connections: a bounded pool of read-only sessions, to either database.

use std::fmt::Write as _;
use std::path::PathBuf;
use std::str::FromStr;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use sqlx::postgres::{PgConnectOptions, PgPool, PgPoolOptions};
use sqlx::sqlite::{SqliteConnectOptions, SqlitePool, SqlitePoolOptions};
use sqlx::{AssertSqlSafe, ConnectOptions, Executor};
use xxhash_rust::xxh3::xxh3_64;

use super::expressions::{Dialect, Expressions};
use super::schema::TABLES;
use super::{Generation, Reading, Schema, StoreError};

/// How long the database may work on one question.
pub(super) const STATEMENT_TIMEOUT: Duration = Duration::from_secs(10);

/// How long to wait for a connection.
const ACQUIRE_TIMEOUT: Duration = Duration::from_secs(3);

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

/// How much may be asked at once.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Connections to the database at most.
    pub connections: u32,
}

impl Default for Limits {
    fn default() -> Self {
        Limits { connections: 6 }
    }
}

#[derive(Clone, Debug)]
pub(super) enum Pool {
    Postgres(PgPool),
    Sqlite(SqlitePool),
}

/// A hub's database. Cheap to clone; every clone shares the pool.
#[derive(Clone, Debug)]
pub struct Store {
    pub(super) pool: Pool,
    asked: Arc<AtomicU64>,
}

impl Store {
    /// Prepares a pool; nothing is connected before the first question.
    pub fn new(database: &Database, limits: Limits) -> Store {
        let pool = match database {
            Database::Postgres(options) => Pool::Postgres(postgres(options, limits)),
            Database::Sqlite(path) => Pool::Sqlite(sqlite(path, limits)),
        };
        Store {
            pool,
            asked: Arc::default(),
        }
    }

    pub(super) fn dialect(&self) -> Dialect {
        match self.pool {
            Pool::Postgres(_) => Dialect::Postgres,
            Pool::Sqlite(_) => Dialect::Sqlite,
        }
    }

    /// Readings begun since the start.
    pub fn questions(&self) -> u64 {
        self.asked.load(Ordering::Relaxed)
    }

    /// Finds out which columns there are.
    ///
    /// # Errors
    /// When the database cannot be asked. A schema that lacks something is no error here.
    pub async fn schema(&self) -> Result<Schema, StoreError> {
        let mut found: Vec<(String, String, String)> = Vec::new();
        match &self.pool {
            Pool::Postgres(pool) => {
                let mut session = pool.begin().await?;
                let text = "SELECT table_schema::text, table_name::text, column_name::text \
                            FROM information_schema.columns \
                            WHERE table_schema IN ('omni2', 'auth_service')";
                found = sqlx::query_as(text)
                    .persistent(false)
                    .fetch_all(&mut *session)
                    .await?;
                session.rollback().await?;
            }
            Pool::Sqlite(pool) => {
                for (space, table) in TABLES {
                    let text = "SELECT $1, $2, name FROM pragma_table_info($2, $1)";
                    let query = sqlx::query_as(text).bind(space).bind(table);
                    found.extend(query.fetch_all(pool).await?);
                }
            }
        }
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
        Ok(Speaking {
            store: self.clone(),
            words: Arc::new(Expressions::new(self.dialect(), generation, schema)),
        })
    }
}

/// A store whose schema is known: what questions are put to.
#[derive(Clone, Debug)]
pub struct Speaking {
    store: Store,
    words: Arc<Expressions>,
}

impl Speaking {
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

    /// Begins to read one state of the database.
    ///
    /// # Errors
    /// When no session can be had.
    pub async fn read(&self) -> Result<Reading, StoreError> {
        self.store.asked.fetch_add(1, Ordering::Relaxed);
        Reading::begin(&self.store.pool, Arc::clone(&self.words)).await
    }
}

fn postgres(options: &PgConnectOptions, limits: Limits) -> PgPool {
    // A pooler in transaction mode neither knows `extra_float_digits` nor keeps prepared
    // statements from one transaction to the next.
    let options = options
        .clone()
        .extra_float_digits(None)
        .statement_cache_capacity(0)
        .application_name("omni2-dashboard")
        .disable_statement_logging();
    PgPoolOptions::new()
        .max_connections(limits.connections)
        .acquire_timeout(ACQUIRE_TIMEOUT)
        .idle_timeout(Duration::from_mins(1))
        .connect_lazy_with(options)
}

fn sqlite(path: &std::path::Path, limits: Limits) -> SqlitePool {
    let options = SqliteConnectOptions::new()
        .in_memory(true)
        .busy_timeout(STATEMENT_TIMEOUT)
        .disable_statement_logging();
    // The file is attached under both names, so that `omni2.audit_logs` means the same
    // here as in PostgreSQL. A `mode=ro` attachment cannot create or change it.
    let file = attachable(path);
    SqlitePoolOptions::new()
        .max_connections(limits.connections)
        .acquire_timeout(ACQUIRE_TIMEOUT)
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
fn attachable(path: &std::path::Path) -> String {
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

    #[test]
    fn odd_paths_stay_one_path() {
        let path = std::path::Path::new("it's 100%?.db");
        assert_eq!(attachable(path), "file:it%27s 100%25%3f.db?mode=ro");
        let path = std::path::Path::new("//data/é.db");
        assert_eq!(attachable(path), "file:////data/%c3%a9.db?mode=ro");
    }
}
