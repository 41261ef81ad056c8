//! Words whose meaning hangs on what stands beside them.

use super::place::Place;
use crate::heard::Heard;
use crate::question::{Ascending, By, Measure};
use crate::sense::{Count, Sense};

/// What is worst when nobody says by which measure.
const TROUBLE: &[Measure] = &[Measure::Errors, Measure::ErrorRate];
/// What is best then.
const RELIABILITY: &[Measure] = &[Measure::ErrorRate, Measure::Errors];

impl<'a> Heard<'a> {
    pub(super) fn judged(&mut self, ascending: Ascending) {
        let measures = match ascending {
            Ascending::No => TROUBLE,
            Ascending::Yes => RELIABILITY,
        };
        self.rank = Some((measures, ascending));
        self.judged = true;
    }

    /// `when do errors peak`: a measure that is named goes first here, too.
    pub(super) fn peak(&mut self) {
        self.rank = Some((&[Measure::Queries], Ascending::No));
        self.judged = true;
    }

    /// `slow calls` are the slowest; elsewhere the word is a measure.
    pub(super) fn rather(
        &mut self,
        measures: &[Measure],
        rank: &'static [Measure],
        place: &Place<'_, 'a>,
    ) {
        let calls = matches!(place.sense_after(), Some(Sense::Calls(_)));
        // `the least expensive` has been put in order by its first word.
        let ordered = matches!(place.sense_before(), Some(Sense::Extreme(_)));
        if calls && !ordered && !self.how {
            self.rank = Some((rank, Ascending::No));
            self.lists_calls = true;
        } else {
            self.measure(measures, place);
        }
    }

    /// `the single busiest hour`, `a single call`.
    pub(super) fn single(&mut self, place: &Place<'_, 'a>, said: &str) {
        let of = place.sense_after();
        let ordered = matches!(
            of,
            Some(Sense::Rank(..) | Sense::Judged(_) | Sense::Extreme(_) | Sense::Latest(_))
        );
        let one = matches!(
            of,
            Some(Sense::Calls(_) | Sense::Dimension(..) | Sense::Step(..))
        );
        self.one |= ordered;
        if !ordered && !one {
            self.unknown.push(format!("“{said}”"));
        }
    }

    /// `active users` did something; servers are active by themselves.
    pub(super) fn active(&mut self, place: &Place<'_, 'a>) {
        let users = |sense: Option<Sense>| matches!(sense, Some(Sense::Dimension(By::User, _)));
        if users(place.sense_before()) || users(place.sense_after()) {
            self.uses = true;
        } else {
            self.health = Some(self.health.unwrap_or(false));
        }
    }

    /// `distinct users`: rows are distinct anyway.
    pub(super) fn distinct(&mut self, changes: bool, place: &Place<'_, 'a>, said: &str) {
        if matches!(place.sense_after(), Some(Sense::Dimension(_, Count::Many))) {
            return;
        }
        self.change |= changes;
        if !changes {
            self.unknown.push(format!("“{said}”"));
        }
    }
}
