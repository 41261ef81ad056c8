//! A `PostgreSQL` database for one story.

use std::{
    env,
    str::FromStr,
    sync::atomic::{AtomicU32, Ordering},
};

use sqlx::{AssertSqlSafe, ConnectOptions, Connection, PgPool, postgres::PgConnectOptions};

/// A database of its own, dropped in the end.
pub(crate) struct Database {
    server: PgConnectOptions,
    name: String,
    pub(crate) pool: PgPool,
}

impl Database {
    /// None, loudly, without a server; that is a failure where CI is true.
    pub(crate) async fn make() -> Option<Self> {
        static NUMBER: AtomicU32 = AtomicU32::new(0);
        let Ok(url) = env::var("OMNI2_TEST_POSTGRES") else {
            assert_ne!(
                env::var("CI").as_deref(),
                Ok("true"),
                "OMNI2_TEST_POSTGRES is not set"
            );
            eprintln!(
                "==== SKIPPED: OMNI2_TEST_POSTGRES is not set, PostgreSQL is not tested ===="
            );
            return None;
        };
        let server = PgConnectOptions::from_str(&url).unwrap();
        let number = NUMBER.fetch_add(1, Ordering::Relaxed);
        let name = format!("hub_sim_{}_{number}", std::process::id());
        execute(&server, &format!("CREATE DATABASE {name}")).await;
        let pool = PgPool::connect_with(server.clone().database(&name))
            .await
            .unwrap();
        Some(Self { server, name, pool })
    }

    pub(crate) async fn drop(self) {
        self.pool.close().await;
        execute(
            &self.server,
            &format!("DROP DATABASE {} WITH (FORCE)", self.name),
        )
        .await;
    }

    pub(crate) async fn text(&self, sql: &str) -> Option<String> {
        sqlx::query_scalar(AssertSqlSafe(sql))
            .fetch_one(&self.pool)
            .await
            .unwrap()
    }

    pub(crate) async fn count(&self, of: &str) -> i64 {
        let sql = format!("SELECT count(*) FROM {of}");
        sqlx::query_scalar(AssertSqlSafe(sql))
            .fetch_one(&self.pool)
            .await
            .unwrap()
    }
}

async fn execute(server: &PgConnectOptions, sql: &str) {
    let mut connection = server.connect().await.unwrap();
    sqlx::raw_sql(AssertSqlSafe(sql))
        .execute(&mut connection)
        .await
        .unwrap();
    connection.close().await.unwrap();
}
