//! A hub's `PostgreSQL` database that a story writes to.

use std::time::{SystemTime, UNIX_EPOCH};

use hub_sim::{AuditRow, Generation};
use sqlx::PgPool;
use sqlx::postgres::PgPoolOptions;

/// A hub of one generation.
pub struct Hub {
    url: String,
    pool: PgPool,
    generation: Generation,
}

impl Hub {
    /// Makes the hub's tables, and its users and servers, in an empty database.
    pub async fn create(url: String, generation: Generation) -> Hub {
        let pool = PgPoolOptions::new()
            .max_connections(2)
            .connect(&url)
            .await
            .unwrap();
        hub_sim::postgres::create(&pool, generation).await.unwrap();
        Hub {
            url,
            pool,
            generation,
        }
    }

    /// For `DATABASE_URL`.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// Its connections, for whoever asks it something else.
    pub fn pool(&self) -> &PgPool {
        &self.pool
    }

    /// Writes calls and commits them: their ids.
    pub async fn write(&self, rows: &[AuditRow]) -> Vec<i64> {
        hub_sim::postgres::insert(&self.pool, self.generation, rows)
            .await
            .unwrap()
    }

    /// Writes a call of this moment.
    pub async fn call(&self, server: &str) -> i64 {
        let row = AuditRow {
            at: now(),
            user_id: Some(1),
            mcps: vec![Some(server.to_owned())],
            message: Some("what is new".to_owned()),
            duration_ms: Some(120),
            cost: Some("0.0021".to_owned()),
            ..AuditRow::default()
        };
        self.write(&[row]).await.first().copied().unwrap()
    }

    /// Forgets its connections: the database has been away.
    pub async fn reconnect(&mut self) {
        self.pool = PgPoolOptions::new()
            .max_connections(2)
            .connect(&self.url)
            .await
            .unwrap();
    }
}

/// Microseconds since 1970.
#[expect(
    clippy::disallowed_methods,
    reason = "calls of this moment, for a real clock"
)]
pub fn now() -> i64 {
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap();
    i64::try_from(now.as_micros()).unwrap()
}
