//! What one could ask next: questions that are understood.

use grammar::{By, Figures, Measure, When};
use timeline::Range;

/// How many at most.
const MOST: usize = 3;

/// After these figures: the same by something else, or of another time.
pub(super) fn after(asked: &Figures) -> Vec<String> {
    let measure = word(asked.measures.first().copied().unwrap_or(Measure::Queries));
    let when = time(asked.when);
    let other = if matches!(asked.when, When::Range(Range::Week)) {
        "last 30 days"
    } else {
        "last 7 days"
    };
    let mut next = Vec::new();
    for (by, name) in [
        (By::Server, "server"),
        (By::User, "user"),
        (By::Tool, "tool"),
    ] {
        if asked.by != Some(by) {
            next.push(format!("{measure} by {name} {when}"));
        }
    }
    next.truncate(MOST - 1);
    next.push(format!("{measure} {other}"));
    next
}

/// A measure as one types it.
fn word(measure: Measure) -> &'static str {
    match measure {
        Measure::Queries => "Queries",
        Measure::Errors => "Errors",
        Measure::ErrorRate => "Error rate",
        Measure::Cost => "Cost",
        Measure::CostPerQuery => "Cost per query",
        Measure::P50 => "Median response time",
        Measure::P95 => "p95",
        Measure::P99 => "p99",
    }
}

fn time(when: When) -> &'static str {
    match when {
        When::Range(Range::Today) | When::Between { .. } => "today",
        When::Range(Range::Hour) => "last hour",
        When::Range(Range::SixHours) => "last 6 hours",
        When::Range(Range::Day) => "last 24 hours",
        When::Range(Range::Week) => "last 7 days",
        When::Range(Range::Month) => "last 30 days",
        When::Yesterday => "yesterday",
    }
}

#[cfg(test)]
mod tests {
    use grammar::{Filter, Known, Order, Understood, understand};
    use timeline::Zone;

    use super::*;

    #[test]
    fn every_suggestion_is_understood() {
        let measures = [
            Measure::Queries,
            Measure::Errors,
            Measure::ErrorRate,
            Measure::Cost,
            Measure::CostPerQuery,
            Measure::P50,
            Measure::P95,
            Measure::P99,
        ];
        let ranges = [
            Range::Today,
            Range::Hour,
            Range::SixHours,
            Range::Day,
            Range::Week,
            Range::Month,
        ];
        let mut times: Vec<When> = ranges.into_iter().map(When::Range).collect();
        times.push(When::Yesterday);
        for measure in measures {
            for when in &times {
                for by in [None, Some(By::Server), Some(By::User), Some(By::Tool)] {
                    let asked = Figures {
                        measures: vec![measure],
                        by,
                        step: None,
                        filter: Filter::default(),
                        when: *when,
                        compare: false,
                        order: Order::default(),
                    };
                    for question in after(&asked) {
                        understood(&question, measure);
                    }
                }
            }
        }
    }

    fn understood(question: &str, measure: Measure) {
        let now = 1_781_704_041_000_000;
        match understand(question, &Known::default(), &Zone::utc(), now) {
            Understood::Question {
                question: grammar::Question::Figures(figures),
                ..
            } => assert_eq!(figures.measures.first(), Some(&measure), "{question}"),
            other => panic!("{question}: {other:?}"),
        }
    }
}
