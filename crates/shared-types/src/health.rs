use serde::{Deserialize, Serialize};

/// The answer of `/health`: the process serves.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Health {
    /// Always `healthy`.
    pub status: String,
    /// The dashboard's version.
    pub version: String,
}

/// The answer of `/ready`: with 200 when data is loaded and fresh, else with 503.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Readiness {
    /// Whether the figures are whole and fresh.
    pub ready: bool,
    /// Why not, for people: `warming`, `database unreachable since …`, or what the schema lacks.
    pub reason: Option<String>,
    /// Part of history read so far, from 0 to 1.
    pub progress: f64,
}
