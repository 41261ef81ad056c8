//! The parts of a snapshot: what the page is told anew by itself.

use shared_types::{Delta, Snapshot};

/// What of a snapshot can change by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// Whether the figures are live.
    Status,
    /// The stat cards.
    Stats,
    /// Queries over time.
    Queries,
    /// Cost by MCP server.
    Cost,
    /// Response-time percentiles.
    ResponseTimes,
    /// Errors by MCP server.
    Errors,
    /// The last calls.
    Activities,
}

impl Part {
    pub(super) const ALL: [Part; 7] = [
        Part::Status,
        Part::Stats,
        Part::Queries,
        Part::Cost,
        Part::ResponseTimes,
        Part::Errors,
        Part::Activities,
    ];

    /// Whether it is another one in the other snapshot.
    pub(super) fn differs(self, a: &Snapshot, b: &Snapshot) -> bool {
        match self {
            Part::Status => a.status != b.status,
            Part::Stats => a.stats != b.stats,
            Part::Queries => a.queries != b.queries,
            Part::Cost => a.cost != b.cost,
            Part::ResponseTimes => a.response_times != b.response_times,
            Part::Errors => a.errors != b.errors,
            Part::Activities => a.activities != b.activities,
        }
    }

    /// Whether a delta changes it.
    pub(super) fn is_in(self, delta: &Delta) -> bool {
        match self {
            Part::Status => delta.status.is_some(),
            Part::Stats => delta.stats.is_some(),
            Part::Queries => delta.queries.is_some(),
            Part::Cost => delta.cost.is_some(),
            Part::ResponseTimes => delta.response_times.is_some(),
            Part::Errors => delta.errors.is_some(),
            Part::Activities => delta.activity.is_some(),
        }
    }
}
