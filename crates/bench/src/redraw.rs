//! How quickly a chart with many points follows a hand that drags it.

use e2e::{Device, Opening, Viewer};
use serde::Serialize;

use crate::machine::Machine;
use crate::report::{Figure, Report};
use crate::stage::{Stage, USABLE};

#[derive(clap::Args, Debug)]
pub(crate) struct Options {
    /// Times the chart is dragged from one side to the other and back
    #[arg(long, default_value_t = SWEEPS, value_parser = clap::value_parser!(u32).range(1..=1000))]
    sweeps: u32,
}

impl Default for Options {
    fn default() -> Options {
        Options { sweeps: SWEEPS }
    }
}

const SWEEPS: u32 = 20;

/// Points in view, and the milliseconds that a frame may take then. The first is what a
/// board usually shows: the yardstick.
const SIZES: [(u32, Option<f64>); 3] = [(240, None), (10_000, Some(8.0)), (100_000, Some(16.0))];
/// Milliseconds from frame to frame at 60 frames a second, and half a frame for a clock
/// that is not in step.
const FRAME: f64 = 1000.0 / 60.0 * 1.5;

/// A desk with a screen as fine as they are today.
const SCREEN: Device = Device {
    ratio: 2.0,
    ..Device::DESK
};

/// What one drag was like.
#[derive(Debug, Serialize)]
struct Drag {
    points: u32,
    /// Milliseconds of work in each frame.
    work: Vec<f64>,
    /// Milliseconds from each frame to the next.
    apart: Vec<f64>,
}

pub(crate) async fn measure(options: &Options) -> Report {
    let stage = Stage::simulated().await;
    let mut drags = Vec::new();
    for (points, _) in SIZES {
        drags.push(drag(&stage, points, options.sweeps).await);
    }
    let yardstick = drags.first().map(|drag| median(&drag.work)).unwrap();
    let figures = drags.iter().zip(SIZES).flat_map(|(drag, (points, most))| {
        let work = Figure::median(format!("redraw, {points} points"), &drag.work, "ms");
        let apart = format!("from frame to frame, {points} points");
        let apart = Figure::median(&apart, &drag.apart, "ms").most(FRAME);
        let times = work.value / yardstick;
        let note = format!("{times:.2} times that of {}; {}", SIZES[0].0, work.note);
        let work = work.note(note);
        [most.map_or(work.clone(), |most| work.most(most)), apart]
    });
    Report {
        bench: "redraw",
        how: format!(
            "medians over the frames of {} sweeps of a real mouse, DPR 2, all that is drawn in a frame: \
             both charts over time follow the hand, with as many points in view in each",
            options.sweeps
        ),
        machine: Machine::this(stage.chromium.version().await),
        figures: figures.collect(),
        samples: serde_json::to_value(&drags).unwrap(),
    }
}

fn median(values: &[f64]) -> f64 {
    Figure::median("", values, "").value
}

async fn drag(stage: &Stage, points: u32, sweeps: u32) -> Drag {
    let opening = Opening::on(SCREEN).uncached();
    let viewer = opening.before(stage.chromium.clone()).await;
    // The page asks for as much again around what is in view.
    let script = format!("({})({})", include_str!("redraw.js").trim(), points * 2);
    viewer.run_first(&script).await;
    viewer
        .go(&format!("{}?range=7d", stage.gateway.page()))
        .await;
    viewer.until("the page can be used", USABLE).await;
    let middle = viewer
        .place_in(
            "queries",
            "(plan) => [plan.axes.plot.left \
        + plan.axes.plot.width / 2, plan.axes.plot.top + plan.axes.plot.height / 2]",
        )
        .await;
    closer(&viewer, middle, points).await;
    viewer.hold(middle).await;
    viewer.read("void window.frames_drawn.clear()").await;
    let (left, right) = ((middle.0 - 120.0, middle.1), (middle.0 + 120.0, middle.1));
    viewer.drag_on(middle, left).await;
    for _ in 0..sweeps {
        viewer.drag_on(left, right).await;
        viewer.drag_on(right, left).await;
    }
    let frames = viewer.read("[...window.frames_drawn]").await;
    viewer.let_go(left).await;
    viewer.leave().await;
    let frames: Vec<(f64, f64)> = serde_json::from_value(frames).unwrap();
    let apart = frames.iter().zip(frames.iter().skip(1));
    let apart = apart.map(|(before, after)| after.0 - before.0);
    Drag {
        points,
        work: frames.iter().map(|frame| frame.1).collect(),
        apart: apart.collect(),
    }
}

/// Looks closer, and waits until the finer figures are drawn.
async fn closer(viewer: &Viewer, at: (f64, f64), points: u32) {
    for _ in 0..4 {
        viewer.wheel(at, -120.0).await;
    }
    let as_many = format!(
        "JSON.parse(document.querySelector('[data-testid=chart-response-times] canvas').plan)
            .shown[1] >= {points} * 0.98"
    );
    viewer.until("finer figures are drawn", &as_many).await;
}
