//! A viewer's time zone: where its days begin.

use std::hash::{Hash, Hasher};
use std::sync::LazyLock;

use jiff::civil::{Date, DateTime, Time};
use jiff::tz::{AmbiguousOffset, TimeZone, TimeZoneDatabase};
use jiff::{SignedDuration, Timestamp};

use crate::span::{Micros, SECOND, Span, floor, running_minute_end};

/// The longest IANA name has 32 characters.
const MAX_NAME: usize = 64;
/// Names of the database that stand for no place or time.
const NOT_A_ZONE: [&str; 2] = ["Factory", "Etc/Unknown"];
/// 1900 and 9000: far inside what the calendar can do, so that days can be added freely.
const SANE: Span = Span {
    from: -2_208_988_800 * SECOND,
    to: 221_845_392_000 * SECOND,
};

/// Zones come from the copy inside the program, never from files of the system: the same
/// answer everywhere.
static ZONES: LazyLock<TimeZoneDatabase> = LazyLock::new(TimeZoneDatabase::bundled);

/// An IANA time zone.
#[derive(Clone, Debug)]
pub struct Zone(TimeZone);

impl Zone {
    /// The zone of that IANA name (`Europe/Berlin`, `UTC`), spelt as IANA spells it.
    pub fn named(iana: &str) -> Option<Zone> {
        if iana.len() > MAX_NAME || NOT_A_ZONE.contains(&iana) {
            return None;
        }
        let zone = ZONES.get(iana).ok()?;
        (zone.iana_name() == Some(iana)).then_some(Zone(zone))
    }

    /// Coordinated universal time.
    pub fn utc() -> Zone {
        Zone(TimeZone::UTC)
    }

    /// Its IANA name.
    pub fn name(&self) -> &str {
        self.0.iana_name().unwrap_or("UTC")
    }

    /// Today: from local midnight (the first instant of the day where midnight is skipped) to
    /// the end of the running minute.
    pub fn today(&self, now: Micros) -> Span {
        Span {
            from: self.days(now).0,
            to: running_minute_end(now),
        }
    }

    /// Yesterday, from midnight to midnight.
    pub fn yesterday(&self, now: Micros) -> Span {
        let (today, yesterday, _) = self.days(now);
        Span {
            from: yesterday,
            to: today,
        }
    }

    /// Yesterday at this time: from yesterday's midnight to the same wall-clock time, in
    /// whole seconds.
    ///
    /// A time that yesterday's clocks skipped or passed twice is read as `PostgreSQL` reads
    /// it: by the offset before a gap, and as the second of two.
    pub fn yesterday_until(&self, now: Micros) -> Span {
        let (today, yesterday, date) = self.days(now);
        let at = self.civil(floor(now, SECOND)).time();
        let to = self
            .0
            .to_ambiguous_timestamp(DateTime::from_parts(date, at))
            .later();
        let to = to.map_or(today, Timestamp::as_microsecond);
        Span {
            from: yesterday,
            to: to.clamp(yesterday, today),
        }
    }

    /// The wall clock's reading at a moment; moments before 1900 or after 9000 read as those.
    pub fn civil(&self, at: Micros) -> DateTime {
        self.0.to_datetime(timestamp(at))
    }

    /// How far the wall clock is ahead of UTC at a moment.
    pub(crate) fn offset(&self, at: Micros) -> Micros {
        Micros::from(self.0.to_offset(timestamp(at)).seconds()) * SECOND
    }

    /// The first moment at which the wall clock shows this or anything later: where midnight is
    /// skipped, the day's first instant.
    pub fn first_instant(&self, reading: DateTime) -> Micros {
        let found = self.0.to_ambiguous_timestamp(reading);
        let instant = match found.offset() {
            AmbiguousOffset::Gap { .. } => found.earlier().map(|before| {
                let jump = self.0.following(before).next();
                jump.map_or(before, |jump| jump.timestamp())
            }),
            _ => found.compatible(),
        };
        instant.map_or(SANE.to, Timestamp::as_microsecond)
    }

    /// When today began, when the day before began, and that day's date.
    fn days(&self, now: Micros) -> (Micros, Micros, Date) {
        let mut date = following(self.civil(now).date());
        let mut start = self.day_start(date);
        while start > now && date > Date::MIN {
            date = preceding(date);
            start = self.day_start(date);
        }
        // A zone that crossed the date line had no yesterday: then it is the day before.
        let mut before = preceding(date);
        while self.day_start(before) >= start && before > Date::MIN {
            before = preceding(before);
        }
        (start, self.day_start(before), before)
    }

    fn day_start(&self, date: Date) -> Micros {
        self.first_instant(date.to_datetime(Time::midnight()))
    }
}

impl PartialEq for Zone {
    fn eq(&self, other: &Zone) -> bool {
        self.name() == other.name()
    }
}

impl Eq for Zone {}

impl Hash for Zone {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.name().hash(state);
    }
}

/// The next date.
pub(crate) fn following(date: Date) -> Date {
    date.tomorrow().unwrap_or(Date::MAX)
}

/// The date before.
fn preceding(date: Date) -> Date {
    date.yesterday().unwrap_or(Date::MIN)
}

fn timestamp(at: Micros) -> Timestamp {
    let at = at.clamp(SANE.from, SANE.to);
    Timestamp::UNIX_EPOCH
        .checked_add(SignedDuration::from_micros(at))
        .unwrap_or(Timestamp::UNIX_EPOCH)
}
