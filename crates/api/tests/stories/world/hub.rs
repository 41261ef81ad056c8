//! A hub's database, written to as a hub would.

use api::store::Database;
use hub_sim::{AuditRow, Generation, embedded, postgres};
use sqlx::postgres::PgPoolOptions;
use sqlx::{AssertSqlSafe, PgPool, SqlitePool};
use tempfile::TempDir;

use super::Moment;

/// Users and servers of a fresh hub are dated by this moment.
const MADE: &str = "2026-01-01T00:00:00Z";

/// Where the API has the embedded database, below the folder that is its own.
const FILE: &str = "omni2.db";

/// Which database, in which generation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Embedded,
    A,
    B,
    C,
}

impl Kind {
    /// A call may touch many servers, and has a status column.
    pub(crate) fn has_arrays(self) -> bool {
        matches!(self, Kind::Embedded | Kind::A)
    }

    pub(crate) fn is_postgres(self) -> bool {
        self != Kind::Embedded
    }

    pub(crate) fn generation(self) -> Generation {
        match self {
            Kind::Embedded | Kind::A => Generation::A,
            Kind::B => Generation::B,
            Kind::C => Generation::C,
        }
    }
}

enum Side {
    Embedded(Box<embedded::Hub>, TempDir),
    Postgres(PgPool),
}

/// A database with the hub's schema and people, and no calls yet.
pub(crate) struct Hub {
    pub(crate) kind: Kind,
    /// Its address.
    pub(crate) url: String,
    side: Side,
}

impl Hub {
    /// None, loudly, where PostgreSQL is missing.
    pub(crate) async fn make(kind: Kind) -> Option<Hub> {
        if kind.is_postgres() {
            return match testkit::shared_postgres() {
                Ok(server) => Some(Hub::on(kind, testkit::create_database(&server)).await),
                Err(missing) => {
                    testkit::skip_or_fail(&missing);
                    None
                }
            };
        }
        let folder = TempDir::with_prefix("omni2-stories-").unwrap();
        Some(Hub::left_in(folder, &Moment::new(MADE)).await)
    }

    /// The embedded hub whose file a process has left in this folder, at this moment.
    pub(crate) async fn left_in(folder: TempDir, moment: &Moment) -> Hub {
        let path = folder.path().join(FILE);
        let hub = embedded::Hub::open(&path, moment.clock(), 1).await.unwrap();
        Hub {
            kind: Kind::Embedded,
            url: format!("sqlite://{}", path.display()),
            side: Side::Embedded(Box::new(hub), folder),
        }
    }

    /// A hub of that generation in this empty PostgreSQL database.
    pub(crate) async fn on(kind: Kind, url: String) -> Hub {
        let pool = PgPoolOptions::new()
            .max_connections(16)
            .connect(&url)
            .await
            .unwrap();
        postgres::create(&pool, kind.generation()).await.unwrap();
        let sql = format!(
            "UPDATE auth_service.users SET created_at = '{MADE}'::timestamptz AT TIME ZONE 'UTC'"
        );
        sqlx::raw_sql(AssertSqlSafe(sql))
            .execute(&pool)
            .await
            .unwrap();
        Hub {
            kind,
            url,
            side: Side::Postgres(pool),
        }
    }

    pub(crate) fn database(&self) -> Database {
        Database::parse(&self.url).unwrap()
    }

    /// The hub's own connections.
    pub(crate) fn pool(&self) -> &PgPool {
        match &self.side {
            Side::Postgres(pool) => pool,
            Side::Embedded(..) => panic!("not a PostgreSQL"),
        }
    }

    /// The file, opened by its hub.
    pub(crate) fn file(&self) -> &SqlitePool {
        match &self.side {
            Side::Embedded(hub, _) => hub.pool(),
            Side::Postgres(_) => panic!("not embedded"),
        }
    }

