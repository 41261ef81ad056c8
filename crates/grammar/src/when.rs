//! Of which time, and compared with which.

use timeline::{BucketSize, Micros, Range};

use crate::heard::Heard;
use crate::question::{Measure, When};
use crate::times::{Named, Time};

/// What was said about time.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Timing {
    pub(crate) when: Option<When>,
    pub(crate) compare: bool,
    /// `all time`.
    pub(crate) always: bool,
    /// What was taken for granted.
    pub(crate) told: Option<String>,
}

const WEEKS: &str = "compared are the last 7 days with the 7 before";
const MONTHS: &str = "compared are the last 30 days with the 30 before";

/// The time that is asked about.
///
/// # Errors
/// Why there is no such time, for people.
pub(crate) fn timing(heard: &Heard<'_>, now: Micros) -> Result<Timing, String> {
    let mut found: Vec<(When, Named, bool)> = Vec::new();
    let mut timing = Timing {
        compare: heard.against || heard.change,
        ..Timing::default()
    };
    for ((time, reference), said) in heard.times.iter().zip(&heard.times_said) {
        match time {
            Time::Not(reason) => return Err(format!("“{said}”: {reason}")),
            Time::Always => timing.always = true,
            Time::Before => timing.compare = true,
            Time::UpToNow { .. } => {}
            Time::When(when, named) => {
                if !found.iter().any(|(other, _, _)| other == when) {
                    found.push((*when, *named, *reference));
                }
            }
        }
    }
    if let Some(today) = up_to_now(heard) {
        let spanned = found.iter().any(|(when, _, _)| reaches(*when, now));
        match (spanned, found.is_empty()) {
            // `so far this month`: that is how far this month has got.
            (true, _) => {}
            (false, true) if today => found.push((When::Range(Range::Today), Named::Today, false)),
            (false, true) => timing.always = true,
            (false, false) => return Err("until when? say “since”".to_owned()),
        }
    }
    match found.as_slice() {
        [] => {}
        // `up since yesterday` means more than yesterday.
        [(_, Named::Since(named), _)] if heard.change => compared_with(named.named(), &mut timing)?,
        [(_, named, true)] => compared_with(*named, &mut timing)?,
        [(when, _, _)] => timing.when = Some(*when),
        [(first, one, _), (second, other, _)] => {
            pair((*first, *one), (*second, *other), &mut timing)?;
        }
        _ => return Err("more than two times: ask for one at a time".to_owned()),
    }
    if timing.always && timing.when.is_some() {
        return Err("two times: ask for one at a time".to_owned());
    }
    Ok(timing)
}

/// Whether somebody said `so far` (today, when nothing else is named) or `to date` (always).
fn up_to_now(heard: &Heard<'_>) -> Option<bool> {
    heard.times.iter().find_map(|(time, _)| match time {
        Time::UpToNow { today } => Some(*today),
        _ => None,
    })
}

/// Whether a time has not ended yet.
fn reaches(when: When, now: Micros) -> bool {
    match when {
        When::Range(_) => true,
        When::Yesterday => false,
        When::Between { to, .. } => to > now,
    }
}

/// Only what it is compared with was named: `more than yesterday`.
fn compared_with(named: Named, timing: &mut Timing) -> Result<(), String> {
    timing.compare = true;
    let (when, told) = match named {
        Named::Yesterday => (When::Range(Range::Today), None),
        Named::DayBeforeYesterday => (When::Yesterday, None),
        Named::LastWeek => (When::Range(Range::Week), Some(WEEKS)),
        Named::LastMonth => (When::Range(Range::Month), Some(MONTHS)),
        _ => return Err("figures are compared with those of the period just before".to_owned()),
    };
    timing.when = Some(when);
    timing.told = told.map(str::to_owned);
    Ok(())
}

/// Two times: `today vs yesterday`.
fn pair(first: (When, Named), second: (When, Named), timing: &mut Timing) -> Result<(), String> {
    let follows = |later: Named, earlier: Named| {
        matches!(
            (later, earlier),
            (Named::Today, Named::Yesterday)
                | (Named::Yesterday, Named::DayBeforeYesterday)
                | (Named::ThisWeek, Named::LastWeek)
                | (Named::LastWeek, Named::WeekBeforeLast)
                | (Named::ThisMonth, Named::LastMonth)
        )
    };
    let (when, named) = if follows(first.1, second.1) {
        first
    } else if follows(second.1, first.1) {
        second
    } else {
        let why = if timing.compare {
            "figures are compared with those of the period just before"
        } else {
            "two times: ask for one at a time"
        };
        return Err(why.to_owned());
    };
    timing.compare = true;
    // What runs is shorter than what has ended: as many whole days are fair.
    (timing.when, timing.told) = match named {
        Named::ThisWeek => (Some(When::Range(Range::Week)), Some(WEEKS.to_owned())),
        Named::ThisMonth => (Some(When::Range(Range::Month)), Some(MONTHS.to_owned())),
        _ => (Some(when), None),
    };
    Ok(())
}

/// The time that is meant when none is named: that of the cards for counts and money, that of
/// the charts for the rest.
pub(crate) fn usual(measures: &[Measure], step: Option<BucketSize>, over_time: bool) -> When {
    let counts = matches!(
        measures.first(),
        Some(Measure::Queries | Measure::Cost | Measure::CostPerQuery)
    );
    When::Range(match step {
        Some(BucketSize::Day) => Range::Month,
        Some(BucketSize::Minute | BucketSize::FiveMinutes) => Range::Hour,
        _ if over_time || !counts => Range::Day,
        _ => Range::Today,
    })
}
