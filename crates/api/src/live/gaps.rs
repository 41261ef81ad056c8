//! Ids that are missing below the highest one seen.
//!
//! PostgreSQL gives out ids before rows become visible, so a missing id is either a row
//! that was rolled back or one whose transaction still runs. A gap therefore stays open
//! until every transaction that ran when it was first seen has ended, and a grace for a
//! transaction that had taken its id but not yet its number.

use std::collections::BTreeMap;

use timeline::Micros;

/// How long a gap stays open at least.
const GRACE: Micros = 10_000_000;

/// The most intervals that are kept; beyond, the oldest are left to the recheck.
const MOST: usize = 10_000;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Gap {
    high: i64,
    /// No transaction from this one on had begun when the gap was first seen.
    horizon: i64,
    since: Micros,
}

/// Missing ids as intervals, both ends in.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Gaps {
    by_low: BTreeMap<i64, Gap>,
}

impl Gaps {
    /// Notes that `low..=high` is missing, seen in a snapshot with this `xmax`.
    pub(super) fn open(&mut self, low: i64, high: i64, horizon: i64, now: Micros) {
        if low > high {
            return;
        }
        let since = now;
        self.by_low.insert(
            low,
            Gap {
                high,
                horizon,
                since,
            },
        );
        while self.by_low.len() > MOST {
            self.by_low.pop_first();
        }
    }

    /// Notes that the row with this id has come; false when it was in no gap.
    pub(super) fn fill(&mut self, id: i64) -> bool {
        let Some((&low, &gap)) = self.by_low.range(..=id).next_back() else {
            return false;
        };
        if gap.high < id {
            return false;
        }
        self.by_low.remove(&low);
        if low < id {
            self.by_low.insert(
                low,
                Gap {
                    high: id - 1,
                    ..gap
                },
            );
        }
        if id < gap.high {
            self.by_low.insert(id + 1, gap);
        }
        true
    }

    /// Closes gaps that nothing can fill any more: every transaction below `xmin` has ended.
    pub(super) fn close_ended(&mut self, xmin: i64, now: Micros) {
        self.by_low
            .retain(|_, gap| xmin < gap.horizon || now < gap.since.saturating_add(GRACE));
    }

    /// Forgets ids above `high`: the table was put back to an older state.
    pub(super) fn truncate(&mut self, high: i64) {
        self.by_low.split_off(&high.saturating_add(1));
        if let Some(mut last) = self.by_low.last_entry() {
            let gap = last.get_mut();
            gap.high = gap.high.min(high);
        }
    }

    /// The intervals, lowest first.
    pub(super) fn intervals(&self) -> Vec<(i64, i64)> {
        self.by_low
            .iter()
            .map(|(low, gap)| (*low, gap.high))
            .collect()
    }

    pub(super) fn len(&self) -> usize {
        self.by_low.len()
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_gap_outlives_the_transactions_that_ran_when_it_was_seen() {
        let mut gaps = Gaps::default();
        gaps.open(5, 9, 100, 0);
        gaps.close_ended(99, GRACE * 5);
        assert_eq!(gaps.intervals(), [(5, 9)], "transaction 99 still runs");
        gaps.close_ended(100, GRACE - 1);
        assert_eq!(
            gaps.intervals(),
            [(5, 9)],
            "one may have its id but no number yet"
        );
        gaps.close_ended(100, GRACE);
        assert_eq!(gaps.len(), 0);
    }

    #[test]
    fn an_older_backup_takes_the_ids_above_it_away() {
        let mut gaps = Gaps::default();
        gaps.open(5, 9, 1, 0);
        gaps.open(20, 29, 1, 0);
        gaps.truncate(7);
        assert_eq!(gaps.intervals(), [(5, 7)]);
    }

    proptest! {
        #[test]
        fn filling_ids_one_by_one_leaves_exactly_the_others(
            ids in prop::collection::vec(0_i64..60, 0..80),
        ) {
            let mut gaps = Gaps::default();
            gaps.open(3, 17, 1, 0);
            gaps.open(20, 20, 1, 0);
            gaps.open(30, 55, 1, 0);
            let mut open: BTreeSet<i64> = (3..=17).chain(20..=20).chain(30..=55).collect();
            for id in ids {
                prop_assert_eq!(gaps.fill(id), open.remove(&id));
            }
            let left: BTreeSet<i64> =
                gaps.intervals().into_iter().flat_map(|(low, high)| low..=high).collect();
            prop_assert_eq!(left, open);
        }
    }
}
