//! Sums by MCP server of two spans together.

use std::collections::BTreeMap;

use crate::fold::MAX_SHOWN;
use crate::{McpTally, OTHER, Tally, UNATTRIBUTED};

/// Two answers of [`crate::Timeline::by_mcp`] as one, in the same order and with the same
/// bound. What either has in [`OTHER`] stays there.
pub fn joined(one: Vec<McpTally>, two: Vec<McpTally>) -> Vec<McpTally> {
    let mut sums: BTreeMap<String, Tally> = BTreeMap::new();
    for mcp in one.into_iter().chain(two) {
        *sums.entry(mcp.name).or_default() += mcp.tally;
    }
    let mut other = sums.remove(OTHER).unwrap_or_default();
    let mut ranked: Vec<McpTally> = sums
        .into_iter()
        .map(|(name, tally)| McpTally { name, tally })
        .collect();
    // The names are in order already, and stay so where sums are equal.
    ranked.sort_by_key(|mcp| std::cmp::Reverse(mcp.tally.queries));
    let mut servers = 0;
    ranked.retain(|mcp| {
        servers += usize::from(mcp.name != UNATTRIBUTED);
        let shown = servers <= MAX_SHOWN || mcp.name == UNATTRIBUTED;
        if !shown {
            other += mcp.tally;
        }
        shown
    });
    if other.queries > 0 {
        let name = OTHER.to_owned();
        let place = ranked.partition_point(|mcp| {
            mcp.tally.queries > other.queries
                || (mcp.tally.queries == other.queries && mcp.name < name)
        });
        ranked.insert(place, McpTally { name, tally: other });
    }
    ranked
}
