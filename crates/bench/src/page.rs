//! How long the first visit takes, and what it asks for.

use serde::Serialize;

use crate::machine::Machine;
use crate::report::{Figure, Report};
use crate::stage::{Stage, USABLE, requests};

#[derive(clap::Args, Debug)]
pub(crate) struct Options {
    /// Visits, each with an empty cache
    #[arg(long, default_value_t = 15, value_parser = clap::value_parser!(u32).range(1..=1000))]
    runs: u32,
}

impl Default for Options {
    fn default() -> Options {
        Options { runs: 15 }
    }
}

/// Seconds until something is painted.
const PAINTED: f64 = 0.4;
/// Seconds until the page can be used.
const USED: f64 = 1.0;
const REQUESTS: f64 = 12.0;

/// One visit.
#[derive(Serialize)]
struct Visit {
    painted: f64,
    used: f64,
    requests: Vec<String>,
}

pub(crate) async fn measure(options: &Options) -> Report {
    let stage = Stage::simulated().await;
    let mut visits = Vec::new();
    for _ in 0..options.runs {
        visits.push(visit(&stage).await);
    }
    let all = |of: fn(&Visit) -> f64| visits.iter().map(of).collect::<Vec<f64>>();
    let elsewhere = visits.iter().flat_map(|visit| &visit.requests);
    let elsewhere = elsewhere.filter(|address| stage.path(address).is_none());
    let elsewhere: Vec<&String> = elsewhere.collect();
    let painted = Figure::median("first contentful paint", &all(|visit| visit.painted), "s");
    let used = Figure::median("can be used", &all(|visit| visit.used), "s");
    let requests = all(|visit| visit.requests.len() as f64);
    let others = elsewhere.iter().map(|address| address.as_str());
    let others = others.collect::<Vec<_>>().join(" ");
    Report {
        bench: "page",
        how: format!(
            "median of {} visits, each in a new browser context without a cache; files compressed, \
             from the loopback, simulated hub",
            options.runs
        ),
        machine: Machine::this(stage.chromium.version().await),
        figures: vec![
            painted.most(PAINTED),
            used.most(USED),
            Figure::median("requests", &requests, "").most(REQUESTS),
            Figure::of("to other hosts", elsewhere.len() as f64, "")
                .most(0.0)
                .note(others),
        ],
        samples: serde_json::to_value(&visits).unwrap(),
    }
}

async fn visit(stage: &Stage) -> Visit {
    let viewer = stage.visitor().await;
    // The moment is noted by the page itself, in its first frame that is so.
    let note = format!(
        "const look = () => {{
            if ({USABLE}) window.usableAt = performance.now();
            else requestAnimationFrame(look);
        }};
        requestAnimationFrame(look);"
    );
    viewer.run_first(&format!("(() => {{ {note} }})()")).await;
    viewer.go(&stage.gateway.page()).await;
    let used = viewer
        .until("the page can be used", "window.usableAt")
        .await;
    let requests = requests(&viewer);
    let painted = "performance.getEntriesByName('first-contentful-paint')[0]?.startTime";
    let painted = viewer.until("something is painted", painted).await;
    viewer.leave().await;
    let seconds = |value: serde_json::Value| value.as_f64().unwrap_or(f64::NAN) / 1000.0;
    Visit {
        painted: seconds(painted),
        used: seconds(used),
        requests,
    }
}
