//! A quarter-hour: always its whole, its minutes while it is young.

use std::ops::Range;

use serde::{Deserialize, Serialize};

use crate::bucket::{Bucket, Entry};
use crate::names::NameId;
use crate::span::{MINUTE, Micros, QUARTER, SECOND, Span};
use crate::{Money, Tally};

const MINUTES: usize = 15;

/// Sums of one second that has rows. Seconds are many: counts are held in 32 bits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Second {
    /// 0..60 within its minute.
    index: u8,
    queries: u32,
    errors: u32,
    cost: Money,
}

/// One minute, and the total of each of its seconds that has rows.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Minute {
    pub(crate) bucket: Bucket,
    /// Sorted by index.
    seconds: Vec<Second>,
}

impl Minute {
    fn add(&mut self, second: u8, entry: &Entry) {
        self.bucket.add(entry);
        self.add_second(second, entry.total());
    }

    fn merge(&mut self, other: &Minute) {
        self.bucket.merge(&other.bucket);
        for second in &other.seconds {
            self.add_second(second.index, second.tally());
        }
    }

    fn add_second(&mut self, index: u8, tally: Tally) {
        let narrow = |count: u64| u32::try_from(count).unwrap_or(u32::MAX);
        let found = self
            .seconds
            .binary_search_by_key(&index, |second| second.index);
        let (Ok(place) | Err(place)) = found;
        if found.is_err() {
            self.seconds.insert(
                place,
                Second {
                    index,
                    queries: 0,
                    errors: 0,
                    cost: Money::ZERO,
                },
            );
        }
        if let Some(second) = self.seconds.get_mut(place) {
            second.queries = second.queries.saturating_add(narrow(tally.queries));
            second.errors = second.errors.saturating_add(narrow(tally.errors));
            second.cost += tally.cost;
        }
    }

    /// Gives back memory held for growth.
    fn shrink(&mut self) {
        self.bucket.shrink();
        self.seconds.shrink_to_fit();
    }

    /// The sums of the seconds of the minute that begin in the span.
    pub(crate) fn seconds_in(&self, starts: Micros, span: Span) -> Tally {
        let mut sum = Tally::default();
        for second in &self.seconds {
            if span.contains(starts.saturating_add(Micros::from(second.index) * SECOND)) {
                sum += second.tally();
            }
        }
        sum
    }
}

impl Second {
    fn tally(self) -> Tally {
        let (queries, errors) = (u64::from(self.queries), u64::from(self.errors));
        Tally {
            queries,
            errors,
            cost: self.cost,
        }
    }
}

/// A quarter-hour. `whole` holds everything of it, always; so to forget `minutes` loses no
/// figure, and a row that comes late loses none either.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Quarter {
    pub(crate) whole: Bucket,
    /// When present, these hold everything too.
    pub(crate) minutes: Option<Box<[Minute; MINUTES]>>,
}

impl Quarter {
    pub(crate) fn new(with_minutes: bool) -> Quarter {
        Quarter {
            whole: Bucket::default(),
            minutes: with_minutes.then(Box::default),
        }
    }

    /// Adds a call that begins at `at`, which lies in this quarter.
    pub(crate) fn add(&mut self, at: Micros, entry: &Entry) {
        self.whole.add(entry);
        let within = at.rem_euclid(QUARTER);
        let minute = usize::try_from(within / MINUTE).unwrap_or_default();
        let second = u8::try_from(within % MINUTE / SECOND).unwrap_or_default();
        if let Some(minute) = self.minutes.as_mut().and_then(|all| all.get_mut(minute)) {
            minute.add(second, entry);
        }
    }

    pub(crate) fn merge(&mut self, other: &Quarter) {
        self.whole.merge(&other.whole);
        match (&mut self.minutes, &other.minutes) {
            (Some(ours), Some(theirs)) => {
                for (our, their) in ours.iter_mut().zip(theirs.iter()) {
                    our.merge(their);
                }
            }
            // Minutes that lack rows of the whole would be wrong: better none.
            _ => self.minutes = None,
        }
    }

    /// Puts those minutes of another quarter, by their numbers, in the place of ours. True when
    /// anything differed; none when either has no minutes.
    pub(crate) fn replace_minutes(&mut self, which: Range<i64>, fresh: Quarter) -> Option<bool> {
        let ours = self.minutes.as_mut()?;
        let theirs = fresh.minutes?;
        let mut differed = false;
        for ((number, our), mut their) in (0..).zip(ours.iter_mut()).zip(*theirs) {
            if which.contains(&number) && *our != their {
                their.shrink();
                *our = their;
                differed = true;
            }
        }
        if differed {
            let mut whole = Bucket::default();
            for minute in ours.iter() {
                whole.merge(&minute.bucket);
            }
            whole.shrink();
            self.whole = whole;
        }
        Some(differed)
    }

    /// Whether it has no row.
    pub(crate) fn is_empty(&self) -> bool {
        self.whole.total.tally.queries == 0
    }

    pub(crate) fn forget_minutes(&mut self) {
        self.minutes = None;
        self.shrink();
    }

    pub(crate) fn renumber(&mut self, map: &[NameId]) {
        self.whole.renumber(map);
        for minute in self.minutes.iter_mut().flat_map(|all| all.iter_mut()) {
            minute.bucket.renumber(map);
        }
    }

    /// Gives back memory held for growth.
    pub(crate) fn shrink(&mut self) {
        self.whole.shrink();
        for minute in self.minutes.iter_mut().flat_map(|all| all.iter_mut()) {
            minute.shrink();
        }
    }

    /// Heap bytes held.
    pub(crate) fn bytes(&self) -> usize {
        let minute = |minute: &Minute| {
            size_of::<Minute>()
                + minute.bucket.bytes()
                + minute.seconds.capacity() * size_of::<Second>()
        };
        let minutes = self.minutes.iter().flat_map(|all| all.iter());
        self.whole.bytes() + minutes.map(minute).sum::<usize>()
    }
}
