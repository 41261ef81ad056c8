//! The real program with an embedded database in a folder of its own.

use shared_types::{HubState, Readiness, Status, paths};
use sqlx::SqlitePool;
use tempfile::TempDir;
use testkit::ApiProcess;
use tokio::task::spawn_blocking;

use crate::world::{Hub, until};

/// A folder that the program keeps its file in.
pub(super) struct Room {
    pub(super) folder: TempDir,
}

impl Room {
    pub(super) fn new() -> Room {
        Room {
            folder: TempDir::with_prefix("omni2-stories-").unwrap(),
        }
    }

    /// Its file, as another program opens it.
    pub(super) async fn file(&self) -> SqlitePool {
        let path = self.folder.path().join("omni2.db");
        let url = format!("sqlite://{}", path.display());
        SqlitePool::connect(&url).await.unwrap()
    }

    /// What the program is told.
    pub(super) fn settings(&self) -> Vec<(&'static str, String)> {
        let folder = self.folder.path().display().to_string();
        vec![("STATE_DIR", folder), ("POLL_MS", "50".to_owned())]
    }

    /// Starts the program.
    pub(super) async fn start(&self) -> ApiProcess {
        let settings = self.settings();
        let start = move || ApiProcess::start(&borrowed(&settings));
        spawn_blocking(start).await.unwrap()
    }

    /// Waits until it is live.
    pub(super) async fn is_live(&self, api: &ApiProcess) {
        // Seven days are written in minutes where the machine is slow: as long as it goes on,
        // it is waited for.
        let mut part = -1.0;
        loop {
            let status = until("it to be live, or further", async || {
                let status: Status = read(api, paths::STATUS).await;
                (status.state == HubState::Live || status.progress > part).then_some(status)
            })
            .await;
            if status.state == HubState::Live {
                return;
            }
            part = status.progress;
        }
    }
}

pub(super) fn borrowed<'a>(settings: &'a [(&'static str, String)]) -> Vec<(&'static str, &'a str)> {
    settings
        .iter()
        .map(|(name, told)| (*name, told.as_str()))
        .collect()
}

/// What the program answers, whatever the status.
pub(super) async fn read<T: serde::de::DeserializeOwned>(api: &ApiProcess, path: &str) -> T {
    let answer = reqwest::get(format!("{}{path}", api.url())).await.unwrap();
    answer.json().await.unwrap()
}

/// Why it is not ready; none when it is.
pub(super) async fn not_ready(api: &ApiProcess) -> Option<String> {
    let told: Readiness = read(api, paths::READY).await;
    told.reason
}

/// SQLite finds nothing wrong with the file.
pub(super) async fn is_whole(hub: &Hub) {
    let told: Vec<String> = sqlx::query_scalar("PRAGMA integrity_check")
        .fetch_all(hub.file())
        .await
        .unwrap();
    assert_eq!(told, ["ok"]);
}