    /// Commits these calls together; their ids in the same order.
    pub(crate) async fn insert(&self, rows: &[AuditRow]) -> Vec<i64> {
        match &self.side {
            Side::Embedded(hub, _) => hub.insert(rows).await.unwrap(),
            Side::Postgres(pool) => {
                let mut ids = Vec::new();
                for some in rows.chunks(1_000) {
                    ids.extend(
                        postgres::insert(pool, self.kind.generation(), some)
                            .await
                            .unwrap(),
                    );
                }
                ids
            }
        }
    }

    /// Runs SQL that both databases understand but for the names of schemas.
    pub(crate) async fn run(&self, sql: &str) {
        match &self.side {
            Side::Embedded(hub, _) => {
                let sql = sql.replace("omni2.", "").replace("auth_service.", "");
                sqlx::raw_sql(AssertSqlSafe(sql))
                    .execute(hub.pool())
                    .await
                    .unwrap();
            }
            Side::Postgres(pool) => {
                sqlx::raw_sql(AssertSqlSafe(sql))
                    .execute(pool)
                    .await
                    .unwrap();
            }
        }
    }

    /// The one number that a question has for an answer.
    pub(crate) async fn number(&self, sql: &str) -> i64 {
        match &self.side {
            Side::Embedded(hub, _) => {
                let sql = sql.replace("omni2.", "").replace("auth_service.", "");
                sqlx::query_scalar(AssertSqlSafe(sql))
                    .fetch_one(hub.pool())
                    .await
                    .unwrap()
            }
            Side::Postgres(pool) => sqlx::query_scalar(AssertSqlSafe(sql))
                .fetch_one(pool)
                .await
                .unwrap(),
        }
    }

    /// Exactly these users: id and address.
    pub(crate) async fn set_users(&self, users: &[(i64, Option<&str>)]) {
        self.run("DELETE FROM auth_service.team_members").await;
        self.run("DELETE FROM auth_service.users").await;
        for (id, email) in users {
            let email = email.map_or("NULL".to_owned(), |email| format!("'{email}'"));
            let made = if self.kind.is_postgres() {
                "'2026-01-01'"
            } else {
                "1767225600000000"
            };
            self.run(&format!(
                "INSERT INTO auth_service.users (id, username, email, active, created_at, updated_at) \
                 VALUES ({id}, 'user {id}', {email}, TRUE, {made}, {made})"
            ))
            .await;
        }
    }

    /// Exactly these servers: name and whether it is switched on.
    pub(crate) async fn set_servers(&self, servers: &[(&str, bool)]) {
        self.run("DELETE FROM omni2.mcp_servers").await;
        for (name, on) in servers {
            let (column, value) = match (self.kind.has_arrays(), on) {
                (true, true) => ("is_enabled", "TRUE"),
                (true, false) => ("is_enabled", "FALSE"),
                (false, true) => ("status", "'active'"),
                (false, false) => ("status", "'inactive'"),
            };
            let (dates, made) = match self.kind {
                Kind::Embedded => (", created_at, updated_at", ", 0, 0"),
                _ => ("", ""),
            };
            self.run(&format!(
                "INSERT INTO omni2.mcp_servers (name, url, {column}{dates}) \
                 VALUES ('{name}', 'http://server.invalid', {value}{made})"
            ))
            .await;
        }
    }

    /// Closes an embedded hub and leaves its file in its folder.
    pub(crate) async fn leave(self) -> TempDir {
        match self.side {
            Side::Embedded(hub, folder) => {
                hub.close().await;
                folder
            }
            Side::Postgres(_) => panic!("not embedded"),
        }
    }

    /// Takes it away.
    pub(crate) async fn end(self) {
        match self.side {
            Side::Embedded(hub, folder) => {
                hub.close().await;
                drop(folder);
            }
            Side::Postgres(pool) => {
                pool.close().await;
                let (server, name) = self.url.rsplit_once('/').unwrap();
                let server = PgPool::connect(&format!("{server}/postgres"))
                    .await
                    .unwrap();
                let sql = format!("DROP DATABASE {name} WITH (FORCE)");
                sqlx::raw_sql(AssertSqlSafe(sql))
                    .execute(&server)
                    .await
                    .unwrap();
                server.close().await;
            }
        }
    }
}
