//! Windows: the stretch of time a chart shows, cut into buckets.

use thiserror::Error;

use crate::Zone;
use crate::edges::edges;
use crate::span::{DAY, HOUR, Micros, SECOND, Span, running_minute_end};

/// Buckets a window may have.
pub const MAX_BUCKETS: usize = 5_000;
/// Days a window may span.
pub const MAX_DAYS: i64 = 400;
/// 1970 up to and including 2199.
const SANE_YEARS: Span = Span {
    from: 0,
    to: 7_258_118_400 * SECOND,
};

/// A named window that ends with the running minute.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Range {
    /// Since local midnight, by hours.
    Today,
    /// 60 whole minutes and the running one.
    Hour,
    /// 72 whole five-minute buckets and the running one.
    SixHours,
    /// 24 whole hours and the running one.
    Day,
    /// 28 whole quarter-days and the running one.
    Week,
    /// 30 whole days and the running one.
    Month,
}

/// How long a bucket nominally is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum BucketSize {
    /// 1 minute, on UTC.
    Minute,
    /// 5 minutes, on UTC.
    FiveMinutes,
    /// 1 hour, on the wall clock at the window's end.
    Hour,
    /// From 00, 06, 12 and 18 on the wall clock: 5 or 7 hours where clocks change.
    SixHours,
    /// From midnight to midnight: 23 or 25 hours where clocks change.
    Day,
}

impl BucketSize {
    /// Every size, smallest first.
    pub const ALL: [BucketSize; 5] = [
        BucketSize::Minute,
        BucketSize::FiveMinutes,
        BucketSize::Hour,
        BucketSize::SixHours,
        BucketSize::Day,
    ];

    /// Its nominal length in seconds.
    pub const fn seconds(self) -> i64 {
        match self {
            BucketSize::Minute => 60,
            BucketSize::FiveMinutes => 300,
            BucketSize::Hour => 3_600,
            BucketSize::SixHours => 21_600,
            BucketSize::Day => 86_400,
        }
    }

    /// The size of that nominal length.
    pub fn from_seconds(seconds: i64) -> Option<BucketSize> {
        BucketSize::ALL
            .into_iter()
            .find(|size| size.seconds() == seconds)
    }

    /// The size for a window of that length when none is asked for.
    fn for_length(length: Micros) -> BucketSize {
        let limits = [2 * HOUR, 12 * HOUR, 48 * HOUR, 14 * DAY];
        let fitting = limits
            .into_iter()
            .zip(BucketSize::ALL)
            .find(|(limit, _)| length <= *limit);
        fitting.map_or(BucketSize::Day, |(_, size)| size)
    }
}

/// A stretch of time in buckets that follow one another without a gap.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Window {
    /// All of it.
    pub span: Span,
    /// How long a bucket nominally is.
    pub size: BucketSize,
    /// Its buckets, oldest first; the last ends where the window ends.
    pub buckets: Vec<Span>,
}

/// Why there is no such window. The message says what is allowed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum WindowError {
    /// It would be empty.
    #[error("`from` must be before `to`")]
    Reversed,
    /// It would begin after the running minute.
    #[error("`from` must not be in the future")]
    InFuture,
    /// A year that no row can have.
    #[error("`from` and `to` must be between the years 1970 and 2199")]
    YearOutOfRange,
    /// More days than one answer may span.
    #[error("`from` and `to` must be at most {MAX_DAYS} days apart")]
    TooLong,
    /// More buckets than one answer may have.
    #[error(
        "`bucket` of {} seconds makes more than {MAX_BUCKETS} buckets; allowed here: {}",
        asked.seconds(),
        listed(*smallest)
    )]
    TooManyBuckets {
        /// The size that was asked for.
        asked: BucketSize,
        /// The smallest size that is allowed for these ends.
        smallest: BucketSize,
    },
}

/// This size and all greater ones, in seconds.
fn listed(smallest: BucketSize) -> String {
    let allowed = BucketSize::ALL.into_iter().filter(|size| *size >= smallest);
    allowed
        .map(|size| size.seconds().to_string())
        .collect::<Vec<_>>()
        .join(", ")
}

