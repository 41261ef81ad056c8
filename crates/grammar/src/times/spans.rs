//! Stretches that end now, or long ago: `last 7 days`, `2 hours ago`, `since 9am`.

use jiff::civil::{DateTime, Time as Wall};
use jiff::{Span, ToSpan, Unit};
use timeline::{Range, running_minute_end};

use super::calendar::{self, period, renamed};
use super::hours::{in_a_day, point};
use super::reader::Reader;
use super::{Clock, Named, Past, Time, between};
use crate::question::When;

fn unit(word: &str) -> Option<Unit> {
    Some(match word {
        "minute" | "minutes" | "min" | "mins" | "m" => Unit::Minute,
        "hour" | "hours" | "hr" | "hrs" | "h" => Unit::Hour,
        "day" | "days" | "d" => Unit::Day,
        "week" | "weeks" | "wk" | "wks" | "w" => Unit::Week,
        "month" | "months" => Unit::Month,
        "year" | "years" | "yr" | "y" => Unit::Year,
        _ => return None,
    })
}

/// Whether it is a unit of time, or short for one.
pub(super) fn is_unit(word: &str) -> bool {
    word.len() > 1 && unit(word).is_some()
}

fn span(unit: Unit, count: i64) -> Option<Span> {
    let span = Span::new();
    match unit {
        Unit::Minute => span.try_minutes(count),
        Unit::Hour => span.try_hours(count),
        Unit::Day => span.try_days(count),
        Unit::Week => span.try_weeks(count),
        Unit::Month => span.try_months(count),
        _ => span.try_years(count),
    }
    .ok()
}

fn too_long_ago() -> Time {
    Time::Not("that is too long ago".to_owned())
}

/// `last 7 days`, `past hour`, `24h`, `the last couple of weeks`.
pub(super) fn last(reader: &mut Reader<'_>, clock: Clock<'_>) -> Option<Time> {
    let ahead = reader.one_of(&["in"]);
    reader.any_of(&[
        "for", "in", "over", "during", "within", "the", "these", "of", "from",
    ]);
    let word = reader.peek();
    let said = reader.one_of(&["last", "past", "previous", "trailing", "recent"]);
    reader.one_of(&["the"]);
    let (count, unit) = if let Some(found) = reader.attempt(half) {
        found
    } else if let Some(found) = reader.attempt(counted) {
        found
    } else {
        // `last week` is a week of the calendar; `past week` and `last hour` end now.
        let found = reader.look_up(unit)?;
        let calendar = matches!(found, Unit::Week | Unit::Month | Unit::Year);
        if !said || (calendar && word != "past") {
            return None;
        }
        (1, found)
    };
    // `7d` and `24 hours` say enough, `an hour` does not.
    if ahead && !said {
        return Some(Time::Not("say “last” or “ago”".to_owned()));
    }
    let enough = said || !matches!(word, "a" | "an" | "one");
    (enough && !matches!(reader.peek(), "ago" | "back")).then(|| ending_now(count, unit, clock))
}

fn counted(reader: &mut Reader<'_>) -> Option<(i64, Unit)> {
    let count = reader.number()?;
    Some((count, reader.look_up(unit)?))
}

/// `half hour`, `half an hour`, `half a day`.
fn half(reader: &mut Reader<'_>) -> Option<(i64, Unit)> {
    let half = reader.one_of(&["half"]);
    reader.one_of(&["a", "an"]);
    match half.then(|| reader.look_up(unit))?? {
        Unit::Hour => Some((30, Unit::Minute)),
        Unit::Day => Some((12, Unit::Hour)),
        _ => None,
    }
}

fn ending_now(count: i64, unit: Unit, clock: Clock<'_>) -> Time {
    let range = match (count, unit) {
        (0, _) => return Time::Not("that is no time at all".to_owned()),
        (1, Unit::Hour) | (60, Unit::Minute) => Range::Hour,
        (6, Unit::Hour) => Range::SixHours,
        (24, Unit::Hour) | (1, Unit::Day) => Range::Day,
        (7, Unit::Day) | (1, Unit::Week) => Range::Week,
        (30, Unit::Day) | (1, Unit::Month) => Range::Month,
        _ => {
            let from = before_now(count, unit, clock);
            let to = running_minute_end(clock.now);
            return from.map_or_else(too_long_ago, |from| between(from, to, clock));
        }
    };
    Time::When(When::Range(range), Named::Other)
}

