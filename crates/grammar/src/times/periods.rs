//! Times with a name of their own: `today`, `last week`, `the day before`.

use jiff::civil::{Date, Weekday};
use jiff::{ToSpan, Unit};
use timeline::Range;

use super::calendar::{days, of_day, period, renamed};
use super::dates::today;
use super::reader::Reader;
use super::{Clock, Named, Time};
use crate::question::When;

/// Reads one.
pub(super) fn named(reader: &mut Reader<'_>, clock: Clock<'_>) -> Option<Time> {
    reader.any_of(&[
        "for",
        "in",
        "of",
        "over",
        "during",
        "on",
        "from",
        "throughout",
    ]);
    reader
        .attempt(|reader| fixed(reader, clock))
        .or_else(|| reader.attempt(|reader| weekend(reader, clock)))
        .or_else(|| reader.attempt(before))
        .or_else(|| reader.attempt(|reader| of_calendar(reader, clock)))
}

fn fixed(reader: &mut Reader<'_>, clock: Clock<'_>) -> Option<Time> {
    reader.one_of(&["the"]);
    let today = today(clock);
    let so_far = [
        "so far today",
        "today so far",
        "today",
        "all day",
        "whole day",
        "day so far",
        "all of today",
        "this day",
    ];
    if so_far.iter().any(|phrase| reader.phrase(phrase)) {
        return Some(Time::When(When::Range(Range::Today), Named::Today));
    }
    let up_to_now = [
        ("so far", true),
        ("thus far", true),
        ("until now", false),
        ("up until now", false),
        ("up to now", false),
        ("till now", false),
        ("to date", false),
        ("as of now", true),
    ];
    if let Some((_, today)) = up_to_now.iter().find(|(phrase, _)| reader.phrase(phrase)) {
        return Some(Time::UpToNow { today: *today });
    }
    if reader.phrase("day before yesterday") {
        return Some(of_day(today.checked_sub(2.days()).ok()?, clock));
    }
    if reader.one_of(&["yesterday"]) {
        return Some(Time::When(When::Yesterday, Named::Yesterday));
    }
    let always = [
        "all time",
        "ever",
        "of all time",
        "since the beginning",
        "since forever",
        "all times",
        "since the start",
    ];
    always
        .iter()
        .any(|phrase| reader.phrase(phrase))
        .then_some(Time::Always)
}

/// `this week`, `last month`, `the week before last`, `last year`.
fn of_calendar(reader: &mut Reader<'_>, clock: Clock<'_>) -> Option<Time> {
    let today = today(clock);
    reader.one_of(&["the"]);
    let back = if reader.one_of(&["this", "current"]) {
        0
    } else if reader.one_of(&["last", "previous"]) {
        reader.one_of(&["calendar", "full", "whole"]);
        1
    } else {
        let unit = reader.attempt(|reader| unit_so(reader, "before last"));
        if let Some(unit) = unit {
            return back_by(unit, 2, today, clock);
        }
        // `the week so far`, `of the month`
        0
    };
    let unit = unit(reader)?;
    reader.any_of(&["so", "far"]);
    back_by(unit, back, today, clock)
}

fn unit(reader: &mut Reader<'_>) -> Option<Unit> {
    reader.look_up(|word| match word {
        "week" => Some(Unit::Week),
        "month" => Some(Unit::Month),
        "year" => Some(Unit::Year),
        _ => None,
    })
}

fn unit_so(reader: &mut Reader<'_>, phrase: &str) -> Option<Unit> {
    let unit = unit(reader)?;
    reader.phrase(phrase).then_some(unit)
}

fn back_by(unit: Unit, count: i32, today: Date, clock: Clock<'_>) -> Option<Time> {
    let (span, named) = match (unit, count) {
        (Unit::Week, _) => (
            count.weeks(),
            [Named::ThisWeek, Named::LastWeek, Named::WeekBeforeLast],
        ),
        (Unit::Month, _) => (
            count.months(),
            [Named::ThisMonth, Named::LastMonth, Named::MonthBeforeLast],
        ),
        _ => (count.years(), [Named::Other; 3]),
    };
    let then = today.checked_sub(span).ok()?;
    let named = usize::try_from(count)
        .ok()
        .and_then(|index| named.get(index).copied());
    let time = period(unit, then, clock)?;
    Some(renamed(till_now(time, clock), named?))
}

/// What has not ended yet ends with the running minute.
fn till_now(time: Time, clock: Clock<'_>) -> Time {
    match time {
        Time::When(When::Between { from, to }, named) => {
            let to = to.min(timeline::running_minute_end(clock.now));
            Time::When(When::Between { from, to }, named)
        }
        other => other,
    }
}

/// The latest weekend that has begun, `last weekend` likewise.
fn weekend(reader: &mut Reader<'_>, clock: Clock<'_>) -> Option<Time> {
    reader.any_of(&["the", "last", "this", "past"]);
    if !reader.one_of(&["weekend"]) {
        return None;
    }
    let today = today(clock);
    let back = today.weekday().since(Weekday::Saturday);
    let saturday = today.checked_sub(back.days()).ok()?;
    Some(till_now(
        days(saturday, saturday.checked_add(2.days()).ok()?, clock),
        clock,
    ))
}

/// The period before the other one.
fn before(reader: &mut Reader<'_>) -> Option<Time> {
    reader.any_of(&["the"]);
    let phrases = [
        "day before",
        "week before",
        "month before",
        "hour before",
        "period before",
        "previous period",
        "one before",
        "previous day",
        "previous hour",
        "preceding period",
        "same time before",
        "days before",
        "hours before",
        "prior day",
        "prior week",
        "prior period",
        "time before",
        "before",
        "usual",
    ];
    let (usual, phrases) = phrases.split_last()?;
    if reader.one_of(&[usual]) {
        return Some(Time::Not(
            "what is usual is not kept; the period before is".to_owned(),
        ));
    }
    let found = phrases.iter().any(|phrase| reader.phrase(phrase));
    // `the day before yesterday` and `the week before last` are times of their own.
    let other = matches!(reader.peek(), "last" | "yesterday");
    (found && !other).then_some(Time::Before)
}

/// What is still to come.
pub(super) fn to_come(reader: &mut Reader<'_>, _: Clock<'_>) -> Option<Time> {
    reader.any_of(&["for", "in", "over", "during", "the", "by"]);
    let tomorrow = reader.one_of(&["tomorrow", "tomorrows"]);
    let next = !tomorrow && reader.one_of(&["next", "coming", "upcoming", "following"]);
    if next {
        reader.number();
        reader.next()?;
    }
    (tomorrow || next).then(|| Time::Not("that is still to come".to_owned()))
}
