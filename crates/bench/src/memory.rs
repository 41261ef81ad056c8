//! Whether a page that stays open grows, while the hub is busier than hubs are.

use std::time::{Duration, Instant};

use e2e::Viewer;
use tokio::time::{MissedTickBehavior, interval};

use crate::machine::Machine;
use crate::report::Report;
use crate::rhythm;
use crate::watched::{Look, Watched, figures, look};

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
/// How long everything settles before the first look, and how often it is looked at.
const SETTLE: Duration = Duration::from_secs(30);
const LOOK: Duration = Duration::from_secs(5);

pub(crate) async fn measure(options: &Options) -> Report {
    let Watched {
        _cluster,
        hub,
        mut generator,
        stage,
        viewer,
        held,
    } = Watched::begin().await;
    let rate = options.rate;
    let writing = tokio::spawn(async move {
        rhythm::write(&hub, &mut generator, rate, |_, _| ()).await;
    });
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
