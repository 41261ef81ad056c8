//! One row of the audit log, as far as figures need it.

use crate::{Micros, Money};

/// One request to the hub: one row of its audit log.
#[derive(Clone, Copy, Debug)]
pub struct Call<'a> {
    /// When the request began.
    pub at: Micros,
    /// The MCP servers it counts for, each once: the result of [`crate::attribute`].
    pub mcps: &'a [&'a str],
    /// What it cost.
    pub cost: Money,
    /// Whether it failed or was blocked.
    pub error: bool,
    /// How long it took, in milliseconds; negative counts as none.
    pub duration_ms: Option<i64>,
}

/// What became of a call that was added.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Placed {
    /// It is held and counts.
    Counted,
    /// It lies before the history that is held.
    TooOld,
    /// It lies more than 24 hours in the future; not held.
    TooFarAhead,
}
