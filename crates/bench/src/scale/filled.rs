//! A hub with so many rows.

use std::time::Instant;

use e2e::Hub;
use hub_sim::Generation;
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};
use sqlx::{AssertSqlSafe, PgPool};
use testkit::Postgres;

/// A hub whose rows lie evenly over the last 30 days, in the order of their ids.
pub(super) struct Filled {
    pub(super) hub: Hub,
    pub(super) pool: PgPool,
    pub(super) rows: u32,
}

/// 14 servers, one or two a row; durations by and large log-normal; 3 % errors.
const FILL: &str = "
    INSERT INTO omni2.audit_logs (user_id, timestamp, message, message_preview, mcps_accessed, tools_used,
        tool_calls_count, tokens_input, tokens_output, cost_estimate, success, status, duration_ms)
    SELECT 1 + n % 20, now() - interval '30 days' * (1 - n::float8 / $1),
        'What is new in ' || n, 'What is new in ' || n,
        CASE WHEN n % 5 = 0 THEN ARRAY['server ' || n % 14, 'server ' || (n / 5) % 14]
             ELSE ARRAY['server ' || n % 14] END,
        ARRAY['server ' || n % 14 || '.read'], 1, 500, 100, round((random() / 100)::numeric, 6),
        n % 33 <> 0, CASE WHEN n % 33 = 0 THEN 'error' ELSE 'success' END,
        exp(5 + 1.2 * (random() + random() + random() - 1.5))::int
    FROM generate_series($2::int, $3::int) AS n";
/// Rows of one statement.
const AT_ONCE: u32 = 500_000;

impl Filled {
    /// Fills a database of its own.
    pub(super) async fn create(cluster: &Postgres, rows: u32) -> Filled {
        let began = Instant::now();
        let url = cluster.create_database();
        let hub = Hub::create(url.clone(), Generation::A).await;
        let options: PgConnectOptions = url.parse().unwrap();
        let pool = PgPoolOptions::new().max_connections(4);
        let pool = pool.connect_with(options).await.unwrap();
        // Indexes are made once all rows are there: that is several times quicker.
        let indexes: Vec<(String, String)> = sqlx::query_as(
            "SELECT indexname::text, indexdef FROM pg_indexes
             WHERE schemaname = 'omni2' AND tablename = 'audit_logs' AND indexname <> 'audit_logs_pkey'",
        )
        .fetch_all(&pool)
        .await
        .unwrap();
        for (name, _) in &indexes {
            run(&pool, format!("DROP INDEX omni2.{name}")).await;
        }
        for first in (1..=rows).step_by(AT_ONCE as usize) {
            let last = rows.min(first + AT_ONCE - 1);
            let fill = sqlx::query(FILL).bind(f64::from(rows));
            let fill = fill.bind(i64::from(first)).bind(i64::from(last));
            fill.execute(&pool).await.unwrap();
        }
        for (_, made) in indexes {
            run(&pool, made).await;
        }
        run(&pool, "VACUUM ANALYZE omni2.audit_logs".to_owned()).await;
        run(&pool, "CHECKPOINT".to_owned()).await;
        eprintln!(
            "{rows} rows are there after {:.0} s",
            began.elapsed().as_secs_f64()
        );
        Filled { hub, pool, rows }
    }

    /// Seconds of one count and sum over all rows.
    pub(super) async fn yardstick(&self) -> f64 {
        let began = Instant::now();
        let text = "SELECT count(*), sum(duration_ms) FROM omni2.audit_logs";
        let (count, _): (i64, Option<i64>) =
            sqlx::query_as(text).fetch_one(&self.pool).await.unwrap();
        assert!(count >= i64::from(self.rows), "rows are missing");
        began.elapsed().as_secs_f64()
    }

    /// Rows since this UTC day began, up to the end of the running minute.
    pub(super) async fn today(&self) -> u64 {
        let text = "SELECT count(*) FROM omni2.audit_logs
                    WHERE timestamp >= date_trunc('day', now() AT TIME ZONE 'UTC') AT TIME ZONE 'UTC'
                    AND timestamp < date_trunc('minute', now()) + interval '1 minute'";
        let count: i64 = sqlx::query_scalar(text)
            .fetch_one(&self.pool)
            .await
            .unwrap();
        u64::try_from(count).unwrap()
    }

    /// Transactions that this database has ended so far, as its statistics tell.
    pub(super) async fn transactions(&self) -> i64 {
        // Statistics are sent a second late at most by whoever is idle.
        let text = "SELECT xact_commit + xact_rollback FROM pg_stat_database WHERE datname = current_database()";
        sqlx::query_scalar(text)
            .fetch_one(&self.pool)
            .await
            .unwrap()
    }
}

async fn run(pool: &PgPool, text: String) {
    sqlx::raw_sql(AssertSqlSafe(text))
        .execute(pool)
        .await
        .unwrap();
}
