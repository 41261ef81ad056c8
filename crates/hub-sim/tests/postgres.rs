//! The story of a simulated hub in `PostgreSQL`, told in each generation.
//!
//! Needs `OMNI2_TEST_POSTGRES`: the URL of a server where databases can be made.
#![allow(clippy::unwrap_used, reason = "a test that fails may panic")]

mod database;

use database::Database;
use hub_sim::{AuditRow, Generation, SECRET_MARK, SimError, generator::Generator, postgres};
use sqlx::{AssertSqlSafe, Row};

const DAY: i64 = 86_400_000_000;
/// Tuesday 6 January 2026, 14:00 UTC.
const TUESDAY: i64 = 1_767_708_000_000_000;

/// The columns of `omni2.audit_logs` that a generation has.
#[rustfmt::skip]
fn promised(generation: Generation) -> Vec<&'static str> {
    let mut names = vec![
        "id", "user_id", "timestamp", "question", "mcp_target", "tool_called", "tool_params",
        "success", "was_blocked", "block_reason", "duration_ms", "error_message", "error_id",
        "result_summary", "ip_address", "user_agent", "slack_user_id", "slack_channel",
    ];
    names.extend(match generation {
        Generation::A => &[
            "created_at", "message", "message_preview", "request_type", "mcps_accessed",
            "tools_used", "tool_calls_count", "iterations", "tokens_input", "tokens_output",
            "tokens_cached", "cost_estimate", "status", "warning", "response_preview",
        ][..],
        Generation::B => &["llm_tokens_used"],
        Generation::C => &["llm_tokens_used", "cost_usd", "source"],
    });
    names.sort_unstable();
    names
}

#[tokio::test]
async fn each_generation_has_its_columns_and_its_people() {
    for generation in Generation::ALL {
        let Some(database) = Database::make().await else {
            return;
        };
        postgres::create(&database.pool, generation).await.unwrap();
        postgres::create(&database.pool, generation).await.unwrap();
        let columns = "SELECT column_name::text FROM information_schema.columns
                       WHERE table_schema = 'omni2' AND table_name = 'audit_logs'";
        let mut found: Vec<String> = sqlx::query_scalar(columns)
            .fetch_all(&database.pool)
            .await
            .unwrap();
        found.sort_unstable();
        assert_eq!(found, promised(generation), "generation {generation}");
        assert_eq!(database.count("auth_service.users").await, 28);
        assert_eq!(database.count("auth_service.team_members").await, 28);
        let first = database
            .text("SELECT username FROM auth_service.users WHERE id = 1")
            .await;
        assert_eq!(first.as_deref(), Some("ana.silva"));
        let active = match generation {
            Generation::A => "omni2.mcp_servers WHERE is_enabled",
            _ => "omni2.mcp_servers WHERE status = 'active'",
        };
        assert_eq!(database.count(active).await, 9);
        assert!(database.count("omni2.mcp_tools").await >= 25);
        let secret = format!("auth_service.users WHERE password_hash = '{SECRET_MARK}'");
        assert_eq!(database.count(&secret).await, 28);
        let indexes = "pg_indexes WHERE schemaname = 'omni2' AND tablename = 'audit_logs'";
        assert_eq!(database.count(indexes).await, 6);
        database.drop().await;
    }
}

#[tokio::test]
async fn generated_rows_arrive_whole_and_in_order() {
    for generation in Generation::ALL {
        let Some(database) = Database::make().await else {
            return;
        };
        postgres::create(&database.pool, generation).await.unwrap();
        let rows: Vec<_> = Generator::new(4)
            .history(TUESDAY, TUESDAY + DAY)
            .take(6_000)
            .collect();
        let ids = postgres::insert(&database.pool, generation, &rows)
            .await
            .unwrap();
        assert_eq!(ids, (1..=6_000).collect::<Vec<i64>>());
        let failed = rows.iter().filter(|row| !row.success).count();
        let in_database = database.count("omni2.audit_logs WHERE NOT success").await;
        assert_eq!(in_database, i64::try_from(failed).unwrap());
        let cost = match generation {
            Generation::A => Some("cost_estimate"),
            Generation::B => None,
            Generation::C => Some("cost_usd"),
        };
        if let Some(column) = cost {
            let sql = format!("SELECT sum({column})::text FROM omni2.audit_logs");
            let costs = rows.iter().filter_map(|row| row.cost.as_deref());
            let exact: rust_decimal::Decimal = costs
                .map(|cost| cost.parse::<rust_decimal::Decimal>().unwrap())
                .sum();
            assert_eq!(database.text(&sql).await, Some(exact.to_string()));
        }
        compare(&database, generation, &rows, &ids).await;
        database.drop().await;
    }
}

