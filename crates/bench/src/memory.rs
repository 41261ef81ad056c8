//! Whether a page that stays open grows, while the hub is busier than hubs are.

use std::time::{Duration, Instant};

use e2e::{Counts, Hub, Viewer, now};
use hub_sim::Generation;
use hub_sim::generator::Generator;
use serde::Serialize;
use testkit::Postgres;
use tokio::time::{MissedTickBehavior, interval};

use crate::machine::Machine;
use crate::report::{Figure, Report};
use crate::stage::{Stage, USABLE};

#[derive(clap::Args, Debug)]
pub(crate) struct Options {
    /// How long the page is watched
    #[arg(long, default_value_t = MINUTES, value_parser = clap::value_parser!(u32).range(1..=1440))]
    minutes: u32,
    /// Calls a second
    #[arg(long, default_value_t = RATE, value_parser = clap::value_parser!(u32).range(1..=40))]
    rate: u32,
}

impl Default for Options {
    fn default() -> Options {
        Options {
            minutes: MINUTES,
            rate: RATE,
        }
    }
}

const MINUTES: u32 = 5;
/// The simulated hub has about one call a second in its busiest hours.
const RATE: u32 = 20;
/// Calls before the page is opened: more than its feed holds.
const PAST: usize = 12_000;
/// How long everything settles before the first look, and how often it is looked at.
const SETTLE: Duration = Duration::from_secs(30);
const LOOK: Duration = Duration::from_secs(5);

/// What may be more in the end than at first, by the straight line through all looks. The
/// same for any length: a longer run is a stricter one.
const MOST_HEAP: f64 = 1.0;
const MOST_WASM: f64 = 1.0;
const MOST_NODES: f64 = 200.0;
const MOST_LISTENERS: f64 = 50.0;

/// Keeps hold of the memory that the page's WebAssembly works in.
const CATCH: &str = "(() => {
    for (const name of ['instantiate', 'instantiateStreaming']) {
        const own = WebAssembly[name];
        WebAssembly[name] = async (...given) => {
            const made = await own.apply(WebAssembly, given);
            const memory = (made.instance ?? made).exports.memory;
            if (memory instanceof WebAssembly.Memory) window.wasmMemory ??= memory;
            return made;
        };
    }
})()";

/// One look at the page.
#[derive(Clone, Copy, Debug, Serialize)]
struct Look {
    /// Minutes since the first one.
    at: f64,
    counts: Counts,
    /// Bytes.
    wasm: f64,
    /// Nodes in the document.
    attached: f64,
}

pub(crate) async fn measure(options: &Options) -> Report {
    let cluster = Postgres::start().unwrap_or_else(|missing| panic!("{missing}"));
    let hub = Hub::create(cluster.create_database(), Generation::A).await;
    let mut generator = Generator::new(7);
    let past = generator.last_arrivals(now(), PAST);
    let past: Vec<_> = past.into_iter().map(|at| generator.call(at)).collect();
    for rows in past.chunks(2_000) {
        hub.write(rows).await;
    }
    let stage = Stage::watching(hub.url()).await;
    let viewer = stage.visitor().await;
    viewer.run_first(CATCH).await;
    viewer.go(&stage.gateway.page()).await;
    viewer.until("the page can be used", USABLE).await;
    let held = fill_feed(&viewer).await;
    let rate = options.rate;
    let writing = tokio::spawn(async move { write(&hub, generator, rate).await });
    tokio::time::sleep(SETTLE).await;
    let looks = watch(
        &viewer,
        Duration::from_secs(u64::from(options.minutes) * 60),
    )
    .await;
    writing.abort();
    let complaints = viewer.complaints();
    assert!(complaints.is_empty(), "{complaints:?}");
    viewer.leave().await;
    Report {
        bench: "memory",
        how: format!(
            "{} minutes with {rate} calls a second, {} looks, each after collecting garbage; growth is \
             that of the straight line through all looks; the feed held {held} px of calls",
            options.minutes,
            looks.len()
        ),
        machine: Machine::this(stage.chromium.version().await),
        figures: figures(&looks),
        samples: serde_json::to_value(&looks).unwrap(),
    }
}

/// Scrolls down until the feed holds all it can, and up again: its height in CSS pixels.
async fn fill_feed(viewer: &Viewer) -> f64 {
    let more = "new Promise((told) => {
        const feed = document.querySelector('[data-testid=feed]');
        const before = feed.scrollHeight;
        feed.scrollTop = before;
        const began = performance.now();
        const look = () => {
            if (feed.scrollHeight > before) told(true);
            else if (performance.now() - began > 3000) told(false);
            else requestAnimationFrame(look);
        };
        look();
    })";
    while viewer.read(more).await == true {}
    let top = "(() => {
        const feed = document.querySelector('[data-testid=feed]');
        feed.scrollTop = 0;
        return feed.scrollHeight;
    })()";
    viewer.read(top).await.as_f64().unwrap_or(f64::NAN)
}

