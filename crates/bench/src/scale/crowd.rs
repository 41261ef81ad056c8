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
const QUIET: Duration = Duration::from_secs(10);
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
    let readers = Readers::open(&running.process.url(), readers).await;
    let began = Instant::now();
    let before = many.transactions().await;
    tokio::time::sleep(QUIET).await;
    // Ours of the first look is in the second.
    let asked = (many.transactions().await - before - 1) as f64 / began.elapsed().as_secs_f64();
    let mut generator = Generator::new(7);
    let writing = rhythm::write(&many.hub, &mut generator, RATE, readers.noting());
    let _ = tokio::time::timeout(LONG, writing).await;
    tokio::time::sleep(LAST).await;
    (readers.late(), asked)
}
