//! Properties of phrases that are put together, and of typing errors.

use std::collections::BTreeSet;

use grammar::{By, Known, Measure, Question, Understood, When, understand};
use proptest::prelude::*;
use proptest::sample::select;
use timeline::{Range, Zone};

use crate::world::{ask, now};

const MEASURES: [(&str, Measure); 9] = [
    ("queries", Measure::Queries),
    ("traffic", Measure::Queries),
    ("errors", Measure::Errors),
    ("failures", Measure::Errors),
    ("error rate", Measure::ErrorRate),
    ("cost", Measure::Cost),
    ("cost per query", Measure::CostPerQuery),
    ("p95", Measure::P95),
    ("median latency", Measure::P50),
];
const DIMENSIONS: [(&str, By); 8] = [
    ("by server", By::Server),
    ("per MCP", By::Server),
    ("for each tool", By::Tool),
    ("by tool", By::Tool),
    ("split by user", By::User),
    ("for every user", By::User),
    ("over time", By::Time),
    ("by hour", By::Time),
];
const TIMES: [(&str, When); 7] = [
    ("today", When::Range(Range::Today)),
    ("yesterday", When::Yesterday),
    ("in the last hour", When::Range(Range::Hour)),
    ("over the past 24 hours", When::Range(Range::Day)),
    ("last 7 days", When::Range(Range::Week)),
    ("during the last 30 days", When::Range(Range::Month)),
    ("past six hours", When::Range(Range::SixHours)),
];
const OPENINGS: [&str; 6] = [
    "",
    "show me ",
    "please give me the ",
    "what is the ",
    "Hi! I need ",
    "can you tell me the ",
];

proptest! {
    #[test]
    fn phrases_mean_what_their_parts_mean(
        opening in select(&OPENINGS),
        (measure, counted) in select(&MEASURES),
        (dimension, by) in select(&DIMENSIONS),
        (time, when) in select(&TIMES),
        first in any::<bool>(),
        server in any::<bool>(),
    ) {
        let of = if server { " of git mcp" } else { "" };
        let message = if first {
            format!("{opening}{measure}{of} {dimension} {time}")
        } else {
            format!("{time}, {measure} {dimension}{of}")
        };
        let Understood::Question { question: Question::Figures(asked), assumed } = ask(&message) else {
            panic!("{message}");
        };
        prop_assert_eq!(asked.measures, [counted], "{}", message);
        prop_assert_eq!(asked.by, Some(by));
        prop_assert_eq!(asked.when, when);
        prop_assert_eq!(asked.filter.server.as_deref(), server.then_some("Git MCP"));
        prop_assert!(!asked.compare && assumed.is_empty());
    }

    #[test]
    fn a_name_is_found_however_its_words_are_joined(
        words in prop::collection::vec("[a-z]{5,8}[0-9]{0,2}", 1..4),
        joint in select(&["_", "-", ".", " ", " - ", "/"]),
        said in select(&["_", "-", " "]),
    ) {
        let name = words.join(joint);
        let known = Known { tools: vec![&name], ..Known::default() };
        let called = words.join(said).to_uppercase();
        for called in [&name, &called] {
            let dashed = joint == " - " && called != &name;
            let message = format!("errors of the tool {called} today");
            let asked = understand(&message, &known, &Zone::utc(), now());
            let Understood::Question { question: Question::Figures(asked), .. } = asked else {
                prop_assert!(dashed, "{message}: {asked:?}");
                continue;
            };
            prop_assert_eq!(asked.filter.tool.as_ref(), Some(&name), "{}", message);
        }
    }

    #[test]
    fn a_typing_error_never_means_somebody_else(
        names in prop::collection::btree_set("[a-z]{7,12}", 2..8),
        which in any::<prop::sample::Index>(),
        place in any::<prop::sample::Index>(),
        other in prop::char::range('a', 'z'),
        how in 0..4,
    ) {
        let names: Vec<&String> = names.iter().collect();
        let meant = names[which.index(names.len())];
        let typed = mistyped(meant, place.index(meant.len() - 1), other, how);
        let known = Known {
            servers: names.iter().map(|name| name.as_str()).collect(),
            ..Known::default()
        };
        let exactly: BTreeSet<&str> = known.servers.iter().copied().collect();
        let asked = understand(&format!("errors of {typed} today"), &known, &Zone::utc(), now());
        match asked {
            Understood::Question { question: Question::Figures(asked), .. } => {
                let server = asked.filter.server;
                let expected = if exactly.contains(typed.as_str()) { &typed } else { meant };
                prop_assert_eq!(server.as_ref(), Some(expected), "{}", typed);
            }
            Understood::Nothing { unknown, .. } => prop_assert!(!unknown.is_empty()),
            other => prop_assert!(false, "{typed}: {other:?}"),
        }
    }
}

fn mistyped(word: &str, place: usize, other: char, how: i32) -> String {
    let mut letters: Vec<char> = word.chars().collect();
    match how {
        0 => letters[place] = other,
        1 => letters.insert(place, other),
        2 => letters.swap(place, place + 1),
        _ => {
            letters.remove(place);
        }
    }
    letters.into_iter().collect()
}
