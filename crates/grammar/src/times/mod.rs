//! Times in words: `yesterday`, `last 7 days`, `on Monday between 9 and 12`.

mod calendar;
mod dates;
mod hours;
mod numbers;
mod periods;
mod reader;
mod spans;

use timeline::{Micros, Zone, running_minute_end};

use crate::question::When;
use crate::words::Token;
pub(crate) use numbers::in_words;
use reader::Reader;

/// When it is asked, and where.
#[derive(Clone, Copy)]
pub(crate) struct Clock<'a> {
    pub(crate) now: Micros,
    pub(crate) zone: &'a Zone,
}

/// A time that somebody named.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Time {
    /// It has been, at least in part.
    When(When, Named),
    /// The one before the other time: `the day before`.
    Before,
    /// `so far` (of today, unless another time is named), `to date` (of always).
    UpToNow {
        /// Of today.
        today: bool,
    },
    /// Whenever.
    Always,
    /// It cannot be told, and why.
    Not(String),
}

/// Times that can be compared with one another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Named {
    Today,
    Yesterday,
    DayBeforeYesterday,
    ThisWeek,
    LastWeek,
    WeekBeforeLast,
    ThisMonth,
    LastMonth,
    MonthBeforeLast,
    /// From the start of one of them until now.
    Since(Past),
    Other,
}

/// Times that something can have changed since.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Past {
    Yesterday,
    LastWeek,
    LastMonth,
}

impl Past {
    /// The time itself.
    pub(crate) fn named(self) -> Named {
        match self {
            Past::Yesterday => Named::Yesterday,
            Past::LastWeek => Named::LastWeek,
            Past::LastMonth => Named::LastMonth,
        }
    }

    fn of(named: Named) -> Option<Past> {
        let all = [Past::Yesterday, Past::LastWeek, Past::LastMonth];
        all.into_iter().find(|past| past.named() == named)
    }
}

/// Words that times are made of, which may be put right when they are misspelt.
pub(crate) const WORDS: &[&str] = &[
    "today",
    "yesterday",
    "tomorrow",
    "tonight",
    "overnight",
    "morning",
    "afternoon",
    "evening",
    "night",
    "noon",
    "midnight",
    "weekend",
    "weekends",
    "minute",
    "minutes",
    "hour",
    "hours",
    "day",
    "days",
    "week",
    "weeks",
    "month",
    "months",
    "quarter",
    "year",
    "years",
    "last",
    "past",
    "previous",
    "since",
    "until",
    "between",
    "before",
    "after",
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
    "january",
    "february",
    "march",
    "april",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
    "this",
    "next",
    "ago",
    "three",
    "eight",
    "thirty",
    "twenty",
    "couple",
];

/// Whether times are made of the word.
pub(crate) fn has(word: &str) -> bool {
    WORDS.contains(&word) || in_words(word).is_some() || dates::has(word) || spans::is_unit(word)
}

/// The time that the tokens begin with, and of how many tokens.
pub(crate) fn longest(tokens: &[Token], clock: Clock<'_>) -> Option<(usize, Time)> {
    let found = [
        periods::named,
        spans::ago,
        spans::last,
        spans::since,
        hours::in_a_day,
        calendar::months,
        calendar::range,
        calendar::date,
        periods::to_come,
    ]
    .into_iter()
    .filter_map(|read| {
        let mut reader = Reader::new(tokens);
        let time = read(&mut reader, clock)?;
        Some((reader.read(), time))
    });
    // The first of the longest.
    found.reduce(|longest, other| if other.0 > longest.0 { other } else { longest })
}

/// From one moment to another, if any of it has been.
fn between(from: Micros, to: Micros, clock: Clock<'_>) -> Time {
    if from >= running_minute_end(clock.now) {
        return Time::Not("that is still to come".to_owned());
    }
    if from >= to {
        return Time::Not("that ends before it begins".to_owned());
    }
    if from < 0 {
        return Time::Not("that is too long ago".to_owned());
    }
    Time::When(When::Between { from, to }, Named::Other)
}
