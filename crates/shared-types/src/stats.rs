use serde::{Deserialize, Serialize};

/// The stat cards: always about today in the viewer's time zone, whatever the range.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Stats {
    /// MCP servers that are switched on, whatever their health.
    /// `None` when the hub's table of servers cannot be read.
    pub active_mcps: Option<u64>,
    /// Users known to the hub, active or not. `None` when they cannot be read.
    pub total_users: Option<u64>,
    /// Queries since midnight.
    pub queries_today: u64,
    /// USD since midnight.
    pub cost_today: f64,
    /// MCP servers known to the hub, switched on or off.
    pub total_mcps: Option<u64>,
    /// Users that came in the last seven days of 24 hours.
    pub new_users_7d: Option<u64>,
    /// Midnight, RFC 3339.
    pub today_starts: String,
    /// Yesterday from its midnight to the same wall-clock time.
    pub yesterday: Yesterday,
    /// Today's hours up to the running one, oldest first: the cards' sparklines.
    pub hours: Vec<HourOfToday>,
    /// Costs come from tokens and a price, since the hub has no cost column.
    pub costs_estimated: bool,
    /// The time zone in which today is today (IANA).
    pub tz: String,
    /// Since when the figures stand still because the database is away, RFC 3339.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stale_since: Option<String>,
}

/// The figures of yesterday up to the same time of day.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Yesterday {
    /// Queries.
    pub queries: u64,
    /// USD.
    pub cost: f64,
}

/// One hour of today.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct HourOfToday {
    /// When it began, RFC 3339.
    pub hour: String,
    /// Queries in it.
    pub count: u64,
    /// USD in it.
    pub cost: f64,
}
