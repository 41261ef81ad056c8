//! How soon events arrive, at one reader and at a thousand, and what that asks of the database.

use std::collections::HashMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use e2e::now;
use hub_sim::generator::Generator;
use parking_lot::Mutex;
use serde_json::{Map, Value, json};
use shared_types::paths;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::task::JoinSet;
use tokio::time::{MissedTickBehavior, interval};

use super::filled::Filled;
use super::running::Running;
use crate::report::Figure;

/// Rows a second, and for how long.
const RATE: u32 = 100;
const LONG: Duration = Duration::from_secs(30);
/// How long the database is watched while nothing is written.
const QUIET: Duration = Duration::from_secs(10);
/// Seconds from commit to event.
const LATEST: f64 = 1.2;
/// Queries with many readers, of those with one: a look more or less.
const SAME: f64 = 1.05;
const CROWD: usize = 1_000;

/// When the row with an id was committed, and when each reader had it.
#[derive(Default)]
struct Seen {
    committed: HashMap<i64, Instant>,
    /// The rows that an event tells of, by the event's id: every reader has the same events.
    told: HashMap<String, Vec<i64>>,
    /// Seconds.
    late: Vec<f64>,
}

pub(super) async fn measure(many: &Filled, samples: &mut Map<String, Value>) -> Vec<Figure> {
    let folder = tempfile::tempdir().unwrap();
    let state = folder.path().display().to_string();
    let running = Running::start(many.hub.url(), &state);
    running.ready().await;
    tokio::time::sleep(Duration::from_secs(30)).await;
    let mut figures = Vec::new();
    let mut queries = Vec::new();
    for readers in [1, CROWD] {
        let (late, asked) = crowd(many, &running, readers).await;
        let name = format!("commit to event, {readers} readers");
        figures.push(Figure::of(
            format!("{name}, median"),
            quantile(&late, 0.5),
            "s",
        ));
        let p99 = Figure::of(format!("{name}, p99"), quantile(&late, 0.99), "s").most(LATEST);
        figures.push(p99.note(format!("{} arrivals", late.len())));
        figures.push(Figure::of(
            format!("transactions a second, {readers} readers"),
            asked,
            "1/s",
        ));
        queries.push(asked);
        samples.insert(name, json!({"p50": quantile(&late, 0.5), "p99": quantile(&late, 0.99), "max": quantile(&late, 1.0)}));
        eprintln!(
            "{readers} readers: p99 {:.3}, {asked:.2} transactions a second",
            quantile(&late, 0.99)
        );
    }
    let (now, most) = running.memory();
    figures.push(
        Figure::of("resident memory with a thousand readers", now, "MB")
            .note(format!("at most {most:.1}")),
    );
    if let [one, thousand] = queries.as_slice() {
        figures.push(
            Figure::of(
                "transactions of a thousand readers, of one's",
                thousand / one,
                "times",
            )
            .most(SAME),
        );
    }
    figures
}

/// Seconds from commit to arrival, of every row at every reader; and transactions a second
/// while nothing is written.
async fn crowd(many: &Filled, running: &Running, readers: usize) -> (Vec<f64>, f64) {
    let seen = Arc::new(Mutex::new(Seen::default()));
    let open = Arc::new(AtomicUsize::new(0));
    let host = running
        .process
        .url()
        .trim_start_matches("http://")
        .to_owned();
    let mut all = JoinSet::new();
    for _ in 0..readers {
        all.spawn(read(host.clone(), Arc::clone(&seen), Arc::clone(&open)));
    }
    while open.load(Ordering::Relaxed) < readers {
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    let began = Instant::now();
    let before = many.transactions().await;
    tokio::time::sleep(QUIET).await;
    // Ours of the first look is in the second.
    let asked = (many.transactions().await - before - 1) as f64 / began.elapsed().as_secs_f64();
    write(many, &seen).await;
    all.abort_all();
    while all.join_next().await.is_some() {}
    let late = std::mem::take(&mut seen.lock().late);
    (late, asked)
}

/// Commits rows in an even rhythm, and waits until the last ones have arrived.
async fn write(many: &Filled, seen: &Arc<Mutex<Seen>>) {
    let mut generator = Generator::new(7);
    let mut beat = interval(Duration::from_secs(1) / RATE);
    beat.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let began = Instant::now();
    while began.elapsed() < LONG {
        beat.tick().await;
        for id in many.hub.write(&[generator.call(now())]).await {
            seen.lock().committed.insert(id, Instant::now());
        }
    }
    tokio::time::sleep(Duration::from_secs(3)).await;
}

/// Reads one stream; notes when each row that was committed arrives.
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
    let ids = told
        .entry(id.to_owned())
        .or_insert_with(|| rows(line("data: ").unwrap_or_default()));
    for id in ids {
        if let Some(committed) = committed.get(id) {
            late.push(arrived.saturating_duration_since(*committed).as_secs_f64());
        }
    }
}

/// The ids of the rows that are new in a delta.
fn rows(delta: &str) -> Vec<i64> {
    let delta: Value = serde_json::from_str(delta).unwrap();
    let new = delta
        .pointer("/activity/new")
        .and_then(Value::as_array)
        .into_iter()
        .flatten();
    new.filter_map(|row| row.get("id")?.as_i64()).collect()
}

fn quantile(values: &[f64], part: f64) -> f64 {
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
