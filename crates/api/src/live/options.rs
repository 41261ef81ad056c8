//! What the follower is told when it is made.

use std::path::PathBuf;
use std::time::Duration;

use rust_decimal::Decimal;

/// How the follower works and what it calls things.
#[derive(Clone, Debug)]
pub struct Options {
    /// How many days back the timeline reaches.
    pub history_days: u32,
    /// USD per million tokens, where the hub has no cost column.
    pub price: Decimal,
    /// Pause between two polls.
    pub poll: Duration,
    /// What is watched, for people.
    pub source: String,
    /// The hub's own time zone (IANA).
    pub hub_tz: String,
    /// The file in which folded history is kept from one start to the next; none keeps nothing.
    pub keep: Option<PathBuf>,
    /// Tells this process's event streams from another's, so that a reader that moves
    /// between replicas is given a whole snapshot. Random.
    pub epoch: u64,
}
