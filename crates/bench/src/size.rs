//! How many bytes the first visit loads.
//!
//! What counts is what the browser asks for until the page can be used, nothing pressed;
//! the rest is fetched on demand, and told apart.

use e2e::DistFile;

use crate::machine::Machine;
use crate::report::{Figure, Report};
use crate::stage::{Stage, requests};

/// kB of 1000 bytes, compressed.
const BUDGET: f64 = 250.0;

pub(crate) async fn measure() -> Report {
    let stage = Stage::simulated().await;
    let viewer = stage.visit().await;
    // A browser with a window also asks for the page's icon.
    let icon = "document.querySelector('link[rel~=icon]')?.href ?? ''";
    let icon = viewer.read(icon).await;
    let mut requests = requests(&viewer);
    requests.push(icon.as_str().unwrap_or_default().to_owned());
    viewer.leave().await;
    let asked: Vec<&str> = requests.iter().filter_map(|one| stage.path(one)).collect();
    let asked = |path: &str| asked.contains(&path) || (path == "index.html" && asked.contains(&""));
    let mut first: Vec<_> = stage.dist.files().collect();
    first.sort_by_key(|(_, file)| std::cmp::Reverse(file.sent().len()));
    let (first, later): (Vec<_>, Vec<_>) = first.into_iter().partition(|(path, _)| asked(path));
    let all = first.iter().map(|(_, file)| file.sent().len()).sum();
    let raw = first.iter().map(|(_, file)| file.raw.len()).sum();
    let mut figures: Vec<Figure> = first.iter().map(|file| figure(file, "")).collect();
    let sum = Figure::of("first load", kilo(all), "kB").most(BUDGET);
    figures.push(sum.note(format!("{:.1} kB raw", kilo(raw))));
    figures.extend(later.iter().map(|file| figure(file, "on demand: ")));
    Report {
        bench: "size",
        how: "files of the first visit, brotli quality 11, window 24; 1 kB is 1000 bytes".into(),
        machine: Machine::this(stage.chromium.version().await),
        figures,
        samples: requests.into(),
    }
}

fn figure((path, file): &(&str, &DistFile), prefix: &str) -> Figure {
    let note = format!("{:.1} kB raw", kilo(file.raw.len()));
    Figure::of(format!("{prefix}{path}"), kilo(file.sent().len()), "kB").note(note)
}

fn kilo(bytes: usize) -> f64 {
    bytes as f64 / 1000.0
}
