//! How soon events arrive, at one reader and at a thousand, and what that asks of the database.

use std::time::{Duration, Instant};

use hub_sim::generator::Generator;
use serde_json::{Map, Value, json};

use super::filled::Filled;
use super::running::Running;
use crate::readers::{Readers, quantile};
use crate::report::Figure;
use crate::rhythm;

/// Rows a second, and for how long.
const RATE: u32 = 100;
const LONG: Duration = Duration::from_secs(30);
/// How long the last rows may take to arrive.
const LAST: Duration = Duration::from_secs(3);
/// How long the database is watched while nothing is written.
const QUIET: Duration = Duration::from_secs(20);
/// Seconds from commit to event.
const LATEST: f64 = 1.2;
/// Queries with many readers, of those with one: a look more or less.
const SAME: f64 = 1.05;
const CROWD: usize = 1_000;

pub(super) async fn measure(many: &Filled, samples: &mut Map<String, Value>) -> Vec<Figure> {
    let folder = tempfile::tempdir().unwrap();
    let state = folder.path().display().to_string();
    let running = Running::start(many.hub.url(), &state);
    running.ready().await;
    tokio::time::sleep(Duration::from_secs(30)).await;
    let mut figures = Vec::new();
    // First of all, and before anybody writes: the statistics come late of whoever does.
    let one = asked(many, &running, 1).await;
    let thousand = asked(many, &running, CROWD).await;
    for (asked, readers) in [(one, 1), (thousand, CROWD)] {
        let name = format!("transactions a second, {readers} readers");
        figures.push(Figure::of(name, asked, "1/s"));
    }
    let ratio = "transactions of a thousand readers, of one's";
    figures.push(Figure::of(ratio, thousand / one, "times").most(SAME));
    for readers in [1, CROWD] {
        let late = late(many, &running, readers).await;
        let name = format!("commit to event, {readers} readers");
        let [p50, p99, most] = [0.5, 0.99, 1.0].map(|part| quantile(&late, part));
        figures.push(Figure::of(format!("{name}, median"), p50, "s"));
        let p99_of = Figure::of(format!("{name}, p99"), p99, "s").most(LATEST);
        figures.push(p99_of.note(format!("{} arrivals", late.len())));
        samples.insert(name, json!({"p50": p50, "p99": p99, "max": most}));
        eprintln!("{readers} readers: p50 {p50:.3}, p99 {p99:.3}, most {most:.3}");
    }
    let (now, most) = running.memory();
    figures.push(
        Figure::of("resident memory with a thousand readers", now, "MB")
            .note(format!("at most {most:.1}")),
    );
    figures
}

/// Transactions a second while so many read and nothing is written.
async fn asked(many: &Filled, running: &Running, readers: usize) -> f64 {
    let _readers = Readers::open(&running.process.url(), readers).await;
    let began = Instant::now();
    let before = many.transactions().await;
    tokio::time::sleep(QUIET).await;
    // Ours of the first look is in the second.
    (many.transactions().await - before - 1) as f64 / began.elapsed().as_secs_f64()
}

/// Seconds from commit to arrival, of every row at every reader.
async fn late(many: &Filled, running: &Running, readers: usize) -> Vec<f64> {
    let readers = Readers::open(&running.process.url(), readers).await;
    let mut generator = Generator::new(7);
    let writing = rhythm::write(&many.hub, &mut generator, RATE, readers.noting());
    let _ = tokio::time::timeout(LONG, writing).await;
    tokio::time::sleep(LAST).await;
    readers.late()
}
