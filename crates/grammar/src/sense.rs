//! What a word or a phrase means.

use timeline::BucketSize;

use crate::question::{Ascending, By, Measure, Outcome};

/// One thing or several: `which server` wants one answer, `which servers` a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Count {
    One,
    Many,
}

/// The meaning of a phrase in the lexicon.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Sense {
    /// `errors`, `latency`.
    Measure(&'static [Measure]),
    /// `success rate`: told as the error rate.
    SuccessRate,
    /// `slower`: a measure, compared with the period before.
    Comparative(&'static [Measure]),
    /// `spenders`: users by their cost.
    Spender(Count),
    /// `average`: of what follows.
    Average,
    /// `calls`: counted or listed, as the rest has it.
    Calls(Count),
    /// `blocked`.
    Outcome(Outcome),
    /// `worst` (no), `best` (yes): of the measure that is named, else of errors.
    Judged(Ascending),
    /// `peak`: of the measure that is named, else of queries.
    Peak,
    /// `slow`: a measure, but `slow calls` are the slowest.
    Rather(&'static [Measure], &'static [Measure]),
    /// `fails`: the measure of errors, when something is ranked by it.
    Failing,
    /// `server`, `who`.
    Dimension(By, Count),
    /// `hour`.
    Step(BucketSize, Count),
    /// `time of day`: hours, one of which is asked for.
    HourOfDay,
    /// `by`, `per`: a dimension, an order or a name follows.
    By,
    /// `slowest`.
    Rank(&'static [Measure], Ascending),
    /// `most`, `least`: of a measure.
    Extreme(Ascending),
    /// `single`: one, of calls and of what is in order.
    Single,
    /// `top`, `bottom`: a number may follow.
    Top(Ascending),
    /// `how many`.
    HowMany,
    /// `how much`: money, unless a measure says otherwise.
    HowMuch,
    /// `how`.
    How,
    /// `what`, `which`.
    What,
    /// `list`: single calls.
    List,
    /// `latest`: single calls, or one.
    Latest(Count),
    /// `did`, `asked`: what somebody did.
    Does,
    /// `uses`: what somebody or something is used by.
    Uses,
    /// `compared with`, `than`: the period before follows.
    Against,
    /// `changed`: compared with the period before.
    Change,
    /// `different`: nothing before users or servers, else what changed.
    Different,
    /// `distinct`: nothing, before users or servers.
    Distinct,
    /// `up`, `down`: the health of servers, or how a measure moved.
    Moved {
        /// Down: not well.
        down: bool,
    },
    /// `active`: users who called something; the health of servers.
    Active,
    /// `healthy` (false), `broken` (true).
    Health {
        /// Not well is asked for.
        unwell: bool,
    },
    /// `ok`: the health of servers, unless something else is asked.
    Fine,
    /// `status`: of servers their health, else a summary.
    Status,
    /// `show`: calls, rather than how many there were.
    Show,
    /// `summary`.
    Glance,
    /// `what can you do`.
    Help,
    /// `thanks`.
    Courtesy,
    /// `her`: of the one person who is named.
    Pronoun,
    /// `please`: nothing.
    Filler,
    /// `of`: nothing, but a name may follow.
    Preposition,
    /// `everything`: no restriction.
    All,
    /// `not`.
    Not,
    /// `why`.
    Why,
    /// `mentioning`: a word to look for follows.
    Mentions,
    /// `id`, `number` before the number of a call.
    IdWord,
    /// Understood, and beyond what the figures tell: why.
    Beyond(&'static str),
}
