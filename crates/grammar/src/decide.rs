//! The one question that was asked.

mod calls;
mod figures;

use crate::heard::Heard;
use crate::names::Kind;
use crate::question::{By, Filter, Outcome, Question};
use crate::when::{Timing, timing};
use timeline::{Micros, Range};

use crate::question::When;

/// What was said, taken as a whole.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Decision {
    Question(Question),
    Help,
    Courtesy,
}

/// Takes what was heard as one question; notes what it takes for granted.
///
/// # Errors
/// What made no sense, for people; nothing when there is nothing to say about it.
pub(crate) fn decide(heard: &mut Heard<'_>, now: Micros) -> Result<Decision, Vec<String>> {
    if !heard.unknown.is_empty() {
        return Err(std::mem::take(&mut heard.unknown));
    }
    let compares = heard.against || heard.change;
    let counts = heard.how_many || heard.how_much;
    if heard.help && !heard.asks_something() {
        return Ok(Decision::Help);
    }
    let all_fine = heard.fine && heard.everything;
    if !(heard.asks_something() || compares || counts || all_fine) {
        let polite = (heard.courtesy || heard.fine) && !(heard.fine && heard.asks);
        let greets = polite.then_some(Decision::Courtesy);
        return match greets {
            Some(greets) => Ok(greets),
            None if heard.fine => Ok(Decision::Question(Question::Today)),
            None => Err(Vec::new()),
        };
    }
    question(heard, now)
        .map(Decision::Question)
        .map_err(|why| vec![why])
}

fn question(heard: &mut Heard<'_>, now: Micros) -> Result<Question, String> {
    match heard.ids.as_slice() {
        [] => {}
        [id] => return Ok(Question::Call { id: *id }),
        _ => return Err("more than one call: ask for one at a time".to_owned()),
    }
    if heard.why {
        return Err(
            "“why”: the figures tell what happened, not why; failed calls say what went wrong"
                .to_owned(),
        );
    }
    let filter = filter(heard)?;
    if let Some(said) = heard.pronoun.as_ref().filter(|_| filter.user.is_none()) {
        return Err(format!("“{said}”: name the user"));
    }
    let timing = timing(&settle(heard, &filter), now)?;
    if let Some(unwell) = heard.health {
        return servers(heard, &filter, &timing, unwell);
    }
    if let Some(known) = known(heard, &filter, &timing)? {
        return Ok(known);
    }
    let question = match calls::calls(heard, &filter, &timing)? {
        Some(calls) => Question::Calls(calls),
        None => figures::figures(heard, filter, &timing)?,
    };
    heard.assumed.extend(timing.told);
    Ok(question)
}

/// Decides what words with two meanings mean here; what was heard then.
fn settle<'a>(heard: &mut Heard<'a>, filter: &Filter) -> Heard<'a> {
    let counts = !heard.measures.is_empty() || heard.rank.is_some() || heard.calls.is_some();
    if let Some(down) = heard.moved {
        if counts || heard.how_much {
            heard.change = true;
        } else {
            heard.health = Some(down || heard.health.unwrap_or(false));
        }
    }
    let of_servers = heard.by == [By::Server] || filter.server.is_some();
    let plain = !counts && filter.user.is_none() && filter.tool.is_none();
    if plain && (heard.fine || heard.status) && (of_servers || (heard.everything && heard.fine)) {
        heard.health = Some(heard.health.unwrap_or(false));
    }
    heard.glance |= heard.status;
    heard.clone()
}

