//! Rows as they come from the database, the same types from both.

/// One row of `omni2.audit_logs`, without what the dashboard does not show.
#[derive(Clone, Debug, Default, PartialEq, Eq, sqlx::FromRow)]
pub struct AuditRow {
    /// Primary key.
    pub id: i64,
    /// When the request began, microseconds since the epoch; none for `infinity`.
    pub at: Option<i64>,
    /// Who asked.
    pub user_id: Option<i64>,
    /// The one MCP server called.
    pub target: Option<String>,
    /// Every MCP server called, a JSON array of texts and nulls.
    pub accessed: Option<String>,
    /// USD as decimal text; `NaN` is possible.
    pub cost: Option<String>,
    /// Tokens that the cost is derived from, where the hub has no cost column.
    pub tokens: Option<i64>,
    /// Whether the hub calls it a success.
    pub success: bool,
    /// Whether policy refused it.
    pub blocked: bool,
    /// Whether the status column says `warning`.
    pub warned: bool,
    /// Milliseconds; a negative one is none.
    pub duration_ms: Option<i64>,
    /// What was asked, the first 400 characters; none where only figures are wanted.
    pub action: Option<String>,
}

/// Where the table stands in one state of the database.
#[derive(Clone, Copy, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Pulse {
    /// Highest id, 0 when the table is empty.
    pub max_id: i64,
    /// Every transaction before this one has ended.
    pub xmin: i64,
    /// No transaction from this one on had begun.
    pub xmax: i64,
}

/// MCP servers known to the hub.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, sqlx::FromRow)]
pub struct Servers {
    /// Switched on.
    pub active: i64,
    /// All.
    pub total: i64,
}

/// Users known to the hub.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, sqlx::FromRow)]
pub struct Users {
    /// All, active or not.
    pub total: i64,
    /// Created since the moment asked about.
    pub new: i64,
}

/// A user's address.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Email {
    /// `auth_service.users.id`.
    pub id: i64,
    /// The address, which may be null.
    pub email: Option<String>,
}
