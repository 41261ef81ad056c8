use serde::{Deserialize, Serialize};

/// One page of calls, newest first.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ActivityPage {
    /// Ordered by (timestamp, id), descending.
    pub activities: Vec<Activity>,
    /// Where the next page begins: opaque, survives deletions. `None` on the last page.
    pub next: Option<String>,
    /// How many calls match in all, from the same snapshot as the figures.
    pub matching: u64,
    /// `matching` stopped counting here: there are at least as many.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub matching_capped: bool,
    /// Since when the figures stand still because the database is away, RFC 3339.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stale_since: Option<String>,
}

/// One call to the hub: one row of its audit log.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Activity {
    /// The audit row's id.
    pub id: i64,
    /// Who asked; `None` when the user is gone, unknown, or has no address.
    pub user_email: Option<String>,
    /// What was asked: one line, at most 200 characters.
    pub action: String,
    /// The names of every MCP server of the call, joined by `, `; `None` when there is none.
    pub mcp: Option<String>,
    /// The same names, one by one.
    #[serde(default)]
    pub mcps: Vec<String>,
    /// How long it took, milliseconds.
    pub duration_ms: Option<i64>,
    /// USD.
    pub cost: f64,
    /// How it ended.
    pub status: CallStatus,
    /// When it began, RFC 3339.
    pub timestamp: String,
}

/// How a call ended. `blocked` and `error` are the errors.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "lowercase")]
pub enum CallStatus {
    /// It worked.
    Success,
    /// It worked, and the hub noted something.
    Warning,
    /// It failed.
    Error,
    /// Policy refused it.
    Blocked,
}

impl CallStatus {
    /// Every status.
    pub const ALL: [CallStatus; 4] = [
        CallStatus::Success,
        CallStatus::Warning,
        CallStatus::Error,
        CallStatus::Blocked,
    ];

    /// The name on the wire.
    pub const fn as_str(self) -> &'static str {
        match self {
            CallStatus::Success => "success",
            CallStatus::Warning => "warning",
            CallStatus::Error => "error",
            CallStatus::Blocked => "blocked",
        }
    }

    /// Whether a call that ended so counts as an error.
    pub const fn is_error(self) -> bool {
        matches!(self, CallStatus::Error | CallStatus::Blocked)
    }
}
