//! The story of an embedded hub, from an absent file to rows forgotten.
#![allow(clippy::unwrap_used, reason = "a test that fails may panic")]

use std::{
    fs,
    path::{Path, PathBuf},
    sync::Arc,
    time::Instant,
};

use hub_sim::{AuditRow, Now, SimError, embedded::Hub};
use sqlx::{ConnectOptions, Connection, Row, sqlite::SqliteConnectOptions};
use tempfile::TempDir;
use tokio::sync::Notify;
use tokio_util::sync::CancellationToken;

const DAY: i64 = 86_400_000_000;
/// Tuesday 6 January 2026, 14:00 UTC: an office hour.
const TUESDAY: i64 = 1_767_708_000_000_000;

/// A clock that starts on that Tuesday.
fn clock() -> Now {
    let start = Instant::now();
    Arc::new(move || TUESDAY + i64::try_from(start.elapsed().as_micros()).unwrap())
}

/// A folder that goes with the test, and a path in it whose folder is absent.
fn place() -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("data").join("omni2.db");
    (folder, path)
}

async fn open(path: &Path) -> Hub {
    Hub::open(path, clock(), 1).await.unwrap()
}

async fn count(hub: &Hub, table: &str) -> i64 {
    let sql = sqlx::AssertSqlSafe(format!("SELECT count(*) FROM {table}"));
    sqlx::query_scalar(sql).fetch_one(hub.pool()).await.unwrap()
}

#[tokio::test]
async fn a_fresh_hub_knows_its_users_and_servers() {
    let (_folder, path) = place();
    let hub = open(&path).await;
    assert!(hub.is_empty().await.unwrap());
    assert_eq!(count(&hub, "users").await, 28);
    assert_eq!(count(&hub, "users WHERE email IS NULL").await, 1);
    assert_eq!(count(&hub, "users WHERE NOT active").await, 3);
    let last_week = format!("users WHERE created_at > {}", TUESDAY - 7 * DAY);
    assert_eq!(count(&hub, &last_week).await, 4);
    assert_eq!(count(&hub, "mcp_servers").await, 13);
    assert_eq!(count(&hub, "mcp_servers WHERE is_enabled").await, 9);
    assert_eq!(count(&hub, "team_members").await, 28);
    assert!(count(&hub, "mcp_tools").await >= 25);
}

#[tokio::test]
async fn a_day_is_filled_once_and_ids_grow_with_time() {
    let (_folder, path) = place();
    let mut hub = open(&path).await;
    let mut seen = Vec::new();
    let written = hub.fill(1, |part| seen.push(part)).await.unwrap();
    assert!((30_000..60_000).contains(&written), "{written}");
    assert!(seen.len() > 4 && seen.is_sorted(), "progress: {seen:?}");
    assert!((seen.last().unwrap() - 1.0).abs() < f32::EPSILON);
    assert_eq!(*hub.committed().borrow(), written);
    let disordered = "(SELECT timestamp < lag(timestamp) OVER (ORDER BY id) AS back
                       FROM audit_logs) WHERE back";
    assert_eq!(count(&hub, disordered).await, 0);
    hub.close().await;

    let mut hub = open(&path).await;
    assert!(!hub.is_empty().await.unwrap());
    assert_eq!(hub.fill(1, |_| ()).await.unwrap(), 0);
    assert_eq!(
        count(&hub, "audit_logs").await,
        i64::try_from(written).unwrap()
    );
}

#[tokio::test]
async fn a_fill_that_was_interrupted_is_done_again() {
    let (_folder, path) = place();
    let mut hub = open(&path).await;
    let enough = Notify::new();
    tokio::select! {
        biased;
        () = enough.notified() => {}
        done = hub.fill(1, |_| enough.notify_one()) => panic!("not interrupted: {done:?}"),
    }
    assert!(count(&hub, "audit_logs").await > 0);
    hub.close().await;

    let mut hub = open(&path).await;
    assert!(hub.is_empty().await.unwrap());
    let written = hub.fill(1, |_| ()).await.unwrap();
    assert_eq!(
        count(&hub, "audit_logs").await,
        i64::try_from(written).unwrap()
    );
    assert!(!hub.is_empty().await.unwrap());
}

