//! A long day: a busy hub, many readers, a page that stays open. Does anything grow?

use std::fmt;
use std::time::{Duration, Instant};

use e2e::{Hub, Viewer, now};
use hub_sim::generator::Generator;
use serde::Serialize;
use serde_json::json;
use shared_types::{Stats, paths};
use tokio::time::{MissedTickBehavior, interval};

use crate::line::grown;
use crate::machine::Machine;
use crate::readers::{Readers, quantile};
use crate::report::{Figure, Report};
use crate::rhythm;
use crate::stage::Stage;
use crate::watched::{self, Watched};

#[derive(clap::Args, Debug)]
pub(crate) struct Options {
    /// How long the day is
    #[arg(long, default_value_t = MINUTES, value_parser = clap::value_parser!(u32).range(1..=1440))]
    minutes: u32,
    /// Calls a second
    #[arg(long, default_value_t = RATE, value_parser = clap::value_parser!(u32).range(1..=400))]
    rate: u32,
    /// Readers of the event stream besides the page
    #[arg(long, default_value_t = READERS, value_parser = clap::value_parser!(u32).range(1..=1000))]
    readers: u32,
}

impl Default for Options {
    fn default() -> Options {
        Options {
            minutes: MINUTES,
            rate: RATE,
            readers: READERS,
        }
    }
}

const MINUTES: u32 = 5;
const RATE: u32 = 200;
const READERS: u32 = 100;
/// How long everything settles before the first look, how often it is looked at, and how long the
/// last calls may take to arrive.
const SETTLE: Duration = Duration::from_mins(2);
const LOOK: Duration = Duration::from_secs(20);
const LAST: Duration = Duration::from_secs(3);

/// MB that the API may hold more in the end than at first, by the straight line through all looks:
/// an hour of calls takes about one.
const MOST_MEMORY: f64 = 5.0;
/// Files and connections.
const MOST_FILES: f64 = 4.0;
/// Seconds from commit to event, and how much more in the end than at first.
const LATEST: f64 = 1.2;
const MOST_LATER: f64 = 0.1;
/// Of the calls that every reader should have learned of: all.
const ALL: f64 = 1.0;
/// Of the calls a second that were asked for: as good as all, else it was an easier day.
const MOST_OF_THEM: f64 = 0.99;

/// One look at the API.
#[derive(Clone, Copy, Debug, Serialize)]
struct Look {
    /// Minutes since the first one.
    at: f64,
    /// Resident memory, bytes.
    resident: u64,
    files: usize,
    /// Seconds from commit to event since the look before: half of them, 99 % of them.
    median: f64,
    late: f64,
}

/// As a line of what is told while it goes on.
impl fmt::Display for Look {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let megabytes = self.resident as f64 / 1e6;
        write!(
            out,
            "{:6.1} min {megabytes:8.2} MB {:6} files   median {:.3} s   p99 {:.3} s",
            self.at, self.files, self.median, self.late
        )
    }
}

pub(crate) async fn measure(options: &Options) -> Report {
    let Watched {
        _cluster,
        hub,
        generator,
        stage,
        viewer,
        held: _,
    } = Watched::begin().await;
    let readers = Readers::open(&stage.api.url(), options.readers as usize).await;
    let writing = write(hub, generator, options.rate, &readers);
    tokio::time::sleep(SETTLE).await;
    let mut day = Day::default();
    let length = Duration::from_secs(u64::from(options.minutes) * 60);
    day.pass(length, &stage, &viewer, &readers).await;
    writing.stop.send(()).unwrap();
    let (hub, written) = writing.done.await.unwrap();
    tokio::time::sleep(LAST).await;
    day.late.extend(readers.late());
    day.whole = readers.whole();
    let complaints = viewer.complaints();
    assert!(complaints.is_empty(), "{complaints:?}");
    shows_them_all(&hub, &stage, &viewer).await;
    viewer.leave().await;
    Report {
        bench: "day",
        how: format!(
            "{} minutes with {} calls a second, {} readers and a page; growth is that of the straight \
             line through {} looks; {} calls were written, and card and table agree",
            options.minutes,
            options.rate,
            options.readers,
            day.looks.len(),
            written.calls,
        ),
        machine: Machine::this(stage.chromium.version().await),
        figures: day.figures(written, options),
        samples: json!({ "api": day.looks, "page": day.pages }),
    }
}

