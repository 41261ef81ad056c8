use serde::{Deserialize, Serialize};

/// Whether the figures are live, and where they come from.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Status {
    /// See [`HubState`].
    pub state: HubState,
    /// Part of history read so far, from 0 to 1.
    pub progress: f64,
    /// Since when the database is away, RFC 3339.
    pub stale_since: Option<String>,
    /// What is watched, for people: `simulated hub`, or `PostgreSQL`.
    pub source: String,
    /// Generation of the hub's schema: `A`, `B` or `C`; `None` until it is known.
    pub generation: Option<String>,
    /// The hub's own time zone (IANA).
    pub time_zone: String,
    /// The dashboard's version.
    pub version: String,
    /// What is wrong and what to do about it, for people; `None` when all is well.
    #[serde(default)]
    pub detail: Option<String>,
    /// Costs come from tokens and a price, since the hub has no cost column.
    #[serde(default)]
    pub costs_estimated: bool,
    /// There are figures to ask for: until then every other endpoint answers 503.
    #[serde(default)]
    pub has_figures: bool,
}

/// What the figures are worth now.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "lowercase")]
pub enum HubState {
    /// History is still being read, newest first.
    Warming,
    /// Everything is there, and the table is followed.
    Live,
    /// The database is away or unusable; the last good figures are shown.
    Stale,
}
