use serde::{Deserialize, Serialize};

use crate::Range;

/// The span that a chart covers, the same for every endpoint that is asked for it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Window {
    /// The named range, when one was asked for (or left to the default).
    pub range: Option<Range>,
    /// Where the first bucket begins, RFC 3339.
    pub from: String,
    /// Where the window ends (exclusive): the end of the running minute, or what was asked for.
    pub to: String,
    /// Nominal length of a bucket: days are 23 or 25 hours when clocks change.
    pub bucket_seconds: u32,
    /// The time zone whose wall clock the buckets follow (IANA).
    pub tz: String,
    /// Part of history read so far, from 0 to 1: below 1 the oldest figures are still growing.
    pub progress: f64,
    /// Since when the figures stand still because the database is away, RFC 3339.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stale_since: Option<String>,
}

/// Queries over time.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct QueriesChart {
    /// Oldest first; empty buckets are there with 0.
    pub data: Vec<QueryPoint>,
    /// The span covered.
    #[serde(flatten)]
    pub window: Window,
}

/// One bucket of [`QueriesChart`].
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct QueryPoint {
    /// When the bucket begins, RFC 3339. (It is an hour only where the range says so.)
    pub hour: String,
    /// Queries in it.
    pub count: u64,
    /// How many of them were errors.
    pub errors: u64,
    /// What they cost, USD.
    pub cost: f64,
    /// With `compare=previous`: queries in the bucket of the window before that stands in the
    /// same place. Absent where history does not reach back that far.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub previous: Option<u64>,
}

/// Cost by MCP server, highest first; the slices add up to the total.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CostChart {
    /// One slice per MCP server that was called.
    pub data: Vec<CostSlice>,
    /// USD in the window, each query once.
    pub total: f64,
    /// Costs come from tokens and a price, since the hub has no cost column.
    pub costs_estimated: bool,
    /// The span covered.
    #[serde(flatten)]
    pub window: Window,
}

/// One slice of [`CostChart`].
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CostSlice {
    /// The MCP server's name, `Unattributed` or `Other`.
    pub mcp: String,
    /// USD; a query's cost is shared equally between the servers it touched.
    pub cost: f64,
    /// Queries that touched it.
    pub queries: u64,
}

/// Response-time percentiles over time.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct LatencyChart {
    /// Oldest first; buckets without a duration are there with nulls.
    pub data: Vec<LatencyPoint>,
    /// The span covered.
    #[serde(flatten)]
    pub window: Window,
}

/// One bucket of [`LatencyChart`], in milliseconds.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct LatencyPoint {
    /// When the bucket begins, RFC 3339.
    pub timestamp: String,
    /// The median.
    pub p50: Option<f64>,
    /// 95th percentile.
    pub p95: Option<f64>,
    /// 99th percentile.
    pub p99: Option<f64>,
    /// Queries that have a duration.
    pub count: u64,
    /// With `compare=previous`: the 95th percentile of the bucket of the window before that
    /// stands in the same place. Absent where history does not reach back that far, and where
    /// that bucket has no duration.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub previous: Option<f64>,
}

/// Errors by MCP server, most queries first.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ErrorsChart {
    /// One bar per MCP server that was called.
    pub data: Vec<ErrorBar>,
    /// Queries in the window, each once.
    pub total: u64,
    /// Errors in the window, each once.
    pub errors: u64,
    /// The span covered.
    #[serde(flatten)]
    pub window: Window,
}

/// One bar of [`ErrorsChart`].
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ErrorBar {
    /// The MCP server's name, `Unattributed` or `Other`.
    pub mcp: String,
    /// Queries that touched it and failed or were blocked.
    pub errors: u64,
    /// Queries that touched it.
    pub total: u64,
}