/// The moment so long before now: hours as they pass, days as the wall clock has them.
fn before_now(count: i64, unit: Unit, clock: Clock<'_>) -> Option<timeline::Micros> {
    let back = match unit {
        Unit::Minute => count.checked_mul(timeline::MINUTE),
        Unit::Hour => count.checked_mul(timeline::HOUR),
        _ => {
            let then = clock.zone.civil(clock.now).checked_sub(span(unit, count)?);
            return then.ok().map(|then| clock.zone.first_instant(then));
        }
    };
    clock.now.checked_sub(back?)
}

/// `3 hours ago`: that hour; `two weeks ago`: that week.
pub(super) fn ago(reader: &mut Reader<'_>, clock: Clock<'_>) -> Option<Time> {
    reader.any_of(&["about", "around"]);
    let (count, unit) = reader.attempt(half).or_else(|| reader.attempt(counted))?;
    if !reader.one_of(&["ago", "back", "earlier"]) {
        return None;
    }
    let Some(moment) = before_now(count, unit, clock) else {
        return Some(too_long_ago());
    };
    let wall = clock.zone.civil(moment);
    Some(match unit {
        Unit::Minute => {
            let from = minute_of(moment);
            between(from, from.saturating_add(timeline::MINUTE), clock)
        }
        Unit::Hour => {
            let minutes = i64::from(wall.minute()) * timeline::MINUTE;
            let from = minute_of(moment).saturating_sub(minutes);
            between(from, from.saturating_add(timeline::HOUR), clock)
        }
        Unit::Day => calendar::of_day(wall.date(), clock),
        _ => period(unit, wall.date(), clock)?,
    })
}

/// `since 9am`, `since Monday`, `after Nov 3`, `from 9am on`, `since 2 hours ago`.
pub(super) fn since(reader: &mut Reader<'_>, clock: Clock<'_>) -> Option<Time> {
    let open = reader.one_of(&["from"]);
    let since = reader.one_of(&["since", "after", "starting"]);
    reader.any_of(&["from", "on", "at"]);
    if !open && !since {
        return None;
    }
    let end = running_minute_end(clock.now);
    if let Some((count, unit)) = reader.attempt(|reader| {
        let counted = reader.attempt(half).or_else(|| reader.attempt(counted))?;
        reader.one_of(&["ago", "back"]).then_some(counted)
    }) {
        let from = before_now(count, unit, clock);
        return Some(from.map_or_else(too_long_ago, |from| between(from, end, clock)));
    }
    let mut named = *reader;
    let past = match super::periods::named(&mut named, clock) {
        Some(Time::When(_, named)) => Past::of(named),
        _ => None,
    };
    let of_hours = reader.attempt(|reader| in_a_day(reader, clock));
    let from = if let Some(hours) = of_hours {
        match hours {
            Time::When(When::Between { from, .. }, _) => from,
            never => return Some(never),
        }
    } else if let Some(point) = reader.attempt(|reader| point(reader, clock)) {
        point.begins(clock)
    } else {
        start_of_period(reader, clock)?
    };
    let past = past.filter(|_| named.read() == reader.read());
    let on = reader.one_of(&["on", "onwards", "onward"]);
    reader.phrase("until now");
    let time = between(from, end, clock);
    let time = past.map_or(time.clone(), |past| renamed(time, Named::Since(past)));
    (since || on).then_some(time)
}

/// When the minute began.
fn minute_of(moment: timeline::Micros) -> timeline::Micros {
    moment.saturating_sub(moment.rem_euclid(timeline::MINUTE))
}

/// `since last week`, `since the start of the month`, `since November`.
fn start_of_period(reader: &mut Reader<'_>, clock: Clock<'_>) -> Option<timeline::Micros> {
    reader.any_of(&["the", "start", "beginning", "of"]);
    let time = reader
        .attempt(|reader| super::periods::named(reader, clock))
        .or_else(|| calendar::months(reader, clock))?;
    match time {
        Time::When(When::Between { from, .. }, _) => Some(from),
        Time::When(When::Range(Range::Today), _) => Some(clock.zone.today(clock.now).from),
        Time::When(When::Yesterday, _) => Some(clock.zone.yesterday(clock.now).from),
        _ => None,
    }
}

/// Midnight of a day.
pub(super) fn midnight(date: jiff::civil::Date) -> DateTime {
    date.to_datetime(Wall::midnight())
}

/// A day later; the calendar's last day when there is none.
pub(super) fn next_day(date: jiff::civil::Date) -> jiff::civil::Date {
    date.checked_add(1.day()).unwrap_or(date)
}