impl Window {
    /// The window of a named range: its whole buckets and the running one, up to the end of
    /// the running minute.
    pub fn of_range(range: Range, now: Micros, zone: &Zone) -> Window {
        let (size, whole) = match range {
            Range::Today => return Window::today(now, zone),
            Range::Hour => (BucketSize::Minute, 60),
            Range::SixHours => (BucketSize::FiveMinutes, 72),
            Range::Day => (BucketSize::Hour, 24),
            Range::Week => (BucketSize::SixHours, 28),
            Range::Month => (BucketSize::Day, 30),
        };
        let end = running_minute_end(now);
        // Clock changes stretch it by less than the bucket that edges reach further back.
        let length = (whole + 1) * size.seconds() * SECOND;
        let mut edges = edges(
            size,
            zone,
            Span {
                from: end.saturating_sub(length),
                to: end,
            },
        );
        let wanted = usize::try_from(whole).unwrap_or_default() + 2;
        edges.drain(..edges.len().saturating_sub(wanted));
        Window::of_edges(&edges, size, end)
    }

    /// The window from one moment to another, widened to whole buckets but never beyond the
    /// running minute.
    ///
    /// Without a size: 1 min up to 2 h, 5 min up to 12 h, 1 h up to 48 h, 6 h up to 14 d,
    /// else 1 d.
    ///
    /// # Errors
    /// [`WindowError`] when the ends are not in order, in the future, more than 400 days
    /// apart or outside sane years, or the size asked for makes more than 5,000 buckets.
    pub fn between(
        from: Micros,
        to: Micros,
        size: Option<BucketSize>,
        now: Micros,
        zone: &Zone,
    ) -> Result<Window, WindowError> {
        let end = running_minute_end(now);
        if from >= to {
            return Err(WindowError::Reversed);
        }
        if !SANE_YEARS.contains(from) || to > SANE_YEARS.to {
            return Err(WindowError::YearOutOfRange);
        }
        if from >= end {
            return Err(WindowError::InFuture);
        }
        let span = Span {
            from,
            to: to.min(end),
        };
        let length = span.to - span.from;
        if length > MAX_DAYS * DAY {
            return Err(WindowError::TooLong);
        }
        let size = size.unwrap_or_else(|| BucketSize::for_length(length));
        // Widening adds at most one bucket at each end.
        let at_least = |size: BucketSize| {
            usize::try_from(length / (size.seconds() * SECOND)).unwrap_or(usize::MAX)
        };
        if at_least(size) <= MAX_BUCKETS {
            let window = Window::of_edges(&edges(size, zone, span), size, end);
            if window.buckets.len() <= MAX_BUCKETS {
                return Ok(window);
            }
        }
        let surely = |other: &BucketSize| *other > size && at_least(*other) + 2 <= MAX_BUCKETS;
        let smallest = BucketSize::ALL.into_iter().find(surely);
        Err(WindowError::TooManyBuckets {
            asked: size,
            smallest: smallest.unwrap_or(BucketSize::Day),
        })
    }

    /// Hours since local midnight; the first can be shorter.
    fn today(now: Micros, zone: &Zone) -> Window {
        let span = zone.today(now);
        let mut edges = edges(BucketSize::Hour, zone, span);
        if let Some(first) = edges.first_mut() {
            *first = span.from;
        }
        Window::of_edges(&edges, BucketSize::Hour, span.to)
    }

    /// Edges that cover the window, the last of them cut at `end`.
    fn of_edges(edges: &[Micros], size: BucketSize, end: Micros) -> Window {
        let starts = edges.iter().zip(edges.iter().skip(1));
        let buckets: Vec<Span> = starts
            .map(|(from, to)| Span {
                from: *from,
                to: *to.min(&end),
            })
            .collect();
        let from = buckets.first().map_or(end, |bucket| bucket.from);
        let to = buckets.last().map_or(end, |bucket| bucket.to);
        Window {
            span: Span { from, to },
            size,
            buckets,
        }
    }
}
