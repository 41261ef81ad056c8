//! What was heard in a message, before it is one question.

use timeline::BucketSize;

use crate::names::Entity;
use crate::question::{Ascending, By, Measure, Outcome};
use crate::sense::Count;
use crate::times::Time;

/// Everything that a message says, by kind.
#[derive(Clone, Debug, Default)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each tells whether one thing was said"
)]
pub(crate) struct Heard<'a> {
    pub(crate) measures: Vec<Measure>,
    /// It looks like a question, whatever it says.
    pub(crate) asks: bool,
    /// `average`, of a measure that has one.
    pub(crate) average: bool,
    /// `per call`, of money or errors.
    pub(crate) per_call: bool,
    /// `slowest`: measures, and from which end.
    pub(crate) rank: Option<(&'static [Measure], Ascending)>,
    /// `worst`, `best`: a measure that is named goes before those of the rank.
    pub(crate) judged: bool,
    /// `success rate`: the most of it is the least of errors.
    pub(crate) of_success: bool,
    /// `time of day`.
    pub(crate) of_day: bool,
    /// `her`: of a person who has to be named.
    pub(crate) pronoun: Option<String>,
    /// `most`, `top`: of a measure that is named elsewhere.
    pub(crate) extreme: Option<Ascending>,
    /// `sorted by cost`.
    pub(crate) order: Option<Measure>,
    pub(crate) by: Vec<By>,
    pub(crate) step: Option<BucketSize>,
    /// Whether one row is wanted: `which server`.
    pub(crate) one: bool,
    /// `how many users`: of what by itself.
    pub(crate) counted: Option<By>,
    pub(crate) names: Vec<Entity<'a>>,
    pub(crate) outcomes: Vec<Outcome>,
    pub(crate) failing: bool,
    pub(crate) texts: Vec<String>,
    /// In the order they were named, and whether the figures are compared with it.
    pub(crate) times: Vec<(Time, bool)>,
    pub(crate) against: bool,
    pub(crate) change: bool,
    pub(crate) moved: Option<bool>,
    pub(crate) health: Option<bool>,
    pub(crate) fine: bool,
    pub(crate) status: bool,
    pub(crate) limits: Vec<i64>,
    pub(crate) calls: Option<Count>,
    /// `slowest calls`, `5 calls`, `which calls`: they are to be listed.
    pub(crate) lists_calls: bool,
    /// `which errors`.
    pub(crate) lists_errors: bool,
    pub(crate) how_many: bool,
    pub(crate) how_much: bool,
    pub(crate) how: bool,
    pub(crate) what: bool,
    pub(crate) list: bool,
    pub(crate) show: bool,
    pub(crate) latest: bool,
    /// `last error`.
    pub(crate) latest_one: bool,
    pub(crate) does: bool,
    pub(crate) uses: bool,
    pub(crate) glance: bool,
    pub(crate) help: bool,
    pub(crate) courtesy: bool,
    pub(crate) everything: bool,
    pub(crate) why: bool,
    /// Ids of calls.
    pub(crate) ids: Vec<i64>,
    /// What made no sense.
    pub(crate) unknown: Vec<String>,
    pub(crate) assumed: Vec<String>,
    /// The stretches of the message that name times.
    pub(crate) times_said: Vec<String>,
}

impl Heard<'_> {
    /// Whether something was said that figures could be asked for by.
    pub(crate) fn asks_something(&self) -> bool {
        !self.measures.is_empty()
            || self.rank.is_some()
            || self.calls.is_some()
            || !self.by.is_empty()
            || !self.names.is_empty()
            || !self.times.is_empty()
            || !self.outcomes.is_empty()
            || !self.texts.is_empty()
            || !self.ids.is_empty()
            || self.failing
            || self.glance
            || self.status
            || self.health.is_some()
            || self.moved.is_some()
    }
}
