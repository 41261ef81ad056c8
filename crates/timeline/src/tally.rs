//! Sums that come out.

use std::ops::AddAssign;

use serde::{Deserialize, Serialize};

use crate::Money;

/// Sums over some rows.
#[derive(Clone, Copy, Default, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Tally {
    /// Rows.
    pub queries: u64,
    /// Rows that failed or were blocked.
    pub errors: u64,
    /// What the rows cost.
    pub cost: Money,
}

impl AddAssign for Tally {
    fn add_assign(&mut self, other: Tally) {
        self.queries = self.queries.saturating_add(other.queries);
        self.errors = self.errors.saturating_add(other.errors);
        self.cost += other.cost;
    }
}

/// Sums of one MCP server, or of [`crate::UNATTRIBUTED`] or [`crate::OTHER`].
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct McpTally {
    /// Its name.
    pub name: String,
    /// Its sums; `cost` is its share of the rows' cost.
    pub tally: Tally,
}
