//! Where a tag stands, and what stands beside it.

use crate::sense::Sense;
use crate::tagging::{Meaning, Tag};

/// Where a tag stands.
pub(super) struct Place<'t, 'a> {
    pub(super) message: &'t str,
    pub(super) tags: &'t [&'t Tag<'a>],
    pub(super) index: usize,
}

impl<'t, 'a> Place<'t, 'a> {
    pub(super) fn before(&self) -> Option<&'t Meaning<'a>> {
        let index = self.index.checked_sub(1)?;
        self.tags.get(index).map(|tag| &tag.meaning)
    }

    pub(super) fn after(&self) -> Option<&'t Meaning<'a>> {
        self.tags.get(self.index + 1).map(|tag| &tag.meaning)
    }

    pub(super) fn sense_before(&self) -> Option<Sense> {
        sense(self.before())
    }

    pub(super) fn sense_after(&self) -> Option<Sense> {
        sense(self.after())
    }

    /// Whether what follows is something that figures can be listed, ordered or restricted by.
    pub(super) fn leads_somewhere(&self) -> bool {
        !matches!(
            self.after(),
            None | Some(Meaning::Sense(
                Sense::Preposition
                    | Sense::All
                    | Sense::By
                    | Sense::What
                    | Sense::Does
                    | Sense::Glance
            ))
        )
    }

    /// Whether it stands in a list with a measure: `queries, errors and cost`.
    pub(super) fn among_measures(&self) -> bool {
        let joined = |first: usize, second: usize| {
            let (Some(first), Some(second)) = (self.tags.get(first), self.tags.get(second)) else {
                return false;
            };
            let between = self.message.get(first.to..second.from).unwrap_or_default();
            let listed = [",", "&", "+", "and", "AND", "/", "plus"];
            listed.iter().any(|joint| between.contains(joint))
        };
        let measure =
            |sense: Option<Sense>| matches!(sense, Some(Sense::Measure(_) | Sense::Calls(_)));
        (measure(self.sense_after()) && joined(self.index, self.index + 1))
            || (measure(self.sense_before()) && joined(self.index.saturating_sub(1), self.index))
    }

    /// The next that is no preposition and no `by`.
    pub(super) fn sense_beyond(&self) -> Option<Sense> {
        let rest = self.tags.get(self.index + 1..).unwrap_or_default();
        let beyond = rest.iter().find(|tag| {
            !matches!(
                tag.meaning,
                Meaning::Sense(
                    Sense::Preposition
                        | Sense::All
                        | Sense::Distinct
                        | Sense::Different
                        | Sense::Active
                        | Sense::Health { .. }
                        | Sense::Fine
                )
            )
        });
        sense(beyond.map(|tag| &tag.meaning))
    }
}

fn sense(meaning: Option<&Meaning<'_>>) -> Option<Sense> {
    match meaning {
        Some(Meaning::Sense(sense)) => Some(*sense),
        _ => None,
    }
}