/// A sample of rows, read back.
async fn compare(database: &Database, generation: Generation, rows: &[AuditRow], ids: &[i64]) {
    let asked = if generation == Generation::A {
        "message"
    } else {
        "question"
    };
    let sql = format!(
        "SELECT (extract(epoch FROM timestamp) * 1000000)::bigint, {asked}, mcp_target,
                tool_called, to_jsonb(audit_logs)->'mcps_accessed' #>> '{{}}', duration_ms::bigint
         FROM omni2.audit_logs WHERE id = $1"
    );
    for (row, id) in rows.iter().zip(ids).step_by(97) {
        let found = sqlx::query(AssertSqlSafe(sql.as_str()))
            .bind(id)
            .fetch_one(&database.pool)
            .await
            .unwrap();
        assert_eq!(found.get::<i64, _>(0), row.at);
        assert_eq!(found.get::<Option<String>, _>(1), row.message);
        assert_eq!(found.get::<Option<i64>, _>(5), row.duration_ms);
        let (target, tool): (Option<String>, Option<String>) = (found.get(2), found.get(3));
        if generation == Generation::A {
            assert_eq!((target, tool), (row.mcp_target.clone(), None));
            let accessed: Option<String> = found.get(4);
            let accessed = accessed.map_or(serde_json::Value::Null, |json| json.parse().unwrap());
            let expected = (!row.mcps.is_empty() || !row.null_mcps).then(|| row.mcps.clone());
            assert_eq!(accessed, serde_json::Value::from(expected));
        } else {
            assert_eq!(target.as_deref(), row.first_mcp());
            assert_eq!(tool.as_deref(), row.first_tool());
        }
    }
}

#[tokio::test]
async fn odd_rows_are_written_as_they_are() {
    let Some(database) = Database::make().await else {
        return;
    };
    postgres::create(&database.pool, Generation::A)
        .await
        .unwrap();
    let mcps = vec![Some("a \"b\", \\c".to_owned()), None, Some(String::new())];
    let odd = AuditRow {
        id: Some(77),
        at: -1,
        mcps: mcps.clone(),
        cost: Some("NaN".to_owned()),
        message: Some("emoji 🦀\nline".to_owned()),
        duration_ms: Some(-5),
        ..AuditRow::default()
    };
    let empty = AuditRow {
        null_mcps: false,
        at: i64::from(i32::MAX) * 1_000_000,
        ..AuditRow::default()
    };
    let ids = postgres::insert(&database.pool, Generation::A, &[odd, empty])
        .await
        .unwrap();
    assert_eq!(ids, [77, 1]);
    let sql = "SELECT mcps_accessed FROM omni2.audit_logs ORDER BY id DESC";
    let found: Vec<Option<Vec<Option<String>>>> = sqlx::query_scalar(sql)
        .fetch_all(&database.pool)
        .await
        .unwrap();
    assert_eq!(found, [Some(mcps), Some(vec![])]);
    let cost = "SELECT cost_estimate::text FROM omni2.audit_logs WHERE id = 77";
    assert_eq!(database.text(cost).await.as_deref(), Some("NaN"));
    assert!(
        postgres::insert(&database.pool, Generation::A, &[])
            .await
            .unwrap()
            .is_empty()
    );
    database.drop().await;
}

#[tokio::test]
async fn a_hub_that_is_not_simulated_is_left_alone() {
    let Some(database) = Database::make().await else {
        return;
    };
    sqlx::raw_sql("CREATE SCHEMA omni2")
        .execute(&database.pool)
        .await
        .unwrap();
    let error = postgres::create(&database.pool, Generation::A)
        .await
        .unwrap_err();
    assert!(matches!(error, SimError::NotOurs { .. }), "{error}");
    let error = postgres::drop(&database.pool).await.unwrap_err();
    assert!(matches!(error, SimError::NotOurs { .. }), "{error}");
    assert_eq!(
        database.count("pg_namespace WHERE nspname = 'omni2'").await,
        1
    );
    database.drop().await;
}

#[tokio::test]
async fn another_generation_needs_the_old_one_dropped() {
    let Some(database) = Database::make().await else {
        return;
    };
    postgres::create(&database.pool, Generation::B)
        .await
        .unwrap();
    let error = postgres::create(&database.pool, Generation::C)
        .await
        .unwrap_err();
    assert!(matches!(error, SimError::OtherGeneration { .. }), "{error}");
    postgres::drop(&database.pool).await.unwrap();
    postgres::drop(&database.pool).await.unwrap();
    postgres::create(&database.pool, Generation::C)
        .await
        .unwrap();
    database.drop().await;
}
