//! The window of an answer: which buckets, what they are compared with, and what the answer
//! says of it.

use shared_types::Range;
use timeline::{Micros, Span, Window, WindowError, Zone, running_minute_end};

use super::WindowSpec;
use super::figures::Figures;
use super::rows::rfc3339;

/// A window, ready to be folded.
#[derive(Clone)]
pub(super) struct Frame {
    pub(super) window: Window,
    /// For each bucket the one that it is compared with. None where history does not reach;
    /// empty when no comparison is asked for.
    pub(super) before: Vec<Option<Span>>,
    /// What the answer says of it.
    pub(super) shown: shared_types::Window,
    pub(super) costs_estimated: bool,
}

impl Frame {
    pub(super) fn of(
        figures: &Figures,
        spec: WindowSpec,
        compare: bool,
        zone: &Zone,
        now: Micros,
    ) -> Result<Frame, WindowError> {
        let window = window(spec, now, zone)?;
        let before = if compare {
            before(&window, spec, zone, now, figures.begins(now))
        } else {
            Vec::new()
        };
        let shown = shared_types::Window {
            range: match spec {
                WindowSpec::Named(range) => Some(range),
                WindowSpec::Between { .. } => None,
            },
            from: rfc3339(window.span.from),
            to: rfc3339(window.span.to),
            bucket_seconds: u32::try_from(window.size.seconds()).unwrap_or(u32::MAX),
            tz: zone.name().to_owned(),
            progress: figures.progress,
            stale_since: figures.stale_since(),
        };
        Ok(Frame {
            window,
            before,
            shown,
            costs_estimated: figures.costs_estimated(),
        })
    }

    /// Every bucket that is folded, oldest first: those compared with, and its own.
    pub(super) fn buckets(&self) -> Vec<Span> {
        let earlier = self.before.iter().flatten();
        earlier.chain(&self.window.buckets).copied().collect()
    }

    /// What this bucket, by its number, is compared with.
    pub(super) fn compared(&self, number: usize) -> Option<Span> {
        self.before.get(number).copied().flatten()
    }
}

/// The window that is asked for, in this time zone.
pub(super) fn window(spec: WindowSpec, now: Micros, zone: &Zone) -> Result<Window, WindowError> {
    match spec {
        WindowSpec::Named(range) => Ok(Window::of_range(named(range), now, zone)),
        WindowSpec::Between { from, to, bucket } => {
            // A window that would begin later is in the future, and not upside down.
            let to = to.unwrap_or_else(|| running_minute_end(now).max(from.saturating_add(1)));
            Window::between(from, to, bucket, now, zone)
        }
    }
}

pub(super) fn named(range: Range) -> timeline::Range {
    match range {
        Range::Today => timeline::Range::Today,
        Range::Hour => timeline::Range::Hour,
        Range::SixHours => timeline::Range::SixHours,
        Range::Day => timeline::Range::Day,
        Range::Week => timeline::Range::Week,
        Range::Month => timeline::Range::Month,
    }
}

/// One for each bucket of the window, as far as history reaches.
fn before(
    window: &Window,
    spec: WindowSpec,
    zone: &Zone,
    now: Micros,
    begins: Micros,
) -> Vec<Option<Span>> {
    let earlier = match spec {
        WindowSpec::Named(Range::Today) => Window::yesterday(now, zone),
        _ => window.before(zone),
    };
    let reached = earlier
        .into_iter()
        .map(|bucket| (bucket.from >= begins).then_some(bucket));
    // Where clocks change, yesterday can have an hour less than today.
    reached
        .chain(std::iter::repeat(None))
        .take(window.buckets.len())
        .collect()
}
