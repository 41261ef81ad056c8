//! The program, as containers start it: again and again on the same database.
//!
//! Needs `OMNI2_TEST_POSTGRES`: the URL of a server where databases can be made.
#![allow(clippy::unwrap_used, reason = "a test that fails may panic")]

use std::process::{Command, Output};

#[expect(dead_code, reason = "this story needs a part of what the others share")]
mod database;

use database::Database;
use sqlx::ConnectOptions;

fn fill(database: &Database, more: &[&str]) -> Output {
    let url = database.pool.connect_options().to_url_lossy().to_string();
    Command::new(env!("CARGO_BIN_EXE_hub-sim"))
        .args(["--own", "--rows", "500"])
        .args(more)
        .env("DATABASE_URL", url)
        .output()
        .unwrap()
}

#[tokio::test]
async fn a_past_is_written_once_however_often_it_is_started() {
    let Some(database) = Database::make().await else {
        return;
    };
    for _ in 0..2 {
        let done = fill(&database, &["--if-empty"]);
        assert!(
            done.status.success(),
            "{}",
            String::from_utf8_lossy(&done.stderr)
        );
        assert_eq!(database.count("omni2.audit_logs").await, 500);
    }
    // Without the word it does not guess.
    let refused = fill(&database, &[]);
    assert!(!refused.status.success());
    let said = String::from_utf8_lossy(&refused.stderr).into_owned();
    assert!(said.contains("--if-empty"), "{said}");
    assert_eq!(database.count("omni2.audit_logs").await, 500);
    database.drop().await;
}
