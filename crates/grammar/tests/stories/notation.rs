//! A short way to write down what is understood:
//! `cost by user @yesterday server=Git MCP top=5 order=errors asc step=day compare`.

use grammar::{Ascending, By, Figures, Filter, Measure, Outcome, Question, Understood, When};
use timeline::{BucketSize, Range, Zone};

pub(crate) fn written(understood: &Understood, zone: &Zone) -> String {
    match understood {
        Understood::Question { .. } => asked_of(understood, zone).unwrap(),
        Understood::Help => "help".to_owned(),
        Understood::Courtesy => "courtesy".to_owned(),
        Understood::Nothing { .. } => "nothing".to_owned(),
    }
}

pub(crate) fn asked_of(understood: &Understood, zone: &Zone) -> Option<String> {
    let Understood::Question { question, .. } = understood else {
        return None;
    };
    Some(match question {
        Question::Figures(asked) => figures(asked, zone),
        Question::Calls(calls) => {
            let mut parts = vec!["calls".to_owned()];
            parts.extend(calls.when.map(|at| when(at, zone)));
            parts.extend(filter(&calls.filter));
            parts.extend(calls.by.map(|by| format!("by={}", measure(by))));
            parts.push(format!("top={}", calls.limit));
            parts.join(" ")
        }
        Question::Call { id } => format!("call {id}"),
        Question::Servers { only, unwell } => {
            let only = only.as_ref().map(|name| format!(" server={name}"));
            format!(
                "servers{}{}",
                only.unwrap_or_default(),
                if *unwell { " unwell" } else { "" }
            )
        }
        Question::Users => "users".to_owned(),
        Question::Today => "today".to_owned(),
    })
}

fn figures(asked: &Figures, zone: &Zone) -> String {
    let measures: Vec<&str> = asked.measures.iter().map(|one| measure(*one)).collect();
    let mut parts = vec![measures.join(",")];
    parts.extend(asked.by.map(|by| format!("by {}", dimension(by))));
    parts.push(when(asked.when, zone));
    parts.extend(filter(&asked.filter));
    parts.extend(asked.order.by.map(|by| format!("order={}", measure(by))));
    if asked.order.ascending == Ascending::Yes {
        parts.push("asc".to_owned());
    }
    parts.extend(asked.order.limit.map(|limit| format!("top={limit}")));
    parts.extend(asked.step.map(|size| format!("step={}", step(size))));
    if asked.compare {
        parts.push("compare".to_owned());
    }
    parts.join(" ")
}

fn filter(filter: &Filter) -> Vec<String> {
    let outcome = filter.outcome.map(|outcome| match outcome {
        Outcome::Success => "success",
        Outcome::Warning => "warning",
        Outcome::Failed => "failed",
        Outcome::Blocked => "blocked",
        Outcome::Error => "error",
    });
    let parts = [
        ("server", filter.server.as_deref()),
        ("tool", filter.tool.as_deref()),
        ("user", filter.user.as_deref()),
        ("outcome", outcome),
        ("text", filter.text.as_deref()),
    ];
    let set = parts
        .into_iter()
        .filter_map(|(key, value)| Some(format!("{key}={}", value?)));
    set.collect()
}

fn when(when: When, zone: &Zone) -> String {
    match when {
        When::Range(Range::Today) => "@today".to_owned(),
        When::Range(Range::Hour) => "@1h".to_owned(),
        When::Range(Range::SixHours) => "@6h".to_owned(),
        When::Range(Range::Day) => "@24h".to_owned(),
        When::Range(Range::Week) => "@7d".to_owned(),
        When::Range(Range::Month) => "@30d".to_owned(),
        When::Yesterday => "@yesterday".to_owned(),
        When::Between { from, to } => {
            let shown = |at| zone.civil(at).strftime("%m-%dT%H:%M").to_string();
            format!("@{}..{}", shown(from), shown(to))
        }
    }
}

fn step(size: BucketSize) -> &'static str {
    match size {
        BucketSize::Minute => "minute",
        BucketSize::FiveMinutes => "5min",
        BucketSize::Hour => "hour",
        BucketSize::SixHours => "6h",
        BucketSize::Day => "day",
    }
}

fn dimension(by: By) -> &'static str {
    match by {
        By::Server => "server",
        By::Tool => "tool",
        By::User => "user",
        By::Time => "time",
    }
}

pub(crate) fn measure(measure: Measure) -> &'static str {
    match measure {
        Measure::Queries => "queries",
        Measure::Errors => "errors",
        Measure::ErrorRate => "error-rate",
        Measure::Cost => "cost",
        Measure::CostPerQuery => "cost-per-query",
        Measure::P50 => "p50",
        Measure::P95 => "p95",
        Measure::P99 => "p99",
    }
}
