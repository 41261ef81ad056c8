//! Somebody who reads the description and tries all that it allows, and what it does not.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use hub_sim::AuditRow;
use shared_types::{HubState, Status, paths};
use tempfile::TempDir;
use testkit::{ApiProcess, Missing, skip_or_fail};
use timeline::MINUTE;
use tokio::task::spawn_blocking;

use crate::world::{Hub, Kind, told, until};

/// Where xtask has put it.
const FOLDER: &str = "OMNI2_SCHEMATHESIS";

fn schemathesis() -> Result<PathBuf, Missing> {
    let told = std::env::var_os(FOLDER).map(PathBuf::from);
    let missing = || Missing {
        program: format!("Schemathesis ({FOLDER})"),
        package: "schemathesis from PyPI, as `cargo xtask test` does",
    };
    told.filter(|folder| folder.is_dir()).ok_or_else(missing)
}

#[expect(
    clippy::disallowed_methods,
    reason = "the program's clock is the wall's"
)]
fn some_calls() -> Vec<AuditRow> {
    let now = jiff::Timestamp::now().as_microsecond();
    let row = |n: i64| AuditRow {
        at: now - n * 7 * MINUTE,
        user_id: Some(1 + n % 5),
        message: Some("What changed since Friday?".to_owned()),
        mcp_target: Some("Git MCP".to_owned()),
        tool_params: Some(r#"{"since": "Friday"}"#.to_owned()),
        duration_ms: (n % 3 > 0).then_some(n * 10),
        cost: Some("0.01".to_owned()),
        success: n % 4 > 0,
        ..AuditRow::default()
    };
    (0..200).map(row).collect()
}

async fn the_api_keeps_what_its_description_says(hub: &Hub) {
    let folder = match schemathesis() {
        Ok(folder) => folder,
        Err(missing) => return skip_or_fail(&missing),
    };
    hub.insert(&some_calls()).await;
    let address = hub.url.clone();
    let api = spawn_blocking(move || ApiProcess::start(&[("DATABASE_URL", &address)]));
    let api = api.await.unwrap();
    let url = api.url();
    until("it to be live", async || {
        let status = reqwest::get(format!("{url}{}", paths::STATUS))
            .await
            .unwrap();
        let status: Status = status.json().await.unwrap();
        (status.state == HubState::Live).then_some(())
    })
    .await;
    let report = spawn_blocking(move || {
        // It leaves notes where it runs.
        let place = TempDir::new().unwrap();
        for name in ["schemathesis.toml", "hooks.py"] {
            let settings = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/schemathesis");
            std::fs::copy(settings.join(name), place.path().join(name)).unwrap();
        }
        Command::new("python3")
            .args(["-m", "schemathesis.cli", "run"])
            .arg(format!("{url}{}", paths::OPENAPI))
            .current_dir(place.path())
            .env("PYTHONPATH", &folder)
            .env("PYTHONDONTWRITEBYTECODE", "1")
            .stdin(Stdio::null())
            .output()
    });
    let report = report.await.unwrap().unwrap();
    assert!(
        report.status.success(),
        "{}\n{}",
        String::from_utf8_lossy(&report.stdout),
        String::from_utf8_lossy(&report.stderr)
    );
    spawn_blocking(move || api.stop()).await.unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_machine_that_reads_the_description() {
    told(Kind::Embedded, the_api_keeps_what_its_description_says).await;
}
