//! Single calls, servers and users in words.

use grammar::{Calls, Measure};
use shared_types::{Activity, CallDetail};
use timeline::{Micros, Money, Zone};

use super::answer::Answer;
use super::links::{self, Link};
use super::markdown::{bold, table, text};
use super::words::{calls as named, scope};
use super::{moments, numbers};
use crate::live::{Health, Server, Servers, ToldCalls, Users};

pub(super) fn calls(asked: &Calls, told: &ToldCalls, zone: &Zone) -> Answer {
    let mut answer = Answer::from("calls");
    let count = told.calls.len() as u64;
    let kind = named(asked.filter.outcome, count);
    let scope = scope(&asked.filter);
    let when = asked
        .when
        .zip(told.span)
        .map_or(String::new(), |(when, span)| {
            format!(" {}", moments::during(when, span, zone))
        });
    let order = match asked.by {
        Some(Measure::P50 | Measure::P95 | Measure::P99) => "slowest",
        Some(Measure::Cost | Measure::CostPerQuery) => "dearest",
        _ => "newest",
    };
    if told.calls.is_empty() {
        answer.say(format!("There are **no {kind}**{scope}{when}."));
    } else {
        let said = bold(&format!("{} {kind}", numbers::count(count)));
        answer.say(format!("The {order} {said}{scope}{when}:"));
        let lines: Vec<Vec<String>> = told.calls.iter().map(|call| line(call, zone)).collect();
        let heads = [
            "Call", "When", "Who", "What", "Server", "Took", "Cost", "Status",
        ];
        answer.say(table(&heads, &lines));
    }
    answer.note_state(&told.state, true, zone);
    answer.say(Link::of_calls(told.span, &asked.filter).shown("Show on the page"));
    answer.sql(told.sql.as_deref());
    answer.suggestions = vec![
        "Errors by server today".to_owned(),
        "Slowest calls today".to_owned(),
    ];
    answer
}

fn line(call: &Activity, zone: &Zone) -> Vec<String> {
    vec![
        links::call(call.id, &format!("#{}", call.id)),
        when(call, zone),
        call.user_email.as_deref().map_or("–".to_owned(), text),
        if call.action.is_empty() {
            "–".to_owned()
        } else {
            text(&call.action)
        },
        call.mcp.as_deref().map_or("–".to_owned(), text),
        took(call),
        cost(call.cost),
        call.status.as_str().to_owned(),
    ]
}

fn when(call: &Activity, zone: &Zone) -> String {
    let at = call.timestamp.parse::<jiff::Timestamp>();
    at.map_or_else(
        |_| text(&call.timestamp),
        |at| moments::exactly(at.as_microsecond(), zone),
    )
}

fn took(call: &Activity) -> String {
    call.duration_ms
        .map_or("–".to_owned(), |ms| numbers::duration(ms as f64))
}

/// Of what the API tells, in whole micro-dollars.
fn cost(usd: f64) -> String {
    let amount = Money::parse(&format!("{usd:.6}")).unwrap_or(Money::ZERO);
    numbers::money(amount)
}

pub(super) fn one_call(detail: &CallDetail, sql: Option<&str>, zone: &Zone) -> Answer {
    let mut answer = Answer::from("call");
    let call = &detail.call;
    let who = call
        .user_email
        .as_deref()
        .map_or("somebody unknown".to_owned(), text);
    let status = bold(call.status.as_str());
    answer.say(format!(
        "Call **#{}** by {who} at {} ({}) ended with {status}.",
        call.id,
        when(call, zone),
        zone.name()
    ));
    let mut lines: Vec<Vec<String>> = Vec::new();
    let mut tell = |name: &str, value: Option<String>| {
        if let Some(value) = value {
            lines.push(vec![name.to_owned(), value]);
        }
    };
    let said = |text_of: &Option<String>| {
        let told = text_of.as_deref().filter(|told| !told.is_empty());
        told.map(text)
    };
    tell(
        "Asked",
        Some(call.action.clone())
            .filter(|action| !action.is_empty())
            .map(|a| text(&a)),
    );
    tell("Servers", said(&call.mcp));
    tell("Tool", said(&detail.tool));
    let tools = (!detail.tools.is_empty()).then(|| text(&detail.tools.join(", ")));
    tell("Tools", tools);
    tell(
        "Took",
        call.duration_ms.map(|ms| numbers::duration(ms as f64)),
    );
    tell("Cost", Some(cost(call.cost)));
    tell("Error", said(&detail.error));
    tell("Refused because", said(&detail.block_reason));
    tell("Warning", said(&detail.warning));
    answer.say(table(&["", "Value"], &lines));
    if detail.cost_estimated {
        answer.say("Costs are estimated from tokens: this hub keeps none.".to_owned());
    }
    answer.say(links::call(call.id, "Show all of it on the page"));
    answer.sql(sql);
    answer.suggestions = vec!["Last 5 calls".to_owned(), "Last 5 failed calls".to_owned()];
    answer
}

