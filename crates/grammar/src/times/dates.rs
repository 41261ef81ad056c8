//! Days: `Monday`, `Nov 3`, `2026-11-20`, `two days ago`.

use jiff::civil::{Date, Weekday};
use jiff::{Span, ToSpan};

use super::Clock;
use super::reader::Reader;
use crate::words::Kind;

const WEEKDAYS: [(&str, Weekday); 19] = [
    ("monday", Weekday::Monday),
    ("mondays", Weekday::Monday),
    ("tuesday", Weekday::Tuesday),
    ("tues", Weekday::Tuesday),
    ("tue", Weekday::Tuesday),
    ("wednesday", Weekday::Wednesday),
    ("weds", Weekday::Wednesday),
    ("wed", Weekday::Wednesday),
    ("thursday", Weekday::Thursday),
    ("thurs", Weekday::Thursday),
    ("thur", Weekday::Thursday),
    ("thu", Weekday::Thursday),
    ("friday", Weekday::Friday),
    ("fri", Weekday::Friday),
    ("saturday", Weekday::Saturday),
    ("sat", Weekday::Saturday),
    ("sunday", Weekday::Sunday),
    ("sun", Weekday::Sunday),
    ("mon", Weekday::Monday),
];

const MONTHS: [(&str, i8); 24] = [
    ("january", 1),
    ("jan", 1),
    ("february", 2),
    ("feb", 2),
    ("march", 3),
    ("mar", 3),
    ("april", 4),
    ("apr", 4),
    ("may", 5),
    ("june", 6),
    ("jun", 6),
    ("july", 7),
    ("jul", 7),
    ("august", 8),
    ("aug", 8),
    ("september", 9),
    ("sept", 9),
    ("sep", 9),
    ("october", 10),
    ("oct", 10),
    ("november", 11),
    ("nov", 11),
    ("december", 12),
    ("dec", 12),
];

/// A day as it was told.
#[derive(Clone, Copy)]
pub(super) struct Day {
    pub(super) date: Date,
    /// By how much it can be moved back: a weekday by weeks, a date by years.
    pub(super) moves: Moves,
}

/// By how much a day that was not fully told can be moved back.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Moves {
    Not,
    Week,
    Year,
}

impl Day {
    /// The latest such day that is not after another.
    pub(super) fn not_after(self, latest: Date) -> Date {
        let mut date = self.date;
        let step = match self.moves {
            Moves::Not => return date,
            Moves::Week => 1.week(),
            Moves::Year => 1.year(),
        };
        // A date can lie at most one step ahead, but for 29 February.
        for _ in 0..8 {
            if date <= latest {
                break;
            }
            date = date.checked_sub(step).unwrap_or(date);
        }
        date
    }
}

/// Whether the word names a day or a month.
pub(super) fn has(word: &str) -> bool {
    weekday(word).is_some() || month(word).is_some()
}

pub(super) fn today(clock: Clock<'_>) -> Date {
    clock.zone.civil(clock.now).date()
}

pub(super) fn month(word: &str) -> Option<i8> {
    let found = MONTHS.iter().find(|(name, _)| *name == word);
    found.map(|(_, month)| *month)
}

fn weekday(word: &str) -> Option<Weekday> {
    let found = WEEKDAYS.iter().find(|(name, _)| *name == word);
    found.map(|(_, day)| *day)
}

/// Reads a day.
pub(super) fn day(reader: &mut Reader<'_>, clock: Clock<'_>) -> Option<Day> {
    let fixed = |date: Date| Day {
        date,
        moves: Moves::Not,
    };
    reader
        .attempt(|reader| relative(reader, clock).map(fixed))
        .or_else(|| reader.attempt(|reader| iso(reader).map(fixed)))
        .or_else(|| reader.attempt(|reader| of_week(reader, clock)))
        .or_else(|| reader.attempt(|reader| of_month(reader, clock)))
}

fn relative(reader: &mut Reader<'_>, clock: Clock<'_>) -> Option<Date> {
    let today = today(clock);
    reader.any_of(&["the"]);
    if reader.phrase("day before yesterday") {
        return today.checked_sub(2.days()).ok();
    }
    if reader.one_of(&["today"]) {
        return Some(today);
    }
    if reader.one_of(&["yesterday"]) {
        return today.yesterday().ok();
    }
    let days = reader.number()?;
    let ago = reader.one_of(&["day", "days", "d"]) && reader.one_of(&["ago", "back", "earlier"]);
    let days = ago.then_some(days)?;
    today.checked_sub(Span::new().try_days(days).ok()?).ok()
}

fn iso(reader: &mut Reader<'_>) -> Option<Date> {
    match reader.next()?.kind {
        Kind::Date(date) => Some(date),
        _ => None,
    }
}

/// `Monday`: the latest one, today's if today is one; `last Monday`: one that has passed.
fn of_week(reader: &mut Reader<'_>, clock: Clock<'_>) -> Option<Day> {
    let today = today(clock);
    reader.one_of(&["the"]);
    let passed = reader.one_of(&["last", "past", "previous"]);
    reader.one_of(&["this"]);
    let weekday = reader.look_up(weekday)?;
    let latest = if passed {
        today.yesterday().ok()?
    } else {
        today
    };
    let back = latest.weekday().since(weekday);
    Some(Day {
        date: latest.checked_sub(back.days()).ok()?,
        moves: Moves::Week,
    })
}

/// `Nov 3`, `November 20th 2026`, `3rd of November`, `Monday, 3 November`.
fn of_month(reader: &mut Reader<'_>, clock: Clock<'_>) -> Option<Day> {
    reader.one_of(&["the"]);
    let (month, day) = if let Some(month) = reader.look_up(month) {
        reader.one_of(&["the"]);
        let day = day_number(reader)?;
        (month, day)
    } else {
        let day = day_number(reader)?;
        reader.one_of(&["of"]);
        (reader.look_up(month)?, day)
    };
    let year = reader.attempt(|reader| {
        let year = reader.number()?;
        (1970..=2199).contains(&year).then_some(year)
    });
    let today = today(clock);
    let moves = if year.is_some() {
        Moves::Not
    } else {
        Moves::Year
    };
    let year = year.and_then(|year| i16::try_from(year).ok());
    // A leap day that this year lacks is one of an earlier year.
    let first = year.unwrap_or(today.year());
    let last = if moves == Moves::Year {
        first - 4
    } else {
        first
    };
    let dates = (last..=first)
        .rev()
        .filter_map(|year| Date::new(year, month, day).ok());
    let fitting = |date: &Date| moves == Moves::Not || *date <= today;
    let date = dates.clone().find(fitting).or_else(|| dates.max())?;
    Some(Day { date, moves })
}

fn day_number(reader: &mut Reader<'_>) -> Option<i8> {
    let Kind::Number(Some(day)) = reader.next()?.kind else {
        return None;
    };
    reader.ordinal();
    i8::try_from(day).ok().filter(|day| (1..=31).contains(day))
}
