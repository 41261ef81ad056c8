//! Today at a glance: what the stat cards show.

use timeline::{Range, Zone};

use super::answer::Answer;
use super::links::Link;
use super::markdown::table;
use super::{help, moments, numbers};
use crate::live::{Figure, Glance};
use grammar::{Filter, Measure, When};

pub(super) fn answer(glance: &Glance, zone: &Zone) -> Answer {
    let mut answer = Answer::from("today");
    let today = &glance.today;
    let when = When::Range(Range::Today);
    answer.say(format!(
        "**{} queries** for **{}** {}.",
        numbers::count(today.total.queries),
        numbers::money(today.total.cost),
        moments::during(when, today.span, zone)
    ));
    let told = |figure: Option<Figure>| figure.map_or("–".to_owned(), numbers::figure);
    let before = |measure| {
        let before = today.before.as_ref();
        told(before.and_then(|before| before.total.figure(measure)))
    };
    let mut lines: Vec<Vec<String>> = [
        ("Queries today", Measure::Queries),
        ("Cost today", Measure::Cost),
        ("Errors today", Measure::Errors),
        ("p95 today", Measure::P95),
    ]
    .into_iter()
    .map(|(name, measure)| {
        vec![
            name.to_owned(),
            told(today.total.figure(measure)),
            before(measure),
        ]
    })
    .collect();
    if let Some((active, all)) = glance.servers {
        let counts = format!("{} of {}", numbers::count(active), numbers::count(all));
        lines.push(vec!["Active MCPs".to_owned(), counts, String::new()]);
    }
    if let Some((all, _)) = glance.users {
        lines.push(vec!["Users".to_owned(), numbers::count(all), String::new()]);
    }
    answer.say(table(&["", "Now", "Yesterday at this time"], &lines));
    answer.note_state(&today.state, true, zone);
    let link = Link::of(when, today.span, &Filter::default(), false);
    answer.say(link.shown("Show on the page"));
    answer.sql(today.sql.as_deref());
    answer.suggestions = help::starters(4).split_off(1);
    answer
}