#[tokio::test]
async fn a_hub_with_rows_of_a_test_is_not_filled_over_them() {
    let (_folder, path) = place();
    let mut hub = open(&path).await;
    let explicit = AuditRow {
        id: Some(500),
        at: TUESDAY,
        ..AuditRow::default()
    };
    let mcps = vec![Some("Git MCP".to_owned()), None, Some(String::new())];
    let next = AuditRow {
        mcps,
        cost: Some("NaN".to_owned()),
        ..AuditRow::default()
    };
    assert_eq!(hub.insert(&[explicit, next]).await.unwrap(), [500, 501]);
    assert_eq!(hub.fill(1, |_| ()).await.unwrap(), 0);
    let sql = "SELECT mcps_accessed, cost_estimate FROM audit_logs ORDER BY id";
    let rows = sqlx::query(sql).fetch_all(hub.pool()).await.unwrap();
    assert_eq!(rows[0].get::<Option<String>, _>(0), None);
    assert_eq!(rows[1].get::<String, _>(0), r#"["Git MCP",null,""]"#);
    assert_eq!(rows[1].get::<String, _>(1), "NaN");
}

#[tokio::test]
async fn a_file_of_somebody_else_is_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    let text = folder.path().join("notes.txt");
    fs::write(&text, "my notes").unwrap();
    let database = folder.path().join("shop.db");
    let options = SqliteConnectOptions::new()
        .filename(&database)
        .create_if_missing(true);
    let mut shop = options.connect().await.unwrap();
    sqlx::raw_sql("CREATE TABLE orders (id INTEGER)")
        .execute(&mut shop)
        .await
        .unwrap();
    shop.close().await.unwrap();

    for path in [&text, &database] {
        let before = fs::read(path).unwrap();
        let error = Hub::open(path, clock(), 1).await.unwrap_err();
        assert!(matches!(error, SimError::ForeignFile { .. }), "{error}");
        assert!(error.to_string().contains("DATABASE_URL"), "{error}");
        assert_eq!(fs::read(path).unwrap(), before);
    }
    assert_eq!(
        fs::read_dir(folder.path()).unwrap().count(),
        2,
        "nothing was put beside them"
    );
}

#[tokio::test]
async fn a_file_of_a_newer_version_is_left_alone() {
    let (_folder, path) = place();
    let hub = open(&path).await;
    sqlx::raw_sql("PRAGMA user_version = 9")
        .execute(hub.pool())
        .await
        .unwrap();
    hub.close().await;
    let error = Hub::open(&path, clock(), 1).await.unwrap_err();
    assert!(
        matches!(error, SimError::TooNew { found: 9, .. }),
        "{error}"
    );
}

#[tokio::test]
async fn a_second_hub_is_told_that_one_is_running() {
    let (_folder, path) = place();
    let first = open(&path).await;
    let error = Hub::open(&path, clock(), 1).await.unwrap_err();
    assert!(matches!(error, SimError::AlreadyRunning { .. }), "{error}");
    first.close().await;
    open(&path).await;
}

#[tokio::test]
async fn a_live_hub_forgets_old_rows_writes_new_ones_and_stops() {
    let (_folder, path) = place();
    let hub = open(&path).await;
    let aged = |days| AuditRow {
        at: TUESDAY - days * DAY,
        ..AuditRow::default()
    };
    let [_, kept] = hub.insert(&[aged(31), aged(29)]).await.unwrap()[..] else {
        panic!()
    };
    let mut committed = hub.committed();
    committed.mark_unchanged();
    let stop = CancellationToken::new();
    let running = tokio::spawn(hub.run(stop.clone()));
    // The first round forgets; rows come after it.
    committed.wait_for(|rows| *rows >= 4).await.unwrap();
    stop.cancel();
    running.await.unwrap().unwrap();

    let hub = open(&path).await;
    let sql = "SELECT id, timestamp, duration_ms FROM audit_logs ORDER BY id";
    let rows = sqlx::query(sql).fetch_all(hub.pool()).await.unwrap();
    assert_eq!(rows[0].get::<i64, _>(0), kept);
    for row in &rows[1..] {
        let (began, took): (i64, i64) = (row.get(1), row.get(2));
        assert!(began >= TUESDAY && began + took * 1_000 < TUESDAY + 600_000_000);
    }
    assert!(rows.len() >= 3);
    let checked = format!("mcp_servers WHERE last_health_check > {TUESDAY}");
    assert!(count(&hub, &checked).await >= 1);
}