/// Calls that are being written.
struct Writing {
    stop: tokio::sync::oneshot::Sender<()>,
    /// The hub again, and what was written.
    done: tokio::task::JoinHandle<(Hub, Written)>,
}

#[derive(Clone, Copy)]
struct Written {
    calls: u64,
    within: Duration,
}

fn write(hub: Hub, mut generator: Generator, rate: u32, readers: &Readers) -> Writing {
    let (stop, stopped) = tokio::sync::oneshot::channel();
    let mut noting = readers.noting();
    let done = tokio::spawn(async move {
        let began = Instant::now();
        let mut calls = 0;
        let committed = |id, at| {
            calls += 1;
            noting(id, at);
        };
        tokio::select! {
            () = rhythm::write(&hub, &mut generator, rate, committed) => {}
            _ = stopped => {}
        }
        let within = began.elapsed();
        (hub, Written { calls, within })
    });
    Writing { stop, done }
}

/// What was seen of the day so far.
#[derive(Default)]
struct Day {
    looks: Vec<Look>,
    pages: Vec<watched::Look>,
    late: Vec<f64>,
    /// Calls that came with a snapshot.
    whole: usize,
}

impl Day {
    async fn pass(&mut self, length: Duration, stage: &Stage, viewer: &Viewer, readers: &Readers) {
        let began = Instant::now();
        let mut beat = interval(LOOK);
        beat.set_missed_tick_behavior(MissedTickBehavior::Delay);
        while began.elapsed() < length {
            beat.tick().await;
            let at = began.elapsed().as_secs_f64() / 60.0;
            let late = readers.late();
            readers.forget(2 * LOOK);
            let look = Look {
                at,
                resident: stage.api.resident(),
                files: stage.api.open_files(),
                median: quantile(&late, 0.5),
                late: quantile(&late, 0.99),
            };
            eprintln!("{look}");
            self.looks.push(look);
            self.late.extend(late);
            self.pages.push(watched::look(viewer, at).await);
        }
    }

    fn figures(&self, written: Written, options: &Options) -> Vec<Figure> {
        let points = |of: &dyn Fn(&Look) -> f64| -> Vec<(f64, f64)> {
            self.looks.iter().map(|look| (look.at, of(look))).collect()
        };
        let resident = points(&|look| look.resident as f64 / 1e6);
        let files = points(&|look| look.files as f64);
        let late = points(&|look| look.late);
        let expected = written.calls as f64 * f64::from(options.readers);
        let rate = written.calls as f64 / written.within.as_secs_f64();
        let mut figures = vec![
            Figure::of("calls written", rate, "a second")
                .least(MOST_OF_THEM * f64::from(options.rate)),
            Figure::of("commit to event, median", quantile(&self.late, 0.5), "s"),
            Figure::of("commit to event, p99", quantile(&self.late, 0.99), "s").most(LATEST),
            grown(
                "commit to event, p99 of a look, grew",
                "s",
                MOST_LATER,
                &late,
            ),
            Figure::of(
                "calls that readers learned of, of all",
                self.late.len() as f64 / expected,
                "times",
            )
            .least(ALL)
            .note(format!(
                "{} arrivals, {} calls in a snapshot",
                self.late.len(),
                self.whole
            )),
            grown("the API's memory grew", "MB", MOST_MEMORY, &resident),
            grown("files and connections grew", "", MOST_FILES, &files),
        ];
        figures.extend(watched::figures(&self.pages));
        figures
    }
}

/// Card, stream and table agree in the end.
async fn shows_them_all(hub: &Hub, stage: &Stage, viewer: &Viewer) {
    let text = "SELECT count(*) FROM omni2.audit_logs
                WHERE timestamp >= date_trunc('day', now() AT TIME ZONE 'UTC') AT TIME ZONE 'UTC'";
    let count: i64 = sqlx::query_scalar(text)
        .fetch_one(hub.pool())
        .await
        .unwrap();
    let url = format!("{}{}", stage.api.url(), paths::STATS);
    let stats: Stats = reqwest::get(url).await.unwrap().json().await.unwrap();
    assert_eq!(i64::try_from(stats.queries_today), Ok(count), "{}", now());
    let shown = viewer
        .read("document.querySelector('[data-testid=live]').dataset.state")
        .await;
    assert_eq!(shown, "live");
}
