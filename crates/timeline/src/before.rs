//! What a window's buckets are compared with.

use crate::edges::edges;
use crate::span::{DAY, Micros, SECOND, Span};
use crate::{BucketSize, Window, Zone};

impl Window {
    /// As many buckets as this window has, ending where it begins: bucket by bucket what
    /// its own are compared with.
    pub fn before(&self, zone: &Zone) -> Vec<Span> {
        let count = self.buckets.len();
        let length = self.size.seconds() * SECOND;
        let back = |buckets: usize| {
            let buckets = Micros::try_from(buckets).unwrap_or(Micros::MAX);
            self.span
                .from
                .saturating_sub(buckets.saturating_mul(length))
        };
        let mut edges = match self.size {
            BucketSize::Minute | BucketSize::FiveMinutes | BucketSize::Hour => {
                (0..=count).rev().map(back).collect()
            }
            // A day more than enough, since days are shorter where clocks change.
            BucketSize::SixHours | BucketSize::Day => edges(
                self.size,
                zone,
                Span {
                    from: back(count).saturating_sub(DAY),
                    to: self.span.from,
                },
            ),
        };
        edges.drain(..edges.len().saturating_sub(count + 1));
        spans(&edges)
    }

    /// The hours of yesterday, from its midnight to its end: by their place in the day what
    /// the hours of today are compared with.
    pub fn yesterday(now: Micros, zone: &Zone) -> Vec<Span> {
        let span = zone.yesterday(now);
        let mut edges = edges(BucketSize::Hour, zone, span);
        if let Some(first) = edges.first_mut() {
            *first = span.from;
        }
        if let Some(last) = edges.last_mut() {
            *last = span.to;
        }
        spans(&edges)
    }
}

fn spans(edges: &[Micros]) -> Vec<Span> {
    let pairs = edges.iter().zip(edges.iter().skip(1));
    pairs
        .map(|(from, to)| Span {
            from: *from,
            to: *to,
        })
        .collect()
}
