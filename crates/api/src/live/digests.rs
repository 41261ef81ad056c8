//! Which stretches of time are known to be folded from the rows that the database has, by digests
//! of those rows: as long as one stays the same, its rows need not be read again.

use std::collections::BTreeMap;

use timeline::{Micros, Span};

use crate::store::Digest;

/// Digests of the rows that stretches of time were folded from, by when those begin, each with
/// when it ends. No two have a moment in common.
#[derive(Debug, Default)]
pub(super) struct Digests(BTreeMap<Micros, (Micros, Digest)>);

impl Digests {
    /// Whether the stretch was folded from rows of this digest.
    pub(super) fn knows(&self, span: Span, digest: &Digest) -> bool {
        let known = self.0.get(&span.from);
        known.is_some_and(|(to, known)| *to == span.to && known == digest)
    }

    /// The stretch is now folded from rows of this digest.
    pub(super) fn learn(&mut self, span: Span, digest: Digest) {
        self.forget(span);
        self.0.insert(span.from, (span.to, digest));
    }

    /// Rows of the stretch were counted, or gone: what is known of any part of it holds no more.
    pub(super) fn forget(&mut self, span: Span) {
        while let Some((from, _)) = self
            .0
            .range(..span.to)
            .next_back()
            .filter(|(_, (to, _))| *to > span.from)
        {
            let from = *from;
            self.0.remove(&from);
        }
    }

    /// A row of that moment was counted.
    pub(super) fn forget_at(&mut self, at: Micros) {
        self.forget(Span {
            from: at,
            to: at.saturating_add(1),
        });
    }

    /// Stretches that begin before that moment are held no more.
    pub(super) fn forget_before(&mut self, begins: Micros) {
        while let Some(first) = self.0.first_entry().filter(|first| *first.key() < begins) {
            first.remove();
        }
    }
}
