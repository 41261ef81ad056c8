//! How soon it is ready, from nothing and from what it kept.

use std::time::Duration;

use serde_json::{Map, Value, json};

use super::filled::Filled;
use super::running::Running;
use crate::report::Figure;

/// Starts of each kind.
const TIMES: usize = 5;
/// Times a count and sum over the same rows.
const TODAY: f64 = 2.0;
const ALL: f64 = 15.0;
const AGAIN: f64 = 1.0;
/// Seconds to the first answer from the embedded database.
const EMBEDDED: f64 = 0.5;
/// MB.
const MEMORY: f64 = 80.0;
/// Milliseconds of processor time.
const TICK: f64 = 1.0;
/// After a start each quarter-hour of the last 48 hours is read once more, which takes that long.
const ROUND: Duration = Duration::from_mins(9);
/// How long nothing happens, seconds, and polls in a second.
const IDLE: u32 = 60;
const POLLS: f64 = 2.0;

pub(super) async fn measure(many: &Filled, samples: &mut Map<String, Value>) -> Vec<Figure> {
    // What the database holds in memory is the same for everybody from here on.
    many.yardstick().await;
    let (mut scans, mut today, mut all, mut again) = (vec![], vec![], vec![], vec![]);
    let (mut memory, mut most) = (vec![], vec![]);
    for _ in 0..TIMES {
        scans.push(many.yardstick().await);
        let folder = tempfile::tempdir().unwrap();
        let state = folder.path().display().to_string();
        let expected = many.today().await;
        let cold = Running::start(many.hub.url(), &state);
        let (status, warming) = cold.get("/api/v1/status").await;
        assert_eq!(
            (status, warming.get("state")),
            (200, Some(&json!("warming"))),
            "{warming}"
        );
        let right = |status: u16, body: &Value| {
            status == 200
                && body
                    .get("queries_today")
                    .and_then(Value::as_u64)
                    .is_some_and(|count| count >= expected)
        };
        today.push(cold.until("/api/v1/dashboard/stats", right).await);
        all.push(cold.ready().await);
        tokio::time::sleep(Duration::from_secs(2)).await;
        assert!(cold.process.stop(), "it leaves without an error");
        scans.push(many.yardstick().await);
        let warm = Running::start(many.hub.url(), &state);
        again.push(warm.ready().await);
        assert!(right(200, &warm.get("/api/v1/dashboard/stats").await.1));
        // It says so once it serves: what it writes comes a moment after what it answers.
        let taken_up = async || {
            warm.process
                .logged()
                .contains("taken up from where it was kept")
        };
        e2e::until("history to be taken up from where it was kept", taken_up).await;
        let (now, highest) = warm.memory();
        memory.push(now);
        most.push(highest);
        eprintln!(
            "scan {scans:.2?} today {today:.2?} all {all:.2?} again {again:.2?} memory {most:.1?}"
        );
    }
    let scan = Figure::median("a count and sum of all rows", &scans, "s");
    let ratio = |name: &str, values: &[f64], most: f64| {
        let of: Vec<f64> = values.iter().map(|value| value / scan.value).collect();
        Figure::median(name, &of, "times").most(most)
    };
    let figures = vec![
        scan.clone(),
        Figure::median("cold start, today's figures right", &today, "s"),
        ratio("cold start, today's figures right", &today, TODAY),
        Figure::median("cold start, all ready", &all, "s"),
        ratio("cold start, all ready", &all, ALL),
        Figure::median("restart with what was kept, all ready", &again, "s"),
        ratio("restart with what was kept, all ready", &again, AGAIN),
        Figure::median("resident memory after a restart", &memory, "MB"),
        Figure::median("resident memory, the most there ever was", &most, "MB").most(MEMORY),
        idle(many).await,
    ];
    let told = json!({"scan": scans, "today": today, "all": all, "again": again, "memory": most});
    samples.insert("starts".to_owned(), told);
    figures
}

/// Processor time of one look at a table to which nothing comes, once the last hours were compared.
async fn idle(many: &Filled) -> Figure {
    let folder = tempfile::tempdir().unwrap();
    let state = folder.path().display().to_string();
    let running = Running::start(many.hub.url(), &state);
    running.ready().await;
    tokio::time::sleep(ROUND).await;
    let before = running.processor();
    tokio::time::sleep(Duration::from_secs(IDLE.into())).await;
    let used = running.processor() - before;
    let each = used * 1_000.0 / (f64::from(IDLE) * POLLS);
    Figure::of("processor time of a tick without new rows", each, "ms")
        .most(TICK)
        .note(format!("{IDLE} s without anything new, two ticks a second"))
}

/// How soon the embedded database answers.
pub(super) async fn embedded(samples: &mut Map<String, Value>) -> Vec<Figure> {
    let folder = tempfile::tempdir().unwrap();
    let state = folder.path().display().to_string();
    let hub = format!("sqlite://{state}/omni2.db");
    let cards = |status: u16, _: &Value| status == 200;
    let path = "/api/v1/dashboard/stats";
    let first = Running::start(&hub, &state);
    let written = first.ready().await;
    assert!(first.process.stop(), "it leaves without an error");
    let (mut health, mut answers) = (vec![], vec![]);
    for _ in 0..TIMES {
        let running = Running::start(&hub, &state);
        health.push(running.until("/health", cards).await);
        answers.push(running.until(path, cards).await);
        running.ready().await;
        assert!(running.process.stop(), "it leaves without an error");
    }
    samples.insert(
        "embedded".to_owned(),
        json!({"health": health, "answers": answers}),
    );
    vec![
        Figure::of(
            "embedded, first start ever, seven days written",
            written,
            "s",
        ),
        Figure::median("embedded, process start to /health", &health, "s"),
        Figure::median("embedded, process start to today's figures", &answers, "s").most(EMBEDDED),
    ]
}
