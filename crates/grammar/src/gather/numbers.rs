//! Numbers, and how many there were.

use super::place::Place;
use crate::heard::Heard;
use crate::question::Measure;
use crate::sense::{Count, Sense};

impl<'a> Heard<'a> {
    pub(super) fn number(&mut self, number: i64, place: &Place<'_, 'a>, said: &str) {
        let id = matches!(
            place.sense_before(),
            Some(Sense::Calls(Count::One) | Sense::IdWord)
        );
        let leads = matches!(
            place.sense_before(),
            Some(
                Sense::Top(_)
                    | Sense::Latest(_)
                    | Sense::Rank(..)
                    | Sense::Judged(_)
                    | Sense::Extreme(_)
                    | Sense::List
            )
        );
        let counts = matches!(
            place.sense_after(),
            Some(
                Sense::Rank(..)
                    | Sense::Judged(_)
                    | Sense::Rather(..)
                    | Sense::Extreme(_)
                    | Sense::Calls(_)
                    | Sense::Dimension(..)
                    | Sense::Outcome(_)
                    | Sense::Latest(_)
                    | Sense::Step(..)
                    | Sense::Measure(&[Measure::Errors])
            )
        );
        if id {
            self.ids.push(number);
        } else if leads || counts {
            self.limits.push(number);
        } else {
            self.unknown.push(format!("“{said}”"));
        }
    }

    pub(super) fn count(&mut self, place: &Place<'_, 'a>) {
        self.how_many = true;
        if let Some(Sense::Dimension(by, _)) = place.sense_beyond()
            && place.sense_before() != Some(Sense::By)
        {
            self.counted = Some(by);
        }
    }
}
