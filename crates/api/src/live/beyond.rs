//! What memory does not tell of a window, because it is older or finer than what is held:
//! read from the database once, folded, and kept while nothing happens to rows of that age.
//! From some moment on memory tells; the two meet on a bucket's edge.

use std::collections::HashMap;
use std::num::NonZeroUsize;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::time::Duration;

use lru::LruCache;
use parking_lot::Mutex;
use timeline::{HOUR, McpTally, Micros, Sketch, Span, Tally, Timeline, WindowError, Zone};
use tokio::sync::Semaphore;
use tokio::time::Instant;

use super::figures::Figures;
use super::frame::Frame;
use super::{View, WindowSpec};

/// How many windows are kept, each some hundred kilobytes at most.
const KEPT: NonZeroUsize = match NonZeroUsize::new(96) {
    Some(kept) => kept,
    None => NonZeroUsize::MIN,
};
/// Windows that are read at once: the follower always finds a connection.
const READ_AT_ONCE: usize = 2;
/// How long what was read holds, at most and at least.
const HOLDS: Duration = Duration::from_hours(1);
const PAUSE: Duration = Duration::from_secs(2);
/// Memory forgets as time passes: what it will have forgotten by then is read already.
pub(super) const AHEAD: Micros = 2 * HOUR;

/// The percentiles of a bucket, milliseconds.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Latency {
    pub(super) p50: Option<f64>,
    pub(super) p95: Option<f64>,
    pub(super) p99: Option<f64>,
    pub(super) count: u64,
}

impl Latency {
    pub(super) fn of(sketch: &Sketch) -> Latency {
        Latency {
            p50: sketch.quantile(0.50),
            p95: sketch.quantile(0.95),
            p99: sketch.quantile(0.99),
            count: sketch.count(),
        }
    }
}

/// What has to be read for a window.
pub(super) struct Wanted {
    /// The part of the window itself, which may be empty.
    own: Span,
    /// Buckets, oldest first, of the window and of what it is compared with.
    buckets: Vec<Span>,
}

impl Wanted {
    /// None when memory tells everything.
    pub(super) fn of(
        figures: &Figures,
        zone: &Zone,
        view: View,
        now: Micros,
    ) -> Result<Option<Wanted>, WindowError> {
        let Some(spec @ WindowSpec::Between { .. }) = view.window else {
            return Ok(None);
        };
        let frame = Frame::of(figures, spec, view.compare, zone, now)?;
        let mut buckets = frame.buckets();
        let told = |bucket: &Span| figures.timeline.tells(*bucket, now.saturating_add(AHEAD));
        let untold = buckets.iter().rposition(|bucket| !told(bucket));
        buckets.truncate(untold.map_or(0, |last| last + 1));
        let Some(last) = buckets.last() else {
            return Ok(None);
        };
        let from = frame.window.span.from;
        let own = Span {
            from,
            to: last.to.max(from),
        };
        Ok(Some(Wanted { own, buckets }))
    }

    /// With what the window is compared with an hour later: it then has more buckets, and
    /// as many more come before it.
    pub(super) fn and_later(mut self, later: Option<Wanted>) -> Wanted {
        let Some(first) = self.buckets.first().copied() else {
            return self;
        };
        if let Some(later) = later {
            let mut earlier = later.buckets;
            earlier.retain(|bucket| bucket.to <= first.from);
            self.buckets.splice(0..0, earlier);
        }
        self
    }

    /// The rows to read.
    pub(super) fn span(&self) -> Span {
        let from = self.buckets.first().map_or(self.own.to, |first| first.from);
        Span {
            from,
            to: self.own.to,
        }
    }

    /// The sums of these rows.
    pub(super) fn folded(&self, rows: &Timeline, disturbed: u64) -> Beyond {
        let point = |bucket: &Span| {
            let latency = Latency::of(&rows.latency(*bucket));
            (*bucket, (rows.tally(*bucket), latency))
        };
        Beyond {
            until: self.own.to,
            points: self.buckets.iter().map(point).collect(),
            total: rows.tally(self.own),
            by_mcp: rows.by_mcp(self.own),
            disturbed,
            read: Instant::now(),
        }
    }
}

