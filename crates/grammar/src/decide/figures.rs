//! Figures of a time.

use timeline::Range;

use crate::heard::Heard;
use crate::question::{Ascending, By, Figures, Filter, Measure, Order, Outcome, Question, When};
use crate::when::{Timing, usual};

/// What is told of something when nobody says which figure.
const OVERVIEW: [Measure; 4] = [
    Measure::Queries,
    Measure::Errors,
    Measure::Cost,
    Measure::P95,
];
/// Whoever asks who is slow wants to know how slow it gets.
const SLOWNESS: [Measure; 3] = [Measure::P95, Measure::P50, Measure::P99];
const LATENCY: [Measure; 3] = [Measure::P50, Measure::P95, Measure::P99];

pub(super) fn figures(
    heard: &mut Heard<'_>,
    mut filter: Filter,
    timing: &Timing,
) -> Result<Question, String> {
    if timing.always {
        return Err("figures reach as far back as the history that is kept: name a time, such as the last 30 days".to_owned());
    }
    let by = match heard.by.as_slice() {
        [] => None,
        [by] => Some(*by),
        _ => return Err("figures are listed by one thing at a time".to_owned()),
    };
    let measures = measures(heard, by, &mut filter)?;
    let glanced = measures.is_none();
    let today = matches!(timing.when, None | Some(When::Range(Range::Today)));
    if glanced && by.is_none() && filter == Filter::default() && today && !timing.compare {
        return Ok(Question::Today);
    }
    let measures = measures.unwrap_or_else(|| OVERVIEW.to_vec());
    let order = order(heard, by, &measures)?;
    let usual = if timing.compare || glanced {
        When::Range(Range::Today)
    } else {
        usual(&measures, heard.step, by == Some(By::Time))
    };
    Ok(Question::Figures(Figures {
        measures,
        by,
        step: heard.step.filter(|_| by == Some(By::Time)),
        filter,
        when: timing.when.unwrap_or(usual),
        compare: timing.compare,
        order,
    }))
}

/// What is counted; none when nobody said so.
fn measures(
    heard: &mut Heard<'_>,
    by: Option<By>,
    filter: &mut Filter,
) -> Result<Option<Vec<Measure>>, String> {
    let mut found = heard.measures.clone();
    let latency = found == LATENCY;
    if latency && (heard.judged || heard.extreme.is_some()) {
        // The highest latency is that of the slowest.
        found = SLOWNESS.to_vec();
    }
    if let Some((ranked, _)) = heard
        .rank
        .filter(|(ranked, _)| !named(heard, ranked, &found))
    {
        // `how busy is it`, and the order of a list come first.
        found.retain(|measure| !ranked.contains(measure));
        found.splice(0..0, ranked.iter().copied());
    }
    if heard.per_call {
        return per_call(&found).map(Some);
    }
    if heard.average {
        return average(heard, &found).map(Some);
    }
    if !found.is_empty() {
        return Ok(Some(found));
    }
    let errs = matches!(filter.outcome, Some(Outcome::Failed | Outcome::Error));
    let fails = errs && by.is_some() && heard.calls.is_none();
    if heard.failing || fails {
        filter.outcome = filter.outcome.filter(|_| !fails);
        return Ok(Some(vec![Measure::Errors, Measure::ErrorRate]));
    }
    let counts = heard.calls.is_some() || heard.how_many || filter.outcome.is_some();
    if !counts && heard.how_much {
        return Ok(Some(vec![Measure::Cost]));
    }
    let listed = by.is_some() && (heard.what || heard.list || heard.extreme.is_some() || heard.one);
    let used = heard.uses || (heard.does && by.is_some());
    Ok((counts || listed || used).then(|| vec![Measure::Queries]))
}

/// Whether the very measure to order by was named: `worst p95`, `slowest median`.
fn named(heard: &Heard<'_>, ranked: &[Measure], found: &[Measure]) -> bool {
    let kin = |one: &Measure| {
        ranked.contains(one) || (ranked == [Measure::Cost] && *one == Measure::CostPerQuery)
    };
    let one_of_them = found != LATENCY && found.iter().all(kin);
    !found.is_empty() && (heard.judged || one_of_them)
}

fn per_call(measures: &[Measure]) -> Result<Vec<Measure>, String> {
    match measures {
        [Measure::Cost | Measure::CostPerQuery] => Ok(vec![Measure::CostPerQuery]),
        [Measure::Errors | Measure::ErrorRate] => Ok(vec![Measure::ErrorRate]),
        _ => Err("“per call”: cost and errors are known per call".to_owned()),
    }
}

/// Averages are kept of money only; durations have a median.
fn average(heard: &mut Heard<'_>, measures: &[Measure]) -> Result<Vec<Measure>, String> {
    let latency = !measures.is_empty() && measures.iter().all(|one| LATENCY.contains(one));
    if latency {
        let told = "averages of durations are not kept: the median is told";
        heard.assumed.push(told.to_owned());
        return Ok(vec![Measure::P50]);
    }
    match measures {
        [Measure::CostPerQuery] => Ok(vec![Measure::CostPerQuery]),
        [Measure::ErrorRate] => Ok(vec![Measure::ErrorRate]),
        [Measure::Cost] => {
            heard
                .assumed
                .push("the average cost is told as the cost per query".to_owned());
            Ok(vec![Measure::CostPerQuery])
        }
        _ => Err("averages are kept of costs and durations only".to_owned()),
    }
}

fn order(heard: &mut Heard<'_>, by: Option<By>, measures: &[Measure]) -> Result<Order, String> {
    let ranked = heard.rank.map(|(_, ascending)| ascending).or(heard.extreme);
    let limit = match heard.limits.as_slice() {
        [] => None,
        [limit] => Some(u16::try_from(*limit).ok().filter(|limit| *limit > 0)),
        _ => return Err("two numbers: ask for one at a time".to_owned()),
    };
    let limit = match limit {
        Some(None) => return Err("so many rows cannot be listed".to_owned()),
        Some(limit) => limit,
        None => (heard.one && ranked.is_some()).then_some(1),
    };
    if by.is_none() {
        // `how busy`, `how slow is the worst`: nothing to put in order.
        let harmless = heard.how || ranked.is_none();
        return match (harmless, heard.limits.is_empty()) {
            (true, true) => Ok(Order::default()),
            _ => {
                Err("the most or the least of what: of servers, tools, users or hours?".to_owned())
            }
        };
    }
    if heard.of_day && ranked.is_some() {
        let told = "single hours are told, not hours of the day averaged over days";
        heard.assumed.push(told.to_owned());
    }
    let ascending = match ranked {
        // The most of success is the least of errors.
        Some(Ascending::No) if heard.of_success && !heard.judged => Ascending::Yes,
        Some(Ascending::Yes) if heard.of_success && !heard.judged => Ascending::No,
        ranked => ranked.unwrap_or(Ascending::No),
    };
    Ok(Order {
        by: heard.order.filter(|order| measures.first() != Some(order)),
        ascending,
        limit,
    })
}
