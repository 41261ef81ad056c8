//! A table of questions, each with the figure that the API tells.

use shared_types::ChatAnswer;

use super::expected::{Expected, work_out};
use super::{ask, assisted, is_understood, printed};
use crate::figures::{NOW, rows};
use crate::world::{Api, Hub, Moment, on_every_hub};

on_every_hub!(answers_are_what_the_api_tells);

/// Question, kind of figure, and how it is worked out.
const TABLE: &str = include_str!("questions.tsv");
/// Of a hundred.
const UNDERSTOOD: usize = 95;

async fn answers_are_what_the_api_tells(hub: &Hub) {
    let moment = Moment::new(NOW);
    hub.insert(&rows::a_month(moment.now())).await;
    let api = assisted(hub, &moment).await;
    let questions: Vec<&str> = TABLE
        .lines()
        .filter(|line| !line.starts_with('#'))
        .collect();
    assert!(questions.len() >= 100, "only {} questions", questions.len());
    let (mut wrong, mut lost) = (Vec::new(), Vec::new());
    for (number, line) in questions.iter().enumerate() {
        let zone = ["UTC", "Europe/Berlin", "Asia/Kolkata", "America/New_York"][number % 4];
        let cells: Vec<&str> = line.split('\t').collect();
        let [question, kind, expression] = cells[..] else {
            panic!("{line}: three cells");
        };
        let answer = ask(&api, zone, question).await;
        if !is_understood(&answer) {
            lost.push(format!("{question}: {}", answer.answer));
        } else if let Err(said) = check(&api, zone, moment.now(), &answer, kind, expression).await {
            wrong.push(format!("{question} ({zone}): {said}\n{}", answer.answer));
        }
    }
    assert!(
        wrong.is_empty(),
        "{} wrong:\n{}",
        wrong.len(),
        wrong.join("\n\n")
    );
    let understood = questions.len() - lost.len();
    assert!(
        understood * 100 >= questions.len() * UNDERSTOOD,
        "{} lost:\n{}",
        lost.len(),
        lost.join("\n")
    );
}

async fn check(
    api: &Api,
    zone: &str,
    now: i64,
    answer: &ChatAnswer,
    kind: &str,
    expression: &str,
) -> Result<(), String> {
    let bold = printed::bold(&answer.answer);
    match work_out(api, zone, now, expression).await {
        Expected::Name(name) => {
            let told = bold.first().map(|told| told.replace('\\', ""));
            let same = told.as_deref() == Some(name.as_str());
            same.then_some(()).ok_or(format!("not {name}"))
        }
        Expected::Number(number) => {
            let number = if kind == "percent" {
                number * 100.0
            } else {
                number
            };
            let fits = |told: &&String| match kind {
                "usd" => told.starts_with('$'),
                "percent" => told.ends_with('%'),
                "ms" => [" ms", " s", " min", " h"]
                    .iter()
                    .any(|unit| told.ends_with(unit)),
                _ => {
                    told.starts_with(|letter: char| letter.is_ascii_digit())
                        || told.starts_with("no ")
                }
            };
            let told = bold.iter().find(fits).ok_or("no such figure")?;
            let none = told.starts_with("no ") && number == 0.0;
            let same = none || printed::agrees(told, Some(number));
            same.then_some(()).ok_or(format!("not {number}"))
        }
    }
}
