//! Which quarter-hours are known to be folded from the rows that the database has, by digests of
//! those rows: as long as one stays the same, its rows need not be read again.

use std::collections::BTreeMap;

use timeline::{Micros, QUARTER};

use crate::store::Digest;

/// Digests of the rows that quarter-hours were folded from, by when those begin.
#[derive(Debug, Default)]
pub(super) struct Digests(BTreeMap<Micros, Digest>);

impl Digests {
    /// Whether the quarter-hour that begins then was folded from rows of this digest.
    pub(super) fn knows(&self, begins: Micros, digest: &Digest) -> bool {
        self.0.get(&begins) == Some(digest)
    }

    /// The quarter-hour that begins then is now folded from rows of this digest.
    pub(super) fn learn(&mut self, begins: Micros, digest: Digest) {
        self.0.insert(begins, digest);
    }

    /// A row of that time was counted: what is known of its quarter-hour holds no more.
    pub(super) fn forget(&mut self, at: Micros) {
        self.0.remove(&(at.div_euclid(QUARTER) * QUARTER));
    }

    /// Quarter-hours before that moment are held no more.
    pub(super) fn forget_before(&mut self, begins: Micros) {
        while let Some(first) = self.0.first_entry().filter(|first| *first.key() < begins) {
            first.remove();
        }
    }
}
