//! Whole days, weeks, months and years, and from one point to another.

use jiff::civil::{Date, Weekday};
use jiff::{ToSpan, Unit};
use timeline::Range;

use super::dates::{self, Day, Moves, today};
use super::hours::{Point, point};
use super::reader::Reader;
use super::spans::{midnight, next_day};
use super::{Clock, Named, Time, between};
use crate::question::When;

/// All of a day.
pub(super) fn of_day(date: Date, clock: Clock<'_>) -> Time {
    let today = today(clock);
    if date == today {
        return Time::When(When::Range(Range::Today), Named::Today);
    }
    if Some(date) == today.yesterday().ok() {
        return Time::When(When::Yesterday, Named::Yesterday);
    }
    let before_yesterday = Some(date) == today.checked_sub(2.days()).ok();
    let named = if before_yesterday {
        Named::DayBeforeYesterday
    } else {
        Named::Other
    };
    renamed(days(date, next_day(date), clock), named)
}

/// From the first instant of a day to that of another.
pub(super) fn days(from: Date, to: Date, clock: Clock<'_>) -> Time {
    let start = |date: Date| clock.zone.first_instant(midnight(date));
    between(start(from), start(to), clock)
}

/// The same time under another name.
pub(super) fn renamed(time: Time, named: Named) -> Time {
    match time {
        Time::When(when, _) => Time::When(when, named),
        other => other,
    }
}

/// The week, month or year that a day lies in.
pub(super) fn period(unit: Unit, date: Date, clock: Clock<'_>) -> Option<Time> {
    let (from, to) = match unit {
        Unit::Week => {
            let back = date.weekday().since(Weekday::Monday);
            let monday = date.checked_sub(back.days()).ok()?;
            (monday, monday.checked_add(1.week()).ok()?)
        }
        Unit::Month => {
            let first = date.first_of_month();
            (first, first.checked_add(1.month()).ok()?)
        }
        Unit::Year => {
            let first = date.first_of_year();
            (first, first.checked_add(1.year()).ok()?)
        }
        _ => return None,
    };
    Some(days(from, to, clock))
}

/// A day by itself: `on Monday`, `2026-11-20`.
pub(super) fn date(reader: &mut Reader<'_>, clock: Clock<'_>) -> Option<Time> {
    reader.any_of(&["on", "of", "for", "from", "during"]);
    let day = dates::day(reader, clock)?;
    Some(of_day(day.not_after(today(clock)), clock))
}

/// `in November`, `November 2025`, `March`; `may` only where a month is expected.
pub(super) fn months(reader: &mut Reader<'_>, clock: Clock<'_>) -> Option<Time> {
    let said = reader.one_of(&["in", "during", "since", "of", "for", "from"]);
    reader.any_of(&["last", "this", "the", "month", "of"]);
    let word = reader.peek();
    let month = reader.look_up(dates::month)?;
    if !said
        && matches!(
            word,
            "may" | "march" | "mar" | "jan" | "august" | "april" | "june"
        )
    {
        return None;
    }
    let today = today(clock);
    let year = reader.attempt(|reader| {
        let year = reader.number()?;
        i16::try_from(year)
            .ok()
            .filter(|year| (1970..=2199).contains(year))
    });
    let latest = if month > today.month() {
        today.year() - 1
    } else {
        today.year()
    };
    let first = Date::new(year.unwrap_or(latest), month, 1).ok()?;
    period(Unit::Month, first, clock)
}

/// `from Nov 3 to Nov 5`, `between Monday and Wednesday`, `2026-11-03 - 2026-11-05`.
pub(super) fn range(reader: &mut Reader<'_>, clock: Clock<'_>) -> Option<Time> {
    reader.one_of(&["from", "between"]);
    let from = point(reader, clock)?;
    if !reader.one_of(&["to", "until", "till", "and", "through", "-", "thru"]) {
        return None;
    }
    let to = reader.attempt(|reader| point(reader, clock)).or_else(|| {
        let now = reader.one_of(&["now"]);
        now.then_some(Point {
            day: None,
            clock: None,
        })
    })?;
    let (Some(first), last) = (from.day, to.day) else {
        return None;
    };
    let today = today(clock);
    if last.is_none() && to.clock.is_none() {
        let end = timeline::running_minute_end(clock.now);
        return Some(between(from.begins(clock), end, clock));
    }
    let last = match last {
        Some(last) => last.not_after(today),
        // `from Monday 9:00 to 12:00`
        None => first.not_after(today),
    };
    let first = Day {
        date: first.not_after(last),
        moves: Moves::Not,
    };
    let to = Point {
        day: Some(Day {
            date: last,
            moves: Moves::Not,
        }),
        ..to
    };
    let from = Point {
        day: Some(first),
        ..from
    };
    Some(between(from.begins(clock), to.ends(clock), clock))
}
