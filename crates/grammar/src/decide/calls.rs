//! Single calls: the last ones, the slowest, those that failed.

use timeline::Range;

use crate::heard::Heard;
use crate::question::{Ascending, By, Calls, Filter, Measure, Outcome, When};
use crate::sense::Count;
use crate::when::Timing;

/// How many are listed when nobody says how many.
const USUAL: u16 = 10;
const MOST: u16 = 50;

/// The calls that are to be listed, if some are.
pub(super) fn calls(
    heard: &mut Heard<'_>,
    filter: &Filter,
    timing: &Timing,
) -> Result<Option<Calls>, String> {
    let last = last_time(heard);
    if !(heard.by.is_empty() || last || shown_anyway(heard, filter))
        || heard.how_many
        || timing.compare
        || heard.average
    {
        return Ok(None);
    }
    let errors = heard.measures == [Measure::Errors] || (last && heard.failing);
    let by = ranked(heard)?;
    let wanted = heard.latest || heard.list || heard.lists_calls;
    let listed = match (heard.calls, heard.measures.is_empty()) {
        (Some(_), true) => wanted || heard.show || by.is_some() || !heard.limits.is_empty(),
        (Some(_), false) => by.is_some(),
        (None, true) => wanted && (!heard.outcomes.is_empty() || heard.latest),
        (None, false) => errors && (wanted || heard.lists_errors) && heard.rank.is_none(),
    };
    let done = heard.does && heard.what && !heard.how && !heard.names.is_empty();
    // `what has Ana been calling`
    let done = done || (heard.uses && heard.what && !heard.how && filter.user.is_some());
    let quoted = !heard.texts.is_empty();
    if !(listed || last) && !(heard.measures.is_empty() && heard.rank.is_none() && (done || quoted))
    {
        return Ok(None);
    }
    let mut filter = filter.clone();
    if errors {
        filter.outcome = Some(filter.outcome.unwrap_or(Outcome::Error));
    }
    let when = match timing.when {
        None if by.is_some() && !timing.always => Some(When::Range(Range::Day)),
        when => when,
    };
    heard.latest_one |= last;
    let limit = limit(heard)?;
    Ok(Some(Calls {
        filter,
        when,
        by,
        limit,
    }))
}

/// `which servers and tools`: a list of somebody's calls shows both.
fn shown_anyway(heard: &Heard<'_>, filter: &Filter) -> bool {
    let shown = [By::Server, By::Tool];
    let both = heard.by.len() > 1 && heard.by.iter().all(|by| shown.contains(by));
    both && heard.what && filter.user.is_some() && heard.rank.is_none() && heard.extreme.is_none()
}

/// `when did it last fail`: the latest such call.
fn last_time(heard: &Heard<'_>) -> bool {
    let of_calls = heard.calls.is_some()
        || heard.failing
        || !heard.outcomes.is_empty()
        || heard.measures == [Measure::Errors];
    let ordered = heard.rank.is_some() || heard.extreme.is_some() || heard.step.is_some();
    heard.by == [By::Time] && heard.one && heard.latest && of_calls && !ordered
}

/// By what they are ordered: `slowest`, `calls that cost most`.
fn ranked(heard: &Heard<'_>) -> Result<Option<Measure>, String> {
    let (measures, ascending) = match (heard.rank, heard.extreme) {
        _ if heard.calls.is_none() => return Ok(None),
        (Some((measures, ascending)), _) => (measures.to_vec(), ascending),
        (None, Some(ascending)) if !heard.measures.is_empty() => {
            (heard.measures.clone(), ascending)
        }
        _ => return Ok(None),
    };
    let by = match measures.first() {
        Some(Measure::P50 | Measure::P95 | Measure::P99) => Measure::P50,
        Some(Measure::Cost | Measure::CostPerQuery) => Measure::Cost,
        _ => return Ok(None),
    };
    if ascending == Ascending::Yes {
        return Err(
            "calls are listed from the newest, the slowest or the most expensive".to_owned(),
        );
    }
    Ok(Some(by))
}

fn limit(heard: &mut Heard<'_>) -> Result<u16, String> {
    let one = heard.calls == Some(Count::One) || heard.latest_one;
    let asked = match heard.limits.as_slice() {
        [] => return Ok(if one { 1 } else { USUAL }),
        [asked] => *asked,
        _ => return Err("two numbers: ask for one at a time".to_owned()),
    };
    if asked < 1 {
        return Err("none are wanted".to_owned());
    }
    Ok(u16::try_from(asked)
        .ok()
        .filter(|asked| *asked <= MOST)
        .unwrap_or_else(|| {
            heard
                .assumed
                .push(format!("{MOST} calls are listed at most"));
            MOST
        }))
}
