//! Hours of a day: `between 10:00 and 12:30`, `yesterday morning`, `at 3pm`.

use jiff::civil::{Date, Time as Wall};
use timeline::{Micros, Zone};

use super::dates::{self, Day, today};
use super::reader::Reader;
use super::spans::next_day;
use super::{Clock, Time, between};
use crate::words::Kind;

/// A moment on the calendar, as far as it was told.
#[derive(Clone, Copy)]
pub(super) struct Point {
    pub(super) day: Option<Day>,
    pub(super) clock: Option<Wall>,
}

impl Point {
    fn date(self, clock: Clock<'_>) -> Date {
        let today = today(clock);
        self.day.map_or(today, |day| day.not_after(today))
    }

    /// Its first moment.
    pub(super) fn begins(self, clock: Clock<'_>) -> Micros {
        let wall = self.clock.unwrap_or(Wall::midnight());
        at(clock.zone, self.date(clock), wall)
    }

    /// The first moment after it: a day's end when no hour was told.
    pub(super) fn ends(self, clock: Clock<'_>) -> Micros {
        match self.clock {
            Some(wall) => at(clock.zone, self.date(clock), wall),
            None => at(clock.zone, next_day(self.date(clock)), Wall::midnight()),
        }
    }
}

fn at(zone: &Zone, date: Date, wall: Wall) -> Micros {
    zone.first_instant(date.to_datetime(wall))
}

/// Reads a day, an hour, or both.
pub(super) fn point(reader: &mut Reader<'_>, clock: Clock<'_>) -> Option<Point> {
    reader.any_of(&["on", "at"]);
    let mut day = reader.attempt(|reader| dates::day(reader, clock));
    let wall = reader.attempt(|reader| {
        reader.any_of(&["at", ","]);
        time(reader)
    });
    if day.is_none() && wall.is_some() {
        day = reader.attempt(|reader| {
            reader.any_of(&["on", "of"]);
            dates::day(reader, clock)
        });
    }
    (day.is_some() || wall.is_some()).then_some(Point { day, clock: wall })
}

/// Reads `9am`, `9:30`, `noon`, `9 o'clock`.
fn time(reader: &mut Reader<'_>) -> Option<Wall> {
    if reader.one_of(&["noon", "midday"]) {
        return Wall::new(12, 0, 0, 0).ok();
    }
    if reader.one_of(&["midnight"]) {
        return Some(Wall::midnight());
    }
    let token = reader.next()?;
    let (hour, minute, told) = match token.kind {
        Kind::Clock(wall) => (wall.hour(), wall.minute(), true),
        Kind::Number(Some(hour)) => (i8::try_from(hour).ok()?, 0, false),
        _ => return None,
    };
    let hour = match half_of_day(reader) {
        Some(afternoon) if (1..=12).contains(&hour) => hour % 12 + if afternoon { 12 } else { 0 },
        None if told || reader.one_of(&["oclock"]) => hour,
        _ => return None,
    };
    Wall::new(hour, minute, 0, 0).ok()
}

/// Whether `am` (false) or `pm` (true) follows.
fn half_of_day(reader: &mut Reader<'_>) -> Option<bool> {
    let dotted = |reader: &mut Reader<'_>, first: &str| {
        reader.attempt(|reader| (reader.one_of(&[first]) && reader.one_of(&["m"])).then_some(()))
    };
    if reader.one_of(&["am"]) || dotted(reader, "a").is_some() {
        return Some(false);
    }
    (reader.one_of(&["pm"]) || dotted(reader, "p").is_some()).then_some(true)
}

/// From one time on the wall clock to another; none: the end of the day.
#[derive(Clone, Copy)]
struct Hours {
    from: Wall,
    to: Option<Wall>,
    /// Whether it begins on the evening before.
    night: bool,
}

