//! The newest calls, kept in memory: what the feed shows without asking the database.

use std::collections::{BTreeMap, HashMap};

use timeline::Micros;

use super::rows::Seen;
use crate::store::{Digest, Place};

/// How many calls are kept; as many again may wait for their time to come.
pub(super) const KEPT: usize = 1_000;

/// Calls in the order of time. Only those that have begun are shown.
#[derive(Clone, Debug, Default)]
pub(super) struct Newest {
    calls: BTreeMap<Place, Seen>,
    places: HashMap<i64, Place>,
    /// Calls were left out for lack of room: older ones are in the database only.
    cut: bool,
    /// What they were read from had this digest, and nothing came since.
    digest: Option<Digest>,
}

impl Newest {
    /// Takes a call in, in place of an earlier version of it.
    pub(super) fn put(&mut self, call: Seen) {
        self.digest = None;
        let place = call.place();
        if let Some(old) = self.places.insert(call.id, place) {
            self.calls.remove(&old);
        }
        self.calls.insert(place, call);
    }

    /// Whether what they were read from had this digest, and nothing came since.
    pub(super) fn are(&self, digest: &Digest) -> bool {
        self.digest.as_ref() == Some(digest)
    }

    /// Everything anew, as the database has it; `cut` when it has more. True when anything differs.
    pub(super) fn replace(&mut self, calls: Vec<Seen>, cut: bool, digest: Option<Digest>) -> bool {
        let mut fresh = Newest::default();
        for call in calls {
            fresh.put(call);
        }
        fresh.cut = cut;
        fresh.digest = digest;
        let differs = fresh.calls != self.calls;
        *self = fresh;
        differs
    }

    /// Lets the oldest go, and those furthest ahead of `end`.
    pub(super) fn trim(&mut self, end: Micros) {
        let ahead = self
            .calls
            .range(
                Place {
                    at: end,
                    id: i64::MIN,
                }..,
            )
            .count();
        for _ in KEPT..ahead {
            if let Some((_, call)) = self.calls.pop_last() {
                self.places.remove(&call.id);
            }
        }
        let begun = self.calls.len() - ahead.min(KEPT);
        for _ in KEPT..begun {
            if let Some((_, call)) = self.calls.pop_first() {
                self.places.remove(&call.id);
                self.cut = true;
            }
        }
    }

    /// Calls that began before `end`, newest first, from just after `after`.
    pub(super) fn page(&self, end: Micros, after: Option<Place>) -> impl Iterator<Item = &Seen> {
        let bound = Place {
            at: end,
            id: i64::MIN,
        };
        let bound = after.map_or(bound, |after| after.min(bound));
        self.calls.range(..bound).rev().map(|(_, call)| call)
    }

    /// Where the call with this id stands, when it is among these.
    pub(super) fn place(&self, id: i64) -> Option<Place> {
        self.places.get(&id).copied()
    }

    /// Whether there are older calls in the database.
    pub(super) fn is_cut(&self) -> bool {
        self.cut
    }

    /// The users of these calls.
    pub(super) fn users(&self) -> impl Iterator<Item = i64> {
        self.calls.values().filter_map(|call| call.user_id)
    }
}

#[cfg(test)]
mod tests {
    use shared_types::CallStatus;
    use timeline::Money;

    use super::*;

    fn call(id: i64, at: Micros) -> Seen {
        Seen {
            id,
            at,
            user_id: None,
            mcps: Vec::new(),
            cost: Money::ZERO,
            status: CallStatus::Success,
            duration_ms: None,
            action: String::new(),
        }
    }

    fn ids(newest: &Newest, end: Micros, after: Option<Place>) -> Vec<i64> {
        newest.page(end, after).map(|call| call.id).collect()
    }

    #[test]
    fn calls_come_by_time_and_then_by_id_and_not_before_their_time() {
        let mut newest = Newest::default();
        for (id, at) in [(1, 50), (2, 10), (3, 50), (4, 99)] {
            newest.put(call(id, at));
        }
        assert_eq!(ids(&newest, 60, None), [3, 1, 2]);
        assert_eq!(ids(&newest, 60, Some(Place { at: 50, id: 3 })), [1, 2]);
        assert_eq!(ids(&newest, 100, None), [4, 3, 1, 2]);
    }

    #[test]
    fn a_corrected_call_moves_and_is_not_doubled() {
        let mut newest = Newest::default();
        newest.put(call(1, 50));
        newest.put(call(1, 10));
        assert_eq!(ids(&newest, 60, None), [1]);
        assert_eq!(newest.place(1), Some(Place { at: 10, id: 1 }));
    }

    #[test]
    fn the_oldest_go_and_a_flood_of_future_calls_pushes_nothing_out() {
        let mut newest = Newest::default();
        for id in 0..2_500 {
            newest.put(call(id, id));
            newest.put(call(10_000 + id, 1_000_000 + id));
        }
        newest.trim(100_000);
        let shown = ids(&newest, 100_000, None);
        assert_eq!(shown.len(), KEPT);
        assert_eq!(shown.first(), Some(&2_499));
        assert!(newest.is_cut());
        assert_eq!(newest.page(i64::MAX, None).count(), 2 * KEPT);
    }
}
