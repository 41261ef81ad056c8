//! Readers of the event stream, any number of them: how soon does each learn of each call?

use std::collections::HashMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use parking_lot::Mutex;
use serde_json::Value;
use shared_types::paths;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::task::JoinSet;

/// Readers of one API, until they are dropped.
pub(crate) struct Readers {
    seen: Arc<Mutex<Seen>>,
    /// Their connections end with it.
    _all: JoinSet<()>,
}

/// When each call was committed, and when each reader had it.
#[derive(Default)]
struct Seen {
    committed: HashMap<i64, Instant>,
    /// The calls that an event tells of, by the event's id, and when that came first: every
    /// reader has the same events.
    told: HashMap<String, (Instant, Vec<i64>)>,
    /// Seconds.
    late: Vec<f64>,
}

impl Readers {
    /// Opens so many streams of `http://host:port`, and waits until each has its first event.
    pub(crate) async fn open(url: &str, count: usize) -> Readers {
        let host = url.trim_start_matches("http://").to_owned();
        let seen = Arc::new(Mutex::new(Seen::default()));
        let open = Arc::new(AtomicUsize::new(0));
        let mut all = JoinSet::new();
        for _ in 0..count {
            all.spawn(read(host.clone(), Arc::clone(&seen), Arc::clone(&open)));
        }
        while open.load(Ordering::Relaxed) < count {
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        Readers { seen, _all: all }
    }

    /// Notes when a call was committed; for whoever writes it.
    pub(crate) fn noting(&self) -> impl FnMut(i64, Instant) + Send + use<> {
        let seen = Arc::clone(&self.seen);
        move |id, at| {
            seen.lock().committed.insert(id, at);
        }
    }

    /// Seconds from commit to arrival, of every call at every reader, since this was asked last.
    pub(crate) fn late(&self) -> Vec<f64> {
        std::mem::take(&mut self.seen.lock().late)
    }

    /// Forgets calls and events that are older than that: no reader still waits for them.
    pub(crate) fn forget(&self, age: Duration) {
        let mut seen = self.seen.lock();
        seen.committed.retain(|_, at| at.elapsed() < age);
        seen.told.retain(|_, (at, _)| at.elapsed() < age);
    }
}

/// Reads one stream; notes when each call that was committed arrives.
async fn read(host: String, seen: Arc<Mutex<Seen>>, open: Arc<AtomicUsize>) {
    let mut stream = TcpStream::connect(&host).await.unwrap();
    let asked = format!("GET {} HTTP/1.1\r\nhost: {host}\r\n\r\n", paths::STREAM);
    stream.write_all(asked.as_bytes()).await.unwrap();
    let mut text = Vec::new();
    let mut is_open = false;
    loop {
        if stream.read_buf(&mut text).await.unwrap_or(0) == 0 {
            return;
        }
        let arrived = Instant::now();
        while let Some(end) = text.windows(2).position(|two| two == b"\n\n") {
            let event: Vec<u8> = text.drain(..end + 2).collect();
            if !is_open {
                open.fetch_add(1, Ordering::Relaxed);
                is_open = true;
            }
            note(&event, arrived, &seen);
        }
    }
}

fn note(event: &[u8], arrived: Instant, seen: &Mutex<Seen>) {
    let Ok(text) = std::str::from_utf8(event) else {
        return;
    };
    let line = |name: &str| text.lines().find_map(|line| line.strip_prefix(name));
    let (Some(id), Some("delta")) = (line("id: "), line("event: ")) else {
        return;
    };
    let mut guard = seen.lock();
    let Seen {
        committed,
        told,
        late,
    } = &mut *guard;
    let (_, ids) = told
        .entry(id.to_owned())
        .or_insert_with(|| (arrived, rows(line("data: ").unwrap_or_default())));
    for id in ids {
        if let Some(committed) = committed.get(id) {
            late.push(arrived.saturating_duration_since(*committed).as_secs_f64());
        }
    }
}

/// The ids of the calls that are new in a delta.
fn rows(delta: &str) -> Vec<i64> {
    let delta: Value = serde_json::from_str(delta).unwrap();
    let new = delta
        .pointer("/activity/new")
        .and_then(Value::as_array)
        .into_iter()
        .flatten();
    new.filter_map(|row| row.get("id")?.as_i64()).collect()
}

/// The value that such a part of all values does not exceed.
pub(crate) fn quantile(values: &[f64], part: f64) -> f64 {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    let last = sorted.len().saturating_sub(1) as f64;
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a place among the values"
    )]
    let place = (last * part).round() as usize;
    sorted.get(place).copied().unwrap_or(f64::NAN)
}
