use serde::{Deserialize, Serialize};

use crate::{
    Activity, CostChart, ErrorsChart, LatencyChart, LatencyPoint, QueriesChart, QueryPoint, Stats,
    Status, Window,
};

/// Names of the events of the stream.
pub mod event {
    /// Carries a [`super::Snapshot`].
    pub const SNAPSHOT: &str = "snapshot";
    /// Carries a [`super::Delta`].
    pub const DELTA: &str = "delta";
}

/// Everything the page shows at one moment.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Snapshot {
    /// Whether the figures are live.
    pub status: Status,
    /// The stat cards.
    pub stats: Stats,
    /// Queries over time.
    pub queries: QueriesChart,
    /// Cost by MCP server.
    pub cost: CostChart,
    /// Response-time percentiles over time.
    pub response_times: LatencyChart,
    /// Errors by MCP server.
    pub errors: ErrorsChart,
    /// The newest calls, ordered by (timestamp, id) descending.
    pub activities: Vec<Activity>,
}

/// What changed since the event before. A part that is absent did not change.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Delta {
    /// The state, whole.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status: Option<Status>,
    /// The stat cards, whole.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stats: Option<Stats>,
    /// Buckets of the queries chart that are new or changed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub queries: Option<SeriesDelta<QueryPoint>>,
    /// Cost by MCP server, whole.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cost: Option<CostChart>,
    /// Buckets of the response-time chart that are new or changed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub response_times: Option<SeriesDelta<LatencyPoint>>,
    /// Errors by MCP server, whole.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub errors: Option<ErrorsChart>,
    /// Calls that are new, changed or removed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub activity: Option<ActivityDelta>,
}

/// Buckets that are new or changed, in a window that may have moved on.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SeriesDelta<P> {
    /// The window now: buckets that begin before `from` have left it.
    #[serde(flatten)]
    pub window: Window,
    /// Oldest first.
    pub changed: Vec<P>,
}

/// Calls that are new, changed or removed.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ActivityDelta {
    /// Not seen before by this stream, newest first; and at the end older ones that moved up
    /// into the snapshot's list as others left it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub new: Vec<Activity>,
    /// Seen before by some reader, now different: one that does not hold the call ignores it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub changed: Vec<Activity>,
    /// Ids of calls that the hub deleted.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub removed: Vec<i64>,
}

/// A point of a series, known by when its bucket begins.
pub trait Timed {
    /// When the bucket begins, RFC 3339.
    fn begins(&self) -> &str;
}

impl Timed for QueryPoint {
    fn begins(&self) -> &str {
        &self.hour
    }
}

impl Timed for LatencyPoint {
    fn begins(&self) -> &str {
        &self.timestamp
    }
}

impl Snapshot {
    /// Brings this snapshot up to date, as every reader of the stream does. At most
    /// `keep` calls stay.
    pub fn apply(&mut self, delta: Delta, keep: usize) {
        if let Some(status) = delta.status {
            self.status = status;
        }
        if let Some(stats) = delta.stats {
            self.stats = stats;
        }
        if let Some(series) = delta.queries {
            self.queries.window = series.window;
            merge(&mut self.queries.data, series.changed, &self.queries.window);
        }
        if let Some(series) = delta.response_times {
            let chart = &mut self.response_times;
            chart.window = series.window;
            merge(&mut chart.data, series.changed, &chart.window);
        }
        if let Some(cost) = delta.cost {
            self.cost = cost;
        }
        if let Some(errors) = delta.errors {
            self.errors = errors;
        }
        if let Some(activity) = delta.activity {
            apply_activity(&mut self.activities, activity, keep);
        }
    }
}

/// Points stay in order: each goes to its place, which costs a page less than sorting.
fn merge<P: Timed>(data: &mut Vec<P>, changed: Vec<P>, window: &Window) {
    data.retain(|point| !before(point.begins(), &window.from));
    for point in changed {
        if let Some(old) = data.iter_mut().find(|old| old.begins() == point.begins()) {
            *old = point;
        } else {
            let place = data.partition_point(|old| before(old.begins(), point.begins()));
            data.insert(place, point);
        }
    }
}

fn apply_activity(rows: &mut Vec<Activity>, delta: ActivityDelta, keep: usize) {
    rows.retain(|row| !delta.removed.contains(&row.id));
    for row in delta.changed {
        // One that is not held is older than all that are.
        if rows.iter().any(|old| old.id == row.id) {
            put(rows, row);
        }
    }
    for row in delta.new {
        put(rows, row);
    }
    rows.truncate(keep);
}

/// Puts a call to its place, newest first; what was held of it goes.
fn put(rows: &mut Vec<Activity>, row: Activity) {
    rows.retain(|old| old.id != row.id);
    let newer =
        |old: &Activity| (instant(&old.timestamp), old.id) > (instant(&row.timestamp), row.id);
    let place = rows.partition_point(newer);
    rows.insert(place, row);
}

fn before(a: &str, b: &str) -> bool {
    instant(a) < instant(b)
}

/// RFC 3339 in UTC sorts as text but for fractions, which may be cut short: `00Z` comes
/// before `00.5Z`, so the `Z` is left out of the comparison.
fn instant(text: &str) -> &str {
    text.strip_suffix('Z').unwrap_or(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_whole_second_sorts_before_its_fractions() {
        assert!(before("2026-01-26T10:00:00Z", "2026-01-26T10:00:00.5Z"));
        assert!(before("2026-01-26T10:00:00.25Z", "2026-01-26T10:00:00.5Z"));
        assert!(!before("2026-01-26T10:00:01Z", "2026-01-26T10:00:00.5Z"));
    }
}
