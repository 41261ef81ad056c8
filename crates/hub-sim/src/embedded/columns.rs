//! Which column of the embedded `audit_logs` takes which field of a row.

use std::fmt::Write as _;

use serde_json::Value;
use sqlx::{Sqlite, query::Query, sqlite::SqliteArguments};

use crate::AuditRow;

/// The columns, in the order in which [`bind`] gives their values.
#[rustfmt::skip]
const COLUMNS: [&str; 33] = [
    "id", "user_id", "timestamp", "created_at", "question", "message", "message_preview",
    "request_type", "mcp_target", "mcps_accessed", "tool_called", "tools_used", "tool_params",
    "tool_calls_count", "iterations", "tokens_input", "tokens_output", "tokens_cached",
    "cost_estimate", "success", "status", "was_blocked", "block_reason", "duration_ms",
    "error_message", "error_id", "warning", "result_summary", "response_preview", "ip_address",
    "user_agent", "slack_user_id", "slack_channel",
];

/// How many rows one statement takes: well below `SQLite`'s 32,766 parameters, and
/// small enough that nobody else on the runtime waits long for a batch.
pub(super) const BATCH: usize = 100;

/// The insert of so many rows.
pub(super) fn sql(rows: usize) -> String {
    let names = COLUMNS.map(|name| format!("\"{name}\"")).join(", ");
    let row = format!("({})", ["?"; COLUMNS.len()].join(", "));
    let mut sql = format!("INSERT INTO audit_logs ({names}) VALUES ");
    for number in 0..rows {
        let comma = if number == 0 { "" } else { ", " };
        // Writing into a String cannot fail.
        let _ = write!(sql, "{comma}{row}");
    }
    sql
}

type Insert<'q> = Query<'q, Sqlite, SqliteArguments>;

/// Binds one row.
pub(super) fn bind<'q>(query: Insert<'q>, row: &'q AuditRow) -> Insert<'q> {
    query
        .bind(row.id)
        .bind(row.user_id)
        .bind(row.at)
        .bind(row.created_at)
        .bind(row.question.as_deref())
        .bind(row.message.as_deref())
        .bind(row.message_preview.as_deref())
        .bind(row.request_type.as_deref())
        .bind(row.mcp_target.as_deref())
        .bind((!row.mcps.is_empty() || !row.null_mcps).then(|| json(&row.mcps)))
        .bind(row.tool.as_deref())
        .bind((!row.tools_used.is_empty()).then(|| json(&row.tools_used)))
        .bind(row.tool_params.as_deref())
        .bind(row.tool_calls_count)
        .bind(row.iterations)
        .bind(row.tokens_input)
        .bind(row.tokens_output)
        .bind(row.tokens_cached)
        .bind(row.cost.as_deref())
        .bind(row.success)
        .bind(row.status.as_deref())
        .bind(row.was_blocked)
        .bind(row.block_reason.as_deref())
        .bind(row.duration_ms)
        .bind(row.error_message.as_deref())
        .bind(row.error_id.as_deref())
        .bind(row.warning.as_deref())
        .bind(row.result_summary.as_deref())
        .bind(row.response_preview.as_deref())
        .bind(row.ip_address.as_deref())
        .bind(row.user_agent.as_deref())
        .bind(row.slack_user_id.as_deref())
        .bind(row.slack_channel.as_deref())
}

/// A JSON array of texts and nulls.
fn json<T: Clone + Into<Value>>(names: &[T]) -> String {
    Value::from(names.to_vec()).to_string()
}
