//! Sums over spans of time.
//!
//! A span is made of whole quarter-hours where it covers them, of minutes at its ends, and
//! for sums of all rows of seconds inside the first and last minute. Where an end cuts
//! something that is not held any finer (a quarter older than 52 hours, a minute's
//! percentiles), the whole of it counts when it begins in the span: so spans that meet
//! neither miss a row nor count one twice.

use std::collections::BTreeSet;

use crate::bucket::{Bucket, Figures};
use crate::names::{NameId, OTHER, OTHER_ID, UNATTRIBUTED_ID};
use crate::quarter::Minute;
use crate::sketch::Gather;
use crate::span::{MINUTE, Micros, QUARTER, Span};
use crate::{McpTally, Sketch, Tally, Timeline};

/// MCP servers that are told apart in one answer.
pub(crate) const MAX_SHOWN: usize = 200;

/// Something held that lies in a span.
enum Piece<'a> {
    /// A quarter or a minute that counts whole.
    Whole(&'a Bucket),
    /// A minute that an end of the span cuts, and when it begins.
    Cut(&'a Minute, Micros),
}

impl Timeline {
    /// Sums of all rows in the span; exact to the second inside the last 52 hours.
    pub fn tally(&self, span: Span) -> Tally {
        let mut sum = Tally::default();
        self.each_piece(span, |piece| match piece {
            Piece::Whole(bucket) => sum += bucket.total.tally,
            Piece::Cut(minute, starts) => sum += minute.seconds_in(starts, span),
        });
        sum
    }

    /// Sums of each MCP server in the span, most rows first, then by name.
    ///
    /// Rows without a server are under [`crate::UNATTRIBUTED`]. Beyond 200 servers the 200
    /// with the most rows (then by name) stay, the others are summed under [`OTHER`].
    pub fn by_mcp(&self, span: Span) -> Vec<McpTally> {
        let ranked = self.ranked(span);
        let mut other = Tally::default();
        let mut shown: Vec<McpTally> = Vec::new();
        for (id, tally) in ranked {
            match id {
                Some(id) => shown.push(McpTally {
                    name: self.names.name(id).to_owned(),
                    tally,
                }),
                None => other += tally,
            }
        }
        if other.queries > 0 {
            shown.push(McpTally {
                name: OTHER.to_owned(),
                tally: other,
            });
        }
        shown.sort_by(|a, b| {
            b.tally
                .queries
                .cmp(&a.tally.queries)
                .then_with(|| a.name.cmp(&b.name))
        });
        shown
    }

    /// Latencies of all rows in the span.
    pub fn latency(&self, span: Span) -> Sketch {
        let mut gather = Gather::new();
        self.each_bucket(span, |bucket| gather.add(&bucket.total.latency));
        gather.into_sketch()
    }

    /// Latencies of one MCP server's rows in the span, by the names of [`Timeline::by_mcp`].
    pub fn latency_of(&self, mcp: &str, span: Span) -> Sketch {
        let mut gather = Gather::new();
        let mut add = |figures: Option<&Figures>| {
            if let Some(figures) = figures {
                gather.add(&figures.latency);
            }
        };
        if mcp == OTHER {
            let shown: BTreeSet<NameId> = self
                .ranked(span)
                .into_iter()
                .filter_map(|(id, _)| id)
                .collect();
            self.each_bucket(span, |bucket| {
                for (_, figures) in bucket.mcps.iter().filter(|(id, _)| !shown.contains(id)) {
                    add(Some(figures));
                }
            });
        } else if let Some(id) = self.names.id(mcp) {
            self.each_bucket(span, |bucket| add(bucket.cell(id)));
        }
        gather.into_sketch()
    }

    /// Sums of all rows in each of the spans.
    pub fn series(&self, buckets: &[Span]) -> Vec<Tally> {
        buckets.iter().map(|bucket| self.tally(*bucket)).collect()
    }

    /// Latencies of all rows in each of the spans.
    pub fn latency_series(&self, buckets: &[Span]) -> Vec<Sketch> {
        buckets.iter().map(|bucket| self.latency(*bucket)).collect()
    }

    /// Sums of every name that has rows in the span; no number for those that are to be
    /// folded into [`OTHER`].
    fn ranked(&self, span: Span) -> Vec<(Option<NameId>, Tally)> {
        let mut sums = vec![Tally::default(); self.names.len()];
        self.each_bucket(span, |bucket| {
            for (id, figures) in &bucket.mcps {
                if let Some(sum) = sums.get_mut(usize::from(*id)) {
                    *sum += figures.tally;
                }
            }
        });
        let mut ranked: Vec<(NameId, Tally)> = (0..)
            .zip(sums)
            .filter(|(_, tally)| tally.queries > 0)
            .collect();
        ranked.sort_by(|(a, one), (b, two)| {
            let by_name = || self.names.name(*a).cmp(self.names.name(*b));
            two.queries.cmp(&one.queries).then_with(by_name)
        });
        let mut servers = 0;
        let label = |(id, tally)| match id {
            UNATTRIBUTED_ID => (Some(id), tally),
            OTHER_ID => (None, tally),
            _ => {
                servers += 1;
                ((servers <= MAX_SHOWN).then_some(id), tally)
            }
        };
        ranked.into_iter().map(label).collect()
    }

    /// Every quarter or minute that counts, where nothing finer than minutes is held.
    fn each_bucket<'a>(&'a self, span: Span, mut visit: impl FnMut(&'a Bucket)) {
        self.each_piece(span, |piece| match piece {
            Piece::Whole(bucket) => visit(bucket),
            Piece::Cut(minute, starts) if span.contains(starts) => visit(&minute.bucket),
            Piece::Cut(..) => {}
        });
    }

    fn each_piece<'a>(&'a self, span: Span, mut visit: impl FnMut(Piece<'a>)) {
        if span.is_empty() {
            return;
        }
        let first = span.from.div_euclid(QUARTER);
        let last = span.to.saturating_sub(1).div_euclid(QUARTER);
        for (index, quarter) in self.quarters.range(first..=last) {
            let from = index.saturating_mul(QUARTER);
            match &quarter.minutes {
                Some(minutes) if !span.covers(stretch(from, QUARTER)) => {
                    pieces_of(minutes.as_slice(), from, span, &mut visit);
                }
                _ if span.contains(from) => visit(Piece::Whole(&quarter.whole)),
                _ => {}
            }
        }
    }
}

/// The minutes of a quarter that begins at `from`, as far as they lie in the span.
fn pieces_of<'a>(
    minutes: &'a [Minute],
    from: Micros,
    span: Span,
    visit: &mut impl FnMut(Piece<'a>),
) {
    for (number, minute) in (0..).zip(minutes) {
        let minute_span = stretch(from.saturating_add(number * MINUTE), MINUTE);
        if span.covers(minute_span) {
            visit(Piece::Whole(&minute.bucket));
        } else if minute_span.from < span.to && span.from < minute_span.to {
            visit(Piece::Cut(minute, minute_span.from));
        }
    }
}

fn stretch(from: Micros, length: Micros) -> Span {
    Span {
        from,
        to: from.saturating_add(length),
    }
}