pub(super) fn servers(told: &Servers, only: Option<&str>, unwell: bool, zone: &Zone) -> Answer {
    let mut answer = Answer::from("servers");
    let ill = told
        .servers
        .iter()
        .filter(|server| server.is_unwell())
        .count() as u64;
    let shown: Vec<&Server> = told
        .servers
        .iter()
        .filter(|server| !unwell || server.is_unwell())
        .collect();
    match (only, told.servers.first()) {
        (Some(name), None) => {
            answer.say(format!(
                "The hub lists **no server** called {}.",
                text(name)
            ));
        }
        (Some(_), Some(server)) => {
            let state = if server.active {
                "switched on"
            } else {
                "switched off"
            };
            let health = bold(health(server.health));
            answer.say(format!(
                "{} is {state}, its health is {health}.",
                bold(&text(&server.name))
            ));
        }
        (None, _) if unwell && ill == 0 => {
            answer.say(format!(
                "**All is well**: none of {} MCP servers is degraded, unhealthy or in error.",
                numbers::count(told.total)
            ));
        }
        (None, _) if unwell => answer.say(format!(
            "**{}** of {} MCP servers {} not well.",
            numbers::count(ill),
            numbers::count(told.total),
            if ill == 1 { "is" } else { "are" }
        )),
        (None, _) => answer.say(format!(
            "**{} of {}** MCP servers are active; {} {} not well.",
            numbers::count(told.active),
            numbers::count(told.total),
            numbers::count(ill),
            if ill == 1 { "is" } else { "are" }
        )),
    }
    if !shown.is_empty() {
        let lines: Vec<Vec<String>> = shown.iter().map(|server| state(server, zone)).collect();
        let heads = [
            "Server",
            "Active",
            "Health",
            "Looked at",
            "Failures",
            "Switched off because",
        ];
        answer.say(table(&heads, &lines));
    }
    answer.note_state(&told.state, false, zone);
    answer.sql(told.sql.as_deref());
    answer.suggestions = vec![
        "Errors by server last 7 days".to_owned(),
        "Which server is slowest?".to_owned(),
    ];
    answer
}

fn state(server: &Server, zone: &Zone) -> Vec<String> {
    let looked_at = |at: Micros| moments::moment(at, zone);
    vec![
        text(&server.name),
        if server.active { "yes" } else { "no" }.to_owned(),
        health(server.health).to_owned(),
        server.checked_at.map_or("never".to_owned(), looked_at),
        numbers::count(server.failures),
        server
            .disabled_because
            .as_deref()
            .map_or("–".to_owned(), text),
    ]
}

fn health(health: Health) -> &'static str {
    match health {
        Health::Healthy => "healthy",
        Health::Degraded => "degraded",
        Health::Unhealthy => "unhealthy",
        Health::Unknown => "unknown",
    }
}

pub(super) fn users(told: &Users, zone: &Zone) -> Answer {
    let mut answer = Answer::from("users");
    match told.counts {
        Some((all, new)) => answer.say(format!(
            "The hub knows **{} users**, {} of them since the last 7 days.",
            numbers::count(all),
            numbers::count(new)
        )),
        None => answer.say(
            "Users **cannot be read** here: auth_service is missing or not granted.".to_owned(),
        ),
    }
    answer.note_state(&told.state, false, zone);
    answer.sql(told.sql.as_deref());
    answer.suggestions = vec![
        "Who spent most this week?".to_owned(),
        "Top 5 users by queries today".to_owned(),
    ];
    answer
}
