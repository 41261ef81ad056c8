//! The API as a process of its own.

use std::time::{Duration, Instant};

use serde_json::Value;
use testkit::ApiProcess;

/// Longer than any start that is worth measuring.
const PATIENCE: Duration = Duration::from_mins(2);
/// How often it is asked whether it is ready.
const LOOK: Duration = Duration::from_millis(2);

/// The API, and since when.
pub(super) struct Running {
    pub(super) process: ApiProcess,
    pub(super) began: Instant,
    client: reqwest::Client,
}

impl Running {
    /// Starts it on this hub, with this folder for what it keeps.
    pub(super) fn start(hub: &str, state: &str) -> Running {
        let began = Instant::now();
        let process = ApiProcess::start(&[("DATABASE_URL", hub), ("STATE_DIR", state)]);
        Running {
            process,
            began,
            client: reqwest::Client::builder()
                .no_gzip()
                .no_brotli()
                .build()
                .unwrap(),
        }
    }

    /// What it answers.
    pub(super) async fn get(&self, path: &str) -> (u16, Value) {
        let url = format!("{}{path}", self.process.url());
        let answer = self.client.get(url).send().await.unwrap();
        let status = answer.status().as_u16();
        let body = answer.bytes().await.unwrap();
        (status, serde_json::from_slice(&body).unwrap_or_default())
    }

    /// The size of an answer, bytes.
    pub(super) async fn size(&self, path: &str) -> usize {
        let url = format!("{}{path}", self.process.url());
        let answer = self.client.get(url).send().await.unwrap();
        assert_eq!(answer.status().as_u16(), 200, "{path}");
        answer.bytes().await.unwrap().len()
    }

    /// Asks until the answer is as wanted: seconds since the process was started.
    pub(super) async fn until(&self, path: &str, wanted: impl Fn(u16, &Value) -> bool) -> f64 {
        loop {
            let (status, body) = self.get(path).await;
            let took = self.began.elapsed();
            if wanted(status, &body) {
                return took.as_secs_f64();
            }
            assert!(took < PATIENCE, "{path} is still {status}: {body}");
            tokio::time::sleep(LOOK).await;
        }
    }

    /// Waits until it is ready: seconds since the process was started.
    pub(super) async fn ready(&self) -> f64 {
        self.until("/ready", |status, _| status == 200).await
    }

    /// Resident memory now and at most so far, MB of 10^6 bytes.
    pub(super) fn memory(&self) -> (f64, f64) {
        let (now, most) = (self.process.resident(), self.process.most_resident());
        (now as f64 / 1e6, most as f64 / 1e6)
    }

    /// Processor time that its threads have used so far, seconds. Threads that have ended are not
    /// among them.
    pub(super) fn processor(&self) -> f64 {
        let threads = std::fs::read_dir(format!("/proc/{}/task", self.process.id())).unwrap();
        let used = threads.filter_map(|thread| {
            let told = std::fs::read_to_string(thread.ok()?.path().join("schedstat")).ok()?;
            // Nanoseconds: what `stat` tells is counted in hundredths of a second.
            told.split(' ').next()?.parse::<f64>().ok()
        });
        used.sum::<f64>() / 1e9
    }
}
