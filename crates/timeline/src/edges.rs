//! Where buckets begin and end.

use jiff::civil::{Date, Time};

use crate::span::{HOUR, Micros, SECOND, Span, floor};
use crate::zone::following;
use crate::{BucketSize, Zone};

/// Ascending edges of buckets that cover a span that is not empty: the first is the last one
/// not after `span.from`, the last is the first one not before `span.to`.
pub(crate) fn edges(size: BucketSize, zone: &Zone, span: Span) -> Vec<Micros> {
    match size {
        BucketSize::Minute | BucketSize::FiveMinutes => {
            let step = size.seconds() * SECOND;
            steps(floor(span.from, step), step, span.to)
        }
        BucketSize::Hour => hours(zone, span),
        BucketSize::SixHours => on_the_wall(zone, span, &[0, 6, 12, 18]),
        BucketSize::Day => on_the_wall(zone, span, &[0]),
    }
}

/// Hours are true hours, placed so that the last one lies on the wall clock.
///
/// Where clocks change by half an hour, hours before the change are off the wall clock of
/// their day; every one is as long as any other, so counts compare.
fn hours(zone: &Zone, span: Span) -> Vec<Micros> {
    let last_moment = span.to.saturating_sub(1);
    let offset = zone.offset(last_moment);
    let place = |at: Micros| floor(at.saturating_add(offset), HOUR).saturating_sub(offset);
    steps(place(span.from), HOUR, span.to)
}

/// `first`, and every `step` after it up to the first that is not before `to`.
fn steps(first: Micros, step: Micros, to: Micros) -> Vec<Micros> {
    let mut edges = vec![first];
    let mut edge = first;
    while edge < to {
        edge = edge.saturating_add(step);
        edges.push(edge);
    }
    edges
}

/// The moments at which the wall clock first shows one of these hours.
///
/// A bucket is shorter or longer where clocks change in it. An hour that is skipped begins
/// where the clock jumps; a whole day that is skipped has no bucket.
fn on_the_wall(zone: &Zone, span: Span, hours: &[i8]) -> Vec<Micros> {
    let mut edges: Vec<Micros> = Vec::new();
    // The clock first showed this date's midnight at `span.from` or before.
    let mut date = zone.civil(span.from).date();
    while date < Date::MAX {
        for hour in hours {
            let time = Time::new(*hour, 0, 0, 0).unwrap_or(Time::midnight());
            let edge = zone.first_instant(date.to_datetime(time));
            match edges.last() {
                Some(last) if edge <= *last => continue,
                // Not after the span: what came before is not needed.
                _ if edge <= span.from => edges.clear(),
                _ => {}
            }
            edges.push(edge);
            if edge >= span.to {
                return edges;
            }
        }
        date = following(date);
    }
    edges
}