/// What was read of a window.
pub(super) struct Beyond {
    until: Micros,
    points: HashMap<Span, (Tally, Latency)>,
    total: Tally,
    by_mcp: Vec<McpTally>,
    disturbed: u64,
    read: Instant,
}

impl Beyond {
    /// Whether it has all that is wanted.
    pub(super) fn has(&self, wanted: &Wanted) -> bool {
        let mut buckets = wanted.buckets.iter();
        buckets.all(|bucket| bucket.from >= self.until || self.points.contains_key(bucket))
    }

    /// Whether it may still be told; rows of that age that came, changed or went since are
    /// seen after a pause.
    pub(super) fn holds(&self, disturbed: u64) -> bool {
        let age = self.read.elapsed();
        age < PAUSE || (age < HOLDS && self.disturbed == disturbed)
    }
}

/// Sums of a window's buckets, wherever they come from.
#[derive(Clone, Copy)]
pub(super) struct Sums<'a> {
    pub(super) timeline: &'a Timeline,
    pub(super) beyond: Option<&'a Beyond>,
}

impl Sums<'_> {
    fn read(&self, bucket: Span) -> Option<(Tally, Latency)> {
        self.beyond?.points.get(&bucket).copied()
    }

    pub(super) fn tally(&self, bucket: Span) -> Tally {
        self.read(bucket)
            .map_or_else(|| self.timeline.tally(bucket), |(tally, _)| tally)
    }

    pub(super) fn latency(&self, bucket: Span) -> Latency {
        self.read(bucket).map_or_else(
            || Latency::of(&self.timeline.latency(bucket)),
            |(_, latency)| latency,
        )
    }

    /// Sums of all rows of the window.
    pub(super) fn total(&self, window: Span) -> Tally {
        let Some(beyond) = self.beyond else {
            return self.timeline.tally(window);
        };
        let mut total = self.timeline.tally(beyond.rest(window));
        total += beyond.total;
        total
    }

    /// Sums of each MCP server in the window, most rows first.
    pub(super) fn by_mcp(&self, window: Span) -> Vec<McpTally> {
        let Some(beyond) = self.beyond else {
            return self.timeline.by_mcp(window);
        };
        let held = self.timeline.by_mcp(beyond.rest(window));
        timeline::joined(beyond.by_mcp.clone(), held)
    }
}

impl Beyond {
    /// What memory tells of the window.
    fn rest(&self, window: Span) -> Span {
        Span {
            from: window.from.max(self.until),
            to: window.to,
        }
    }
}

type Key = (String, View);

/// The windows that are kept.
pub(super) struct Beyonds {
    kept: Mutex<LruCache<Key, Arc<Beyond>>>,
    pub(super) reading: Semaphore,
    /// Windows that are watched are being looked through.
    pub(super) refreshing: AtomicBool,
}

impl Default for Beyonds {
    fn default() -> Self {
        Beyonds {
            kept: Mutex::new(LruCache::new(KEPT)),
            reading: Semaphore::new(READ_AT_ONCE),
            refreshing: AtomicBool::new(false),
        }
    }
}

impl Beyonds {
    /// What is kept and has all that is wanted, be it old.
    pub(super) fn kept(&self, zone: &Zone, view: View, wanted: &Wanted) -> Option<Arc<Beyond>> {
        let mut kept = self.kept.lock();
        let found = kept.get(&(zone.name().to_owned(), view.charts()))?;
        found.has(wanted).then(|| Arc::clone(found))
    }

    pub(super) fn keep(&self, zone: &Zone, view: View, beyond: &Arc<Beyond>) {
        let key = (zone.name().to_owned(), view.charts());
        self.kept.lock().put(key, Arc::clone(beyond));
    }
}
