//! Sums wherever they come from: rows that were read for what is older or finer than what
//! memory holds, and memory from there on. The two meet on a bucket's edge.

use timeline::{McpTally, Micros, OTHER, Sketch, Span, Tally, Timeline, joined};

/// Two timelines, one after the other.
pub(super) struct Folds<'a> {
    pub(super) memory: &'a Timeline,
    /// What was read, and where it ends.
    pub(super) read: Option<(&'a Timeline, Micros)>,
}

impl Folds<'_> {
    pub(super) fn tally(&self, span: Span) -> Tally {
        let (old, young) = self.split(span);
        let mut tally = self.memory.tally(young);
        if let Some((read, _)) = self.read {
            tally += read.tally(old);
        }
        tally
    }

    pub(super) fn latency(&self, span: Span) -> Sketch {
        let (old, young) = self.split(span);
        let mut latency = self.memory.latency(young);
        if let Some((read, _)) = self.read {
            latency.merge(&read.latency(old));
        }
        latency
    }

    pub(super) fn by_mcp(&self, span: Span) -> Vec<McpTally> {
        let (old, young) = self.split(span);
        let held = self.memory.by_mcp(young);
        match self.read {
            Some((read, _)) => joined(read.by_mcp(old), held),
            None => held,
        }
    }

    /// Latencies of one server; of those summed up as `Other` only where one timeline tells
    /// which they are.
    pub(super) fn latency_of(&self, mcp: &str, span: Span) -> Sketch {
        let (old, young) = self.split(span);
        let Some((read, _)) = self.read else {
            return self.memory.latency_of(mcp, young);
        };
        if mcp == OTHER && !old.is_empty() && !young.is_empty() {
            return Sketch::default();
        }
        let mut latency = self.memory.latency_of(mcp, young);
        latency.merge(&read.latency_of(mcp, old));
        latency
    }

    /// What was read of the span, and what memory tells.
    fn split(&self, span: Span) -> (Span, Span) {
        let edge = self.read.map_or(span.from, |(_, until)| {
            until.clamp(span.from, span.to.max(span.from))
        });
        let old = Span {
            from: span.from,
            to: edge,
        };
        let young = Span {
            from: edge,
            to: span.to,
        };
        (old, young)
    }
}
