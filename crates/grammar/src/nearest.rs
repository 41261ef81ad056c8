//! Questions near to one that was not understood.

use crate::examples::{HELP, STARTERS};
use crate::heard::Heard;
use crate::names::Entity;
use crate::question::Measure;
use crate::tagging::{Meaning, Tag};

/// Suggestions at most.
pub(crate) const MOST: usize = 3;

/// Questions to try, the nearest first; not all of them need be understood.
pub(crate) fn candidates(message: &str, tags: &[Tag<'_>], heard: &Heard<'_>) -> Vec<String> {
    let mut found = renamed(message, tags);
    let time = heard.times_said.first().map_or("today", String::as_str);
    let measures = heard
        .measures
        .iter()
        .chain(heard.rank.iter().flat_map(|(ranked, _)| *ranked));
    for measure in measures.take(2) {
        found.push(format!("{} by server {time}", spelt(*measure)));
        found.push(format!("{} by server", spelt(*measure)));
    }
    let unknown = tags.iter().filter(|tag| tag.meaning == Meaning::Unknown);
    let mut words = unknown.filter_map(|tag| message.get(tag.from..tag.to));
    // A word that means nothing here may stand in calls.
    let word = words.find(|word| word.len() < 30 && word.chars().all(char::is_alphabetic));
    found.extend(word.map(|word| format!("calls that mention \"{word}\"")));
    if heard.why || !heard.outcomes.is_empty() {
        found.push("last 5 failed calls".to_owned());
    }
    let all = STARTERS.iter().copied();
    found.extend(all.map(str::to_owned));
    found.extend(
        HELP.iter()
            .flat_map(|kind| kind.examples)
            .map(|text| (*text).to_owned()),
    );
    found
}

/// The message with the names that an ambiguous one can stand for.
fn renamed(message: &str, tags: &[Tag<'_>]) -> Vec<String> {
    let several = tags.iter().find_map(|tag| match &tag.meaning {
        Meaning::Several(entities) => Some((tag, entities)),
        _ => None,
    });
    let Some((tag, entities)) = several.filter(|_| message.len() < 200) else {
        return Vec::new();
    };
    let with = |entity: &Entity<'_>| {
        let (before, after) = (message.get(..tag.from)?, message.get(tag.to..)?);
        Some(format!("{before}{}{after}", entity.name))
    };
    entities.iter().take(MOST).filter_map(with).collect()
}

fn spelt(measure: Measure) -> &'static str {
    match measure {
        Measure::Queries => "queries",
        Measure::Errors => "errors",
        Measure::ErrorRate => "error rate",
        Measure::Cost => "cost",
        Measure::CostPerQuery => "cost per query",
        Measure::P50 => "p50",
        Measure::P95 => "p95",
        Measure::P99 => "p99",
    }
}