/// Hours of a day: today's, or of the day that stands before or after them.
pub(super) fn in_a_day(reader: &mut Reader<'_>, clock: Clock<'_>) -> Option<Time> {
    let mut day = reader.attempt(|reader| {
        reader.any_of(&["on"]);
        let day = dates::day(reader, clock)?;
        reader.any_of(&["in", "at", "the", "during"]);
        Some(day)
    });
    let hours = hours(reader)?;
    if day.is_none() {
        day = reader.attempt(|reader| {
            reader.any_of(&["on", "of"]);
            dates::day(reader, clock)
        });
    }
    let date = day.map_or(today(clock), |day| day.not_after(today(clock)));
    let first = if hours.night {
        date.yesterday().ok()?
    } else {
        date
    };
    let from = at(clock.zone, first, hours.from);
    let to = match hours.to {
        Some(to) => at(clock.zone, date, to),
        None => at(clock.zone, next_day(date), Wall::midnight()),
    };
    Some(between(from, to, clock))
}

fn hours(reader: &mut Reader<'_>) -> Option<Hours> {
    reader
        .attempt(part)
        .or_else(|| reader.attempt(from_to))
        .or_else(|| reader.attempt(the_hour))
        .or_else(|| reader.attempt(until))
}

fn wall(hour: i8) -> Wall {
    Wall::new(hour, 0, 0, 0).unwrap_or(Wall::midnight())
}

fn part(reader: &mut Reader<'_>) -> Option<Hours> {
    let hours = |from, to| Hours {
        from: wall(from),
        to,
        night: false,
    };
    let night = Hours {
        from: wall(18),
        to: Some(wall(6)),
        night: true,
    };
    if reader.phrase("last night") || reader.phrase("overnight") || reader.phrase("over night") {
        return Some(night);
    }
    reader.any_of(&["this", "in", "the", "during"]);
    reader.look_up(|word| match word {
        "morning" => Some(hours(6, Some(wall(12)))),
        "afternoon" => Some(hours(12, Some(wall(18)))),
        "evening" | "tonight" => Some(hours(18, None)),
        "night" => Some(hours(20, None)),
        _ => None,
    })
}

/// `between 10:00 and 12:30`, `from 9 to 12`, `3-5pm`.
fn from_to(reader: &mut Reader<'_>) -> Option<Hours> {
    let opened = reader.one_of(&["between", "from"]);
    let from = hour(reader)?;
    if !reader.one_of(&["and", "to", "until", "till", "-"]) {
        return None;
    }
    let to = hour(reader)?;
    if !opened && !from.told && !to.told {
        return None;
    }
    let later = from.wall.hour() + 12;
    // `3 to 5pm` begins in the afternoon too.
    let shared = !from.told && to.told && later < 24 && to.wall.hour() >= 12;
    let shared = shared.then(|| wall(later)).filter(|from| *from < to.wall);
    let to_wall = (to.wall != Wall::midnight()).then_some(to.wall);
    Some(Hours {
        from: shared.unwrap_or(from.wall),
        to: to_wall,
        night: false,
    })
}

/// An hour, and whether it was told beyond doubt.
struct Hour {
    wall: Wall,
    told: bool,
}

fn hour(reader: &mut Reader<'_>) -> Option<Hour> {
    if let Some(wall) = reader.attempt(time) {
        return Some(Hour { wall, told: true });
    }
    let Kind::Number(Some(number)) = reader.next()?.kind else {
        return None;
    };
    let wall = Wall::new(i8::try_from(number).ok()?, 0, 0, 0).ok()?;
    Some(Hour { wall, told: false })
}

/// `at 3pm`, `around noon`: the hour that begins then.
fn the_hour(reader: &mut Reader<'_>) -> Option<Hours> {
    reader.any_of(&["at", "around", "about"]);
    let from = time(reader)?;
    let to = (from.hour() < 23).then(|| from.checked_add(jiff::Span::new().hours(1)).ok());
    Some(Hours {
        from,
        to: to.flatten(),
        night: false,
    })
}

/// `before 9am`, `until noon`.
fn until(reader: &mut Reader<'_>) -> Option<Hours> {
    if !reader.one_of(&["before", "until", "till"]) {
        return None;
    }
    Some(Hours {
        from: Wall::midnight(),
        to: Some(time(reader)?),
        night: false,
    })
}
