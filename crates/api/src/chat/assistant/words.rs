//! What figures are called in a sentence, and what restricts them.

use grammar::{By, Filter, Measure, Outcome};

use super::markdown::{bold, text};
use super::numbers;
use crate::live::{Figure, Sum};

/// A measure as the head of a column.
pub(super) fn head(measure: Measure) -> &'static str {
    match measure {
        Measure::Queries => "Queries",
        Measure::Errors => "Errors",
        Measure::ErrorRate => "Error rate",
        Measure::Cost => "Cost",
        Measure::CostPerQuery => "Cost per query",
        Measure::P50 => "p50",
        Measure::P95 => "p95",
        Measure::P99 => "p99",
    }
}

/// What rows are listed by, as the head of a column.
pub(super) fn listed_by(by: By) -> &'static str {
    match by {
        By::Server => "Server",
        By::Tool => "Tool",
        By::User => "User",
        By::Time => "Time",
    }
}

/// The most, or the least, of a measure.
pub(super) fn most(measure: Measure, least: bool) -> String {
    let (most, fewest) = match measure {
        Measure::Queries | Measure::Errors => ("the most", "the fewest"),
        _ => ("the highest", "the lowest"),
    };
    format!("{} {}", if least { fewest } else { most }, noun(measure))
}

/// A measure inside a sentence.
pub(super) fn noun(measure: Measure) -> &'static str {
    match measure {
        Measure::Queries => "queries",
        Measure::Errors => "errors",
        Measure::ErrorRate => "error rate",
        Measure::Cost => "cost",
        Measure::CostPerQuery => "cost per query",
        Measure::P50 => "median response time (p50)",
        Measure::P95 => "p95 response time",
        Measure::P99 => "p99 response time",
    }
}

/// What restricts which calls count, behind their name: ` on Git MCP by john@x.org`.
pub(super) fn scope(filter: &Filter) -> String {
    let mut scope = String::new();
    if let Some(server) = &filter.server {
        if server == shared_types::UNATTRIBUTED {
            scope.push_str(" without a server");
        } else {
            scope = format!(" on {}", text(server));
        }
    }
    if let Some(tool) = &filter.tool {
        scope = format!("{scope} with the tool {}", text(tool));
    }
    if let Some(user) = &filter.user {
        scope = format!("{scope} by {}", text(user));
    }
    if let Some(said) = &filter.text {
        scope = format!("{scope} that mention “{}”", text(said));
    }
    scope
}

/// What calls that ended so are called.
pub(super) fn calls(outcome: Option<Outcome>, count: u64) -> String {
    let kind = match outcome {
        None if count == 1 => return "query".to_owned(),
        None => return "queries".to_owned(),
        Some(Outcome::Success) => "successful",
        Some(Outcome::Warning) => "warned",
        Some(Outcome::Failed) => "failed",
        Some(Outcome::Blocked) => "blocked",
        Some(Outcome::Error) if count == 1 => return "error".to_owned(),
        Some(Outcome::Error) => return "errors".to_owned(),
    };
    format!("{kind} {}", if count == 1 { "call" } else { "calls" })
}

/// The sentence that answers, with the figure in bold.
pub(super) fn sentence(sum: &Sum, measure: Measure, filter: &Filter, when: &str) -> String {
    let scope = scope(filter);
    let kind = |count| calls(filter.outcome, count);
    let queries = kind(2);
    let Some(figure) = sum.figure(measure) else {
        return if sum.queries == 0 {
            format!("There were **no {queries}**{scope} {when}.")
        } else {
            format!("No query{scope} {when} tells **how long it took**.")
        };
    };
    let said = bold(&numbers::figure(figure));
    let were = |count: u64| if count == 1 { "was" } else { "were" };
    match measure {
        Measure::Queries => {
            let said = bold(&format!(
                "{} {}",
                numbers::count(sum.queries),
                kind(sum.queries)
            ));
            format!("There {} {said}{scope} {when}.", were(sum.queries))
        }
        Measure::Errors => {
            let name = if sum.errors == 1 { "error" } else { "errors" };
            let said = bold(&format!("{} {name}", numbers::count(sum.errors)));
            let of = match filter.outcome {
                None => format!(", of {} queries", numbers::count(sum.queries)),
                Some(_) => String::new(),
            };
            format!("There {} {said}{scope} {when}{of}.", were(sum.errors))
        }
        Measure::ErrorRate => format!(
            "{said} of {queries}{scope} failed or were blocked {when}: {} of {}.",
            numbers::count(sum.errors),
            numbers::count(sum.queries)
        ),
        Measure::Cost => format!("The cost of {queries}{scope} was {said} {when}."),
        Measure::CostPerQuery => {
            format!("The cost per query of {queries}{scope} was {said} {when}.")
        }
        Measure::P50 | Measure::P95 | Measure::P99 => {
            format!(
                "The {} of {queries}{scope} was {said} {when}.",
                noun(measure)
            )
        }
    }
}

/// How a figure differs from the one before, in words.
pub(super) fn compared(
    measure: Measure,
    now: Option<Figure>,
    earlier: Option<Figure>,
    before: &str,
) -> String {
    let (Some(now), Some(earlier)) = (now, earlier) else {
        return format!("There is nothing to compare with {before}.");
    };
    let told = numbers::figure(earlier);
    if now == earlier {
        return format!("That is **the same** as {before} ({told}).");
    }
    let up = now.value() > earlier.value();
    let (more, less) = match measure {
        Measure::Queries | Measure::Errors | Measure::Cost => ("more", "less"),
        _ => ("higher", "lower"),
    };
    let way = if up { more } else { less };
    if earlier.value() <= 0.0 {
        return format!("That is **{way}** than {before} ({told}).");
    }
    let change = (now.value() / earlier.value() - 1.0).abs();
    format!(
        "That is **{} {way}** than {before} ({told}).",
        numbers::percent(change)
    )
}
