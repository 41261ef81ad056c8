//! Figures in words: the sentence that answers, how it compares, a table where one fits.

use grammar::{By, Figures, Measure};
use timeline::Zone;

use super::answer::Answer;
use super::links::Link;
use super::markdown::{bold, table, text};
use super::words::{calls, compared, head, listed_by, most, scope, sentence};
use super::{moments, numbers, suggestions};
use crate::live::{Row, Sum, Told};

/// Rows of a table that has no limit of its own.
const MOST_ROWS: usize = 50;
/// Buckets that are told one by one.
const MOST_BUCKETS: usize = 100;
/// Rows around the one that was asked for.
const AROUND: usize = 5;

pub(super) fn answer(asked: &Figures, told: &Told, zone: &Zone) -> Answer {
    let mut answer = Answer::from("figures");
    let Some(first) = asked.measures.first().copied() else {
        return answer;
    };
    let when = moments::during(asked.when, told.span, zone);
    let ranked = asked.order.limit == Some(1);
    match (asked.by, ranked.then(|| told.rows.first()).flatten()) {
        (Some(by), Some(row)) => answer.say(champion(asked, by, row, &when, zone)),
        _ => answer.say(sentence(&told.total, first, &asked.filter, &when)),
    }
    if let Some(before) = &told.before {
        let than = moments::before(asked.when, before.span, zone);
        let earlier = before.total.figure(first);
        let now = told.total.figure(first);
        if ranked && asked.by.is_some() {
            answer.say(format!(
                "All together: {}",
                compared(first, now, earlier, &than)
            ));
        } else {
            answer.say(compared(first, now, earlier, &than));
        }
    }
    match asked.by {
        Some(by) if told.total.queries > 0 => rows(&mut answer, asked, by, told, zone),
        None if asked.measures.len() > 1 => answer.say(measures(asked, told)),
        _ => {}
    }
    answer.note_state(&told.state, costs(&asked.measures), zone);
    let errors = asked.measures.contains(&Measure::Errors) && first == Measure::Errors;
    let link = Link::of(asked.when, told.span, &asked.filter, errors);
    answer.say(link.shown("Show on the page"));
    answer.sql(told.sql.as_deref());
    answer.suggestions = suggestions::after(asked);
    answer
}

fn costs(measures: &[Measure]) -> bool {
    let costs = |measure: &Measure| matches!(measure, Measure::Cost | Measure::CostPerQuery);
    measures.iter().any(costs)
}

/// The one that has the most, or the least.
fn champion(asked: &Figures, by: By, row: &Row, when: &str, zone: &Zone) -> String {
    let least = asked.order.ascending == grammar::Ascending::Yes;
    let measure = asked.order.by.or(asked.measures.first().copied());
    let measure = measure.unwrap_or(Measure::Queries);
    let scope = scope(&asked.filter);
    let Some(figure) = row.sum.figure(measure) else {
        return format!("Nothing{scope} {when} tells **how long it took**.");
    };
    let name = match by {
        By::Time => format!("The time from {}", name(row, zone)),
        _ => name(row, zone),
    };
    format!(
        "{} had {}{scope} {when}: {}.",
        bold(&name),
        most(measure, least),
        bold(&numbers::figure(figure))
    )
}

fn name(row: &Row, zone: &Zone) -> String {
    row.span
        .map_or_else(|| text(&row.name), |span| moments::bucket(span, zone))
}

fn rows(answer: &mut Answer, asked: &Figures, by: By, told: &Told, zone: &Zone) {
    let limit = match (asked.order.limit, by) {
        (Some(1), _) => AROUND,
        (Some(limit), _) => usize::from(limit),
        (None, By::Time) => MOST_BUCKETS,
        (None, _) => MOST_ROWS,
    };
    let shown: Vec<&Row> = told.rows.iter().take(limit).collect();
    let mut measures = asked.measures.clone();
    measures.extend(asked.order.by.filter(|by| !measures.contains(by)));
    let compared = shown.iter().any(|row| row.before.is_some());
    let mut heads = vec![listed_by(by)];
    for measure in &measures {
        heads.push(head(*measure));
        heads.extend(compared.then_some("before"));
    }
    let line = |row: &&Row| {
        let mut cells = vec![name(row, zone)];
        for measure in &measures {
            cells.push(cell(&row.sum, *measure));
            if compared {
                let before = row.before.unwrap_or_default();
                cells.push(cell(&before, *measure));
            }
        }
        cells
    };
    let lines: Vec<Vec<String>> = shown.iter().map(line).collect();
    answer.say(table(&heads, &lines));
    let rest = told.rows.len() - shown.len();
    if rest > 0 && asked.order.limit.is_none() {
        answer.say(format!("And {} more.", numbers::count(rest as u64)));
    }
    let listed: u64 = told.rows.iter().map(|row| row.sum.queries).sum();
    if matches!(by, By::Server | By::Tool) && listed > told.total.queries {
        let what = listed_by(by).to_lowercase();
        let queries = calls(asked.filter.outcome, 2);
        answer.say(format!(
            "Some {queries} touched more than one {what}: they count for each, and their cost is \
             shared equally."
        ));
    }
}

fn measures(asked: &Figures, told: &Told) -> String {
    let lines = asked.measures.iter().map(|measure| {
        let mut cells = vec![head(*measure).to_owned(), cell(&told.total, *measure)];
        cells.extend(
            told.before
                .as_ref()
                .map(|before| cell(&before.total, *measure)),
        );
        cells
    });
    let lines: Vec<Vec<String>> = lines.collect();
    match told.before {
        Some(_) => table(&["", "now", "before"], &lines),
        None => table(&["", "Figure"], &lines),
    }
}

fn cell(sum: &Sum, measure: Measure) -> String {
    sum.figure(measure)
        .map_or_else(|| "–".to_owned(), numbers::figure)
}
