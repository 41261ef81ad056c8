//! The MCP servers that the hub knows, and how each of them is.

use sqlx::AssertSqlSafe;

use super::expressions::Dialect;
use super::session::{Session, ask, patient};
use super::{Reading, Schema, StoreError};

/// Servers that are listed at most.
const MOST: usize = 1_000;

/// A server as the hub sees it. What the generation lacks is none.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct ServerRow {
    /// Its name.
    pub name: String,
    /// Switched on.
    pub active: bool,
    /// The hub's word: `active`, `inactive` or `error`.
    pub status: Option<String>,
    /// The hub's word: `healthy`, `degraded`, `unhealthy` or `unknown`.
    pub health: Option<String>,
    /// When it was last looked at, microseconds since the epoch.
    pub checked_at: Option<i64>,
    /// Failures in a row.
    pub failures: Option<i64>,
    /// Why the hub switched it off by itself.
    pub disabled_reason: Option<String>,
}

impl Reading {
    /// Every server in the order of names, 1,000 at most.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub async fn health(&mut self) -> Result<Vec<ServerRow>, StoreError> {
        let text = format!(
            "SELECT s.name AS name, {} AS active, {} FROM omni2.mcp_servers s \
             ORDER BY s.name LIMIT {MOST}",
            self.words.active_server, self.words.health,
        );
        ask!(self, text, [], fetch_all)
    }
}

/// The select list of what a [`ServerRow`] has besides its name and whether it is on.
pub(super) fn columns(dialect: Dialect, schema: &Schema) -> String {
    let has = |column: &str| schema.has("omni2.mcp_servers", column);
    let postgres = dialect == Dialect::Postgres;
    let text = |column: &str, name: &str| match (has(column), postgres) {
        (true, true) => format!("substr(s.{column}::text, 1, 500) AS {name}"),
        (true, false) => format!("substr(s.{column}, 1, 500) AS {name}"),
        (false, true) => format!("NULL::text AS {name}"),
        (false, false) => format!("NULL AS {name}"),
    };
    let health = if has("health_status") {
        text("health_status", "health")
    } else if has("is_healthy") {
        "CASE WHEN s.is_healthy THEN 'healthy' WHEN NOT s.is_healthy THEN 'unhealthy' END \
         AS health"
            .to_owned()
    } else {
        text("health_status", "health")
    };
    let checked = match (has("last_health_check"), postgres) {
        (true, true) => {
            "CASE WHEN isfinite(s.last_health_check) \
             THEN (extract(epoch FROM s.last_health_check) * 1000000)::bigint END AS checked_at"
        }
        (true, false) => "s.last_health_check AS checked_at",
        (false, true) => "NULL::bigint AS checked_at",
        (false, false) => "NULL AS checked_at",
    };
    let failures = ["consecutive_failures", "error_count"];
    let failures = failures.into_iter().find(|name| has(name));
    let failures = match (failures, postgres) {
        (Some(column), true) => format!("s.{column}::bigint AS failures"),
        (Some(column), false) => format!("s.{column} AS failures"),
        (None, true) => "NULL::bigint AS failures".to_owned(),
        (None, false) => "NULL AS failures".to_owned(),
    };
    let status = text("status", "status");
    let reason = text("auto_disabled_reason", "disabled_reason");
    format!("{status}, {health}, {checked}, {failures}, {reason}")
}