/// Writes calls in an even rhythm until it is stopped.
async fn write(hub: &Hub, mut generator: Generator, rate: u32) {
    let mut beat = interval(Duration::from_secs(1) / rate);
    // What the database held up is not made up for in a burst.
    beat.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        beat.tick().await;
        hub.write(&[generator.call(now())]).await;
    }
}

async fn watch(viewer: &Viewer, length: Duration) -> Vec<Look> {
    let began = Instant::now();
    let mut looks = Vec::new();
    let mut beat = interval(LOOK);
    beat.set_missed_tick_behavior(MissedTickBehavior::Delay);
    while began.elapsed() < length {
        beat.tick().await;
        let at = began.elapsed().as_secs_f64() / 60.0;
        looks.push(look(viewer, at).await);
    }
    looks
}

async fn look(viewer: &Viewer, at: f64) -> Look {
    let counts = viewer.counts().await;
    let wasm = viewer.read("window.wasmMemory?.buffer.byteLength").await;
    let attached = "(() => {
        const walker = document.createTreeWalker(document, NodeFilter.SHOW_ALL);
        let count = 1;
        while (walker.nextNode()) count += 1;
        return count;
    })()";
    let attached = viewer.read(attached).await;
    Look {
        at,
        counts,
        wasm: wasm.as_f64().unwrap_or(f64::NAN),
        attached: attached.as_f64().unwrap_or(f64::NAN),
    }
}

fn figures(looks: &[Look]) -> Vec<Figure> {
    let mega = |bytes: f64| bytes / 1e6;
    let grown = |name, unit, most, of: &dyn Fn(&Look) -> f64| {
        let points: Vec<(f64, f64)> = looks.iter().map(|look| (look.at, of(look))).collect();
        let (first, last) = (points.first().unwrap(), points.last().unwrap());
        let slope = slope(&points);
        let note = format!(
            "{:.3} at first, {:.3} in the end, {:+.3} an hour",
            first.1,
            last.1,
            slope * 60.0
        );
        Figure::of(name, slope * (last.0 - first.0), unit)
            .most(most)
            .note(note)
    };
    vec![
        grown("JavaScript heap grew", "MB", MOST_HEAP, &|look| {
            mega(look.counts.heap)
        }),
        grown("WebAssembly memory grew", "MB", MOST_WASM, &|look| {
            mega(look.wasm)
        }),
        grown("nodes grew", "", MOST_NODES, &|look| look.counts.nodes),
        grown("nodes outside the document grew", "", MOST_NODES, &|look| {
            look.counts.nodes - look.attached
        }),
        grown("event listeners grew", "", MOST_LISTENERS, &|look| {
            look.counts.listeners
        }),
    ]
}

/// Of the straight line with the least squares.
fn slope(points: &[(f64, f64)]) -> f64 {
    let count = points.len() as f64;
    let mean = |of: fn(&(f64, f64)) -> f64| points.iter().map(of).sum::<f64>() / count;
    let (middle, level) = (mean(|point| point.0), mean(|point| point.1));
    let both: f64 = points.iter().map(|(x, y)| (x - middle) * (y - level)).sum();
    let spread: f64 = points.iter().map(|(x, _)| (x - middle).powi(2)).sum();
    both / spread
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_has_its_own_slope_and_noise_has_none() {
        let line: Vec<_> = (0..10)
            .map(|x| (f64::from(x), 3.0 + 2.0 * f64::from(x)))
            .collect();
        assert!((slope(&line) - 2.0).abs() < 1e-9);
        assert!(slope(&[(0.0, 1.0), (1.0, 2.0), (2.0, 2.0), (3.0, 1.0)]).abs() < 1e-9);
    }

    #[test]
    fn a_page_that_grows_too_much_is_found() {
        let at = |minute: i32, nodes: f64| Look {
            at: f64::from(minute),
            counts: Counts {
                heap: 5e6,
                nodes,
                listeners: 9.0,
            },
            wasm: 2e6,
            attached: 900.0,
        };
        let steady: Vec<Look> = (0..6).map(|minute| at(minute, 1_000.0)).collect();
        let leaky: Vec<Look> = (0..6)
            .map(|minute| at(minute, 1_000.0 + 60.0 * f64::from(minute)))
            .collect();
        let bad = |looks: &[Look]| {
            figures(looks)
                .iter()
                .filter(|figure| figure.value > figure.most.unwrap())
                .count()
        };
        assert_eq!((bad(&steady), bad(&leaky)), (0, 2));
    }
}