/// What names, outcomes and quotations restrict it to.
fn filter(heard: &Heard<'_>) -> Result<Filter, String> {
    let mut filter = Filter::default();
    for entity in &heard.names {
        let (place, what) = match entity.kind {
            Kind::Server => (&mut filter.server, "server"),
            Kind::Tool => (&mut filter.tool, "tool"),
            Kind::User => (&mut filter.user, "user"),
        };
        if let Some(first) = place.replace(entity.name.to_owned()) {
            return Err(format!(
                "{first} and {}: ask for one {what} at a time",
                entity.name
            ));
        }
    }
    filter.outcome = match heard.outcomes.as_slice() {
        [] => None,
        [outcome] => Some(*outcome),
        both if both
            .iter()
            .all(|one| !matches!(one, Outcome::Success | Outcome::Warning)) =>
        {
            Some(Outcome::Error)
        }
        _ => return Err("two outcomes: ask for one at a time".to_owned()),
    };
    filter.text = match heard.texts.as_slice() {
        [] => None,
        [text] => Some(text.clone()),
        _ => return Err("two quotations: ask for one at a time".to_owned()),
    };
    Ok(filter)
}

/// How the servers are.
fn servers(
    heard: &Heard<'_>,
    filter: &Filter,
    timing: &Timing,
    unwell: bool,
) -> Result<Question, String> {
    let of_more = !heard.measures.is_empty()
        || heard.rank.is_some()
        || heard.calls.is_some()
        || filter.user.is_some()
        || filter.tool.is_some()
        || filter.outcome.is_some()
        || filter.text.is_some()
        || heard.by.iter().any(|by| *by != By::Server);
    if of_more {
        return Err("whether something is up or down is known of servers only, and not together with other figures".to_owned());
    }
    if !matches!(timing.when, None | Some(When::Range(Range::Today))) || timing.compare {
        return Err("how servers were is not kept, only how they are".to_owned());
    }
    Ok(Question::Servers {
        only: filter.server.clone(),
        unwell: unwell && filter.server.is_none(),
    })
}

/// How many servers and users the hub knows.
fn known(
    heard: &mut Heard<'_>,
    filter: &Filter,
    timing: &Timing,
) -> Result<Option<Question>, String> {
    let nothing_else = heard.measures.is_empty()
        && heard.rank.is_none()
        && heard.extreme.is_none()
        && heard.calls.is_none()
        && !heard.failing
        && !heard.how_much_matters()
        && *filter == Filter::default()
        && !timing.compare;
    let now = matches!(timing.when, None | Some(When::Range(Range::Today)));
    if let Some(by) = heard.counted {
        let at_all = nothing_else && !heard.uses;
        return match by {
            By::Server if at_all && now => Ok(Some(SERVERS)),
            By::User if at_all && timing.when.is_none() => Ok(Some(Question::Users)),
            By::Server | By::User | By::Tool if !(at_all && timing.when.is_none()) => {
                heard.assumed.push(COUNTED.to_owned());
                Ok(None)
            }
            _ => Err("how many different ones there were is not counted; ask for figures by server, tool, user or hour".to_owned()),
        };
    }
    if tools_at_all(heard, filter) && timing.when.is_none() && !timing.compare {
        return Err(
            "which tools there are is not listed, only those that were called: name a time"
                .to_owned(),
        );
    }
    let plain = nothing_else && timing.when.is_none() && !heard.uses && !heard.glance;
    Ok(match heard.by.as_slice() {
        [By::Server] if plain => Some(SERVERS),
        [By::User] if plain && !heard.does => Some(Question::Users),
        _ => None,
    })
}

const COUNTED: &str = "how many different ones there were is told by listing them";

const SERVERS: Question = Question::Servers {
    only: None,
    unwell: false,
};

/// Whether tools are asked for, and nothing about their calls: `list tools`.
fn tools_at_all(heard: &Heard<'_>, filter: &Filter) -> bool {
    let of_server = Filter {
        server: filter.server.clone(),
        ..Filter::default()
    };
    heard.by == [By::Tool]
        && *filter == of_server
        && heard.measures.is_empty()
        && heard.rank.is_none()
        && heard.extreme.is_none()
        && heard.calls.is_none()
        && !(heard.failing || heard.uses || heard.glance || heard.how_much)
}

impl Heard<'_> {
    /// Whether money is asked for without naming it: `how much does everybody use`.
    fn how_much_matters(&self) -> bool {
        self.how_much && self.by.is_empty()
    }
}
