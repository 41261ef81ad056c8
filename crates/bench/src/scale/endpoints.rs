//! Requests a second of each endpoint: beside a constant of the same size, with many rows and
//! with few, and beside SQL for each request.

use std::time::Duration;

use serde_json::{Map, Value, json};
use shared_types::paths;

use super::filled::Filled;
use super::load::{CONNECTIONS, rate};
use super::reference::{QUESTIONS, Reference};
use super::running::Running;
use crate::report::Figure;

/// How long each is asked at a time, and how many times in turn: there and back again, so that
/// a machine that becomes slower or quicker meanwhile is the same for all.
const LONG: Duration = Duration::from_millis(250);
const TURNS: usize = 31;
/// SQL is asked for as long once.
const SLOW: Duration = Duration::from_secs(5);

/// Of a constant's requests a second.
const OF_CONSTANT: f64 = 0.75;
/// Of those with few rows.
const OF_FEW: f64 = 0.95;
/// Times those of SQL.
const TIMES_SQL: f64 = 100.0;

const ENDPOINTS: [(&str, &str); 7] = [
    ("stats", paths::STATS),
    ("activity", paths::ACTIVITY),
    ("queries", paths::QUERIES),
    ("cost", paths::COST),
    ("response times", paths::RESPONSE_TIMES),
    ("errors", paths::ERRORS),
    ("snapshot", paths::SNAPSHOT),
];

/// Answers a second of each, asked one after the other and then the other way round.
async fn there_and_back<const N: usize>(asked: &[(String, &str); N]) -> [f64; N] {
    let mut rates = [0.0; N];
    let mut pairs: Vec<_> = rates.iter_mut().zip(asked).collect();
    for _ in 0..2 {
        for (rate_of, (url, path)) in &mut pairs {
            **rate_of += rate(url, path, LONG).await / 2.0;
        }
        pairs.reverse();
    }
    rates
}

pub(super) async fn measure(
    few: &Filled,
    some: &Filled,
    many: &Filled,
    samples: &mut Map<String, Value>,
) -> Vec<Figure> {
    let folder = tempfile::tempdir().unwrap();
    let state = folder.path().display().to_string();
    let [of_few, of_some, of_many] =
        [few, some, many].map(|hub| Running::start(hub.hub.url(), &state));
    for running in [&of_few, &of_some, &of_many] {
        running.ready().await;
    }
    // After a start everything is compared with the database once more.
    tokio::time::sleep(Duration::from_secs(30)).await;
    let reference = Reference::start(some.hub.url());
    let mut figures = Vec::new();
    let mut told = Map::new();
    for (name, path) in ENDPOINTS {
        let size = of_some.size(path).await;
        let constant = format!("/constant/{size}");
        let mut turns: [Vec<f64>; 4] = Default::default();
        for _ in 0..TURNS {
            let asked = [
                (of_some.process.url(), path),
                (reference.url.clone(), constant.as_str()),
                (of_many.process.url(), path),
                (of_few.process.url(), path),
            ];
            for (turn, rate) in turns.iter_mut().zip(there_and_back(&asked).await) {
                turn.push(rate);
            }
        }
        let [here, constants, large, small] = &turns;
        let ratio = |of: &[f64], by: &[f64]| -> Vec<f64> {
            of.iter().zip(by).map(|(of, by)| of / by).collect()
        };
        figures.push(
            Figure::median(format!("{name}: requests a second"), here, "1/s")
                .note(format!("{size} bytes")),
        );
        figures.push(
            Figure::median(
                format!("{name}: of a constant's"),
                &ratio(here, constants),
                "times",
            )
            .least(OF_CONSTANT),
        );
        figures.push(
            Figure::median(
                format!("{name}: with {} rows of {}", many.rows, few.rows),
                &ratio(large, small),
                "times",
            )
            .least(OF_FEW),
        );
        if let Some((path, _)) = QUESTIONS.iter().find(|(asked, _)| *asked == path) {
            let sql = rate(&reference.url, path, SLOW).await;
            let median = Figure::median("", here, "").value;
            figures.push(
                Figure::of(
                    format!("{name}: of SQL for each request"),
                    median / sql,
                    "times",
                )
                .least(TIMES_SQL)
                .note(format!("SQL answers {sql:.1} a second")),
            );
        }
        told.insert(name.to_owned(), json!(turns));
        eprintln!("{name}: {turns:.0?}");
    }
    told.insert("connections".to_owned(), json!(CONNECTIONS));
    samples.insert("endpoints".to_owned(), told.into());
    figures
}
