//! Rows as they come from the database, the same types from both.

use sqlx::Row as _;
use sqlx::postgres::PgRow;

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

/// One row of `omni2.audit_logs` as far as figures are made of it: history is millions of
/// them, so what can be borrowed is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Passing<'r> {
    /// When the request began, microseconds since the epoch; none for `infinity`.
    pub at: Option<i64>,
    /// The one MCP server called.
    pub target: Option<&'r str>,
    /// Every MCP server called.
    pub accessed: Vec<Option<String>>,
    /// USD as decimal text; `NaN` is possible.
    pub cost: Option<&'r str>,
    /// Tokens that the cost is derived from, where the hub has no cost column.
    pub tokens: Option<i64>,
    /// Whether the hub calls it a success.
    pub success: bool,
    /// Whether policy refused it.
    pub blocked: bool,
    /// Milliseconds; a negative one is none.
    pub duration_ms: Option<i64>,
}

impl AuditRow {
    /// What figures are made of.
    pub fn passing(&self) -> Passing<'_> {
        Passing {
            at: self.at,
            target: self.target.as_deref(),
            accessed: self.accessed(),
            cost: self.cost.as_deref(),
            tokens: self.tokens,
            success: self.success,
            blocked: self.blocked,
            duration_ms: self.duration_ms,
        }
    }

    /// Every MCP server called, unless there is a target, which then counts alone.
    fn accessed(&self) -> Vec<Option<String>> {
        let is_empty = |target: &String| target.is_empty();
        match &self.accessed {
            Some(json) if self.target.as_ref().is_none_or(is_empty) => {
                serde_json::from_str(json).unwrap_or_default()
            }
            _ => Vec::new(),
        }
    }
}

impl<'r> Passing<'r> {
    /// Reads what [`Expressions::passing`](super::expressions::Expressions::passing) selects,
    /// by place, and as the types that it casts to: looking up names and types would take longer
    /// than the rest.
    pub(super) fn of(row: &'r PgRow) -> Result<Passing<'r>, sqlx::Error> {
        Ok(Passing {
            at: row.try_get_unchecked::<Option<i64>, _>(0)?.and_then(moment),
            target: row.try_get_unchecked(1)?,
            // An array of arrays names nobody.
            accessed: row
                .try_get::<Option<_>, _>(2)
                .ok()
                .flatten()
                .unwrap_or_default(),
            cost: row.try_get_unchecked(3)?,
            tokens: row.try_get_unchecked(4)?,
            success: row.try_get_unchecked(5)?,
            blocked: row.try_get_unchecked(6)?,
            duration_ms: row.try_get_unchecked(7)?,
        })
    }
}

/// A moment as PostgreSQL holds it, microseconds since the year 2000 (UTC), in microseconds
/// since 1970; none for either infinity.
fn moment(since_2000: i64) -> Option<i64> {
    const YEAR_2000: i64 = 946_684_800_000_000;
    let infinite = matches!(since_2000, i64::MIN | i64::MAX);
    (!infinite).then(|| since_2000.saturating_add(YEAR_2000))
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
