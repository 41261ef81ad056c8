//! What is held of one stretch of time: its total, and a cell for each MCP server.

use serde::{Deserialize, Serialize};

use crate::names::{NameId, UNATTRIBUTED_ID};
use crate::{Call, Money, Sketch, Tally};

/// A call, with its cost already shared between the MCP servers it counts for.
pub(crate) struct Entry {
    total: Tally,
    duration_ms: Option<i64>,
    /// Every cell the call counts in, once.
    shares: Vec<(NameId, Money)>,
}

impl Entry {
    /// `intern` gives each name its number.
    pub(crate) fn new(call: &Call<'_>, mut intern: impl FnMut(&str) -> NameId) -> Entry {
        let total = Tally {
            queries: 1,
            errors: u64::from(call.error),
            cost: call.cost,
        };
        let duration_ms = call.duration_ms.filter(|ms| *ms >= 0);
        let of = call.mcps.len();
        let share = |(index, name): (usize, &&str)| (intern(name), call.cost.share(index, of));
        let mut shares: Vec<(NameId, Money)> = call.mcps.iter().enumerate().map(share).collect();
        if shares.is_empty() {
            shares.push((UNATTRIBUTED_ID, call.cost));
        }
        // Names can meet in one cell (cut at 255 characters, or beyond the names that are
        // told apart): the row still counts once there.
        shares.sort_by_key(|(id, _)| *id);
        shares.dedup_by(|later, kept| {
            let same = later.0 == kept.0;
            if same {
                kept.1 += later.1;
            }
            same
        });
        Entry {
            total,
            duration_ms,
            shares,
        }
    }

    /// The sums of this one call.
    pub(crate) fn total(&self) -> Tally {
        self.total
    }
}

/// Sums and latencies of some rows.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Figures {
    pub(crate) tally: Tally,
    pub(crate) latency: Sketch,
}

impl Figures {
    fn add(&mut self, tally: Tally, duration_ms: Option<i64>) {
        self.tally += tally;
        if let Some(ms) = duration_ms {
            self.latency.add(ms);
        }
    }

    fn merge(&mut self, other: &Figures) {
        self.tally += other.tally;
        self.latency.merge(&other.latency);
    }
}

/// One stretch of time. A row counts once in `total`, and once in the cell of each of its
/// MCP servers, with its share of the cost.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Bucket {
    pub(crate) total: Figures,
    /// Sorted by name number.
    pub(crate) mcps: Vec<(NameId, Figures)>,
}

impl Bucket {
    pub(crate) fn add(&mut self, entry: &Entry) {
        self.total.add(entry.total, entry.duration_ms);
        for (id, cost) in &entry.shares {
            let tally = Tally {
                cost: *cost,
                ..entry.total
            };
            self.with_cell(*id, |cell| cell.add(tally, entry.duration_ms));
        }
    }

    pub(crate) fn merge(&mut self, other: &Bucket) {
        self.total.merge(&other.total);
        for (id, figures) in &other.mcps {
            self.with_cell(*id, |cell| cell.merge(figures));
        }
    }

    /// Figures of one MCP server.
    pub(crate) fn cell(&self, id: NameId) -> Option<&Figures> {
        let place = self.mcps.binary_search_by_key(&id, |(id, _)| *id).ok()?;
        self.mcps.get(place).map(|(_, figures)| figures)
    }

    /// Gives every name number its number in another table.
    pub(crate) fn renumber(&mut self, map: &[NameId]) {
        for (id, figures) in std::mem::take(&mut self.mcps) {
            let id = map
                .get(usize::from(id))
                .copied()
                .unwrap_or(crate::names::OTHER_ID);
            self.with_cell(id, |cell| cell.merge(&figures));
        }
    }

    /// Gives back memory held for growth.
    pub(crate) fn shrink(&mut self) {
        self.total.latency.shrink();
        self.mcps.shrink_to_fit();
        for (_, figures) in &mut self.mcps {
            figures.latency.shrink();
        }
    }

    /// Heap bytes held.
    pub(crate) fn bytes(&self) -> usize {
        let cells = self.mcps.capacity() * size_of::<(NameId, Figures)>();
        let sketches: usize = self
            .mcps
            .iter()
            .map(|(_, figures)| figures.latency.bytes())
            .sum();
        cells + sketches + self.total.latency.bytes()
    }

    fn with_cell(&mut self, id: NameId, change: impl FnOnce(&mut Figures)) {
        let found = self.mcps.binary_search_by_key(&id, |(id, _)| *id);
        let (Ok(place) | Err(place)) = found;
        if found.is_err() {
            self.mcps.insert(place, (id, Figures::default()));
        }
        if let Some((_, figures)) = self.mcps.get_mut(place) {
            change(figures);
        }
    }
}
