//! Which column of `omni2.audit_logs` takes which field of a row, by generation.

use crate::{AuditRow, Generation};

/// The values of one column, a row each.
pub(super) enum Values<'r> {
    Number(Vec<Option<i64>>),
    Text(Vec<Option<&'r str>>),
    Owned(Vec<Option<String>>),
    Bool(Vec<bool>),
}

/// One column of an insert.
pub(super) struct Column<'r> {
    pub(super) name: &'static str,
    /// The SQL type the value is cast to; `micros` means a time in microseconds.
    pub(super) cast: &'static str,
    pub(super) values: Values<'r>,
}

/// Collects columns over the rows of one insert.
struct Table<'r> {
    rows: &'r [AuditRow],
    columns: Vec<Column<'r>>,
}

impl<'r> Table<'r> {
    fn number(
        &mut self,
        name: &'static str,
        cast: &'static str,
        field: impl Fn(&'r AuditRow) -> Option<i64>,
    ) {
        let values = Values::Number(self.rows.iter().map(field).collect());
        self.columns.push(Column { name, cast, values });
    }

    fn text(
        &mut self,
        name: &'static str,
        cast: &'static str,
        field: impl Fn(&'r AuditRow) -> Option<&'r str>,
    ) {
        let values = Values::Text(self.rows.iter().map(field).collect());
        self.columns.push(Column { name, cast, values });
    }

    fn owned(
        &mut self,
        name: &'static str,
        cast: &'static str,
        field: impl Fn(&'r AuditRow) -> Option<String>,
    ) {
        let values = Values::Owned(self.rows.iter().map(field).collect());
        self.columns.push(Column { name, cast, values });
    }

    fn bool(&mut self, name: &'static str, field: impl Fn(&'r AuditRow) -> bool) {
        let values = Values::Bool(self.rows.iter().map(field).collect());
        self.columns.push(Column {
            name,
            cast: "boolean",
            values,
        });
    }
}

/// The columns of that generation, without `id`.
pub(super) fn columns(generation: Generation, rows: &[AuditRow]) -> Vec<Column<'_>> {
    let mut table = Table {
        rows,
        columns: Vec::with_capacity(32),
    };
    common(&mut table);
    match generation {
        Generation::A => only_a(&mut table),
        Generation::B => from_b(&mut table),
        Generation::C => {
            from_b(&mut table);
            table.text("cost_usd", "numeric", |row| row.cost.as_deref());
            table.text("source", "varchar", |row| row.source.as_deref());
        }
    }
    table.columns
}

fn common(table: &mut Table<'_>) {
    table.number("user_id", "int", |row| row.user_id);
    table.number("timestamp", "micros", |row| Some(row.at));
    table.text("tool_params", "jsonb", |row| row.tool_params.as_deref());
    table.bool("success", |row| row.success);
    table.bool("was_blocked", |row| row.was_blocked);
    table.text("block_reason", "text", |row| row.block_reason.as_deref());
    table.number("duration_ms", "int", |row| row.duration_ms);
    table.text("error_message", "text", |row| row.error_message.as_deref());
    table.text("error_id", "varchar", |row| row.error_id.as_deref());
    table.text("result_summary", "text", |row| {
        row.result_summary.as_deref()
    });
    table.text("ip_address", "inet", |row| row.ip_address.as_deref());
    table.text("user_agent", "text", |row| row.user_agent.as_deref());
    table.text("slack_user_id", "varchar", |row| {
        row.slack_user_id.as_deref()
    });
    table.text("slack_channel", "varchar", |row| {
        row.slack_channel.as_deref()
    });
}

fn only_a(table: &mut Table<'_>) {
    table.number("created_at", "micros", |row| row.created_at);
    table.text("question", "text", |row| row.question.as_deref());
    table.text("message", "text", |row| row.message.as_deref());
    table.text("message_preview", "varchar", |row| {
        row.message_preview.as_deref()
    });
    table.text("request_type", "varchar", |row| row.request_type.as_deref());
    table.text("mcp_target", "varchar", |row| row.mcp_target.as_deref());
    table.owned("mcps_accessed", "text[]", |row| {
        let names = row.mcps.iter().map(Option::as_deref);
        (!row.mcps.is_empty() || !row.null_mcps).then(|| array_literal(names))
    });
    table.text("tool_called", "varchar", |row| row.tool.as_deref());
    table.owned("tools_used", "text[]", |row| {
        let names = row.tools_used.iter().map(|tool| Some(tool.as_str()));
        (!row.tools_used.is_empty()).then(|| array_literal(names))
    });
    table.number("tool_calls_count", "int", |row| {
        row.tool_calls_count.map(i64::from)
    });
    table.number("iterations", "int", |row| row.iterations.map(i64::from));
    table.number("tokens_input", "int", |row| row.tokens_input.map(i64::from));
    table.number("tokens_output", "int", |row| {
        row.tokens_output.map(i64::from)
    });
    table.number("tokens_cached", "int", |row| {
        row.tokens_cached.map(i64::from)
    });
    table.text("cost_estimate", "numeric", |row| row.cost.as_deref());
    table.text("status", "varchar", |row| row.status.as_deref());
    table.text("warning", "text", |row| row.warning.as_deref());
    table.text("response_preview", "text", |row| {
        row.response_preview.as_deref()
    });
}

fn from_b(table: &mut Table<'_>) {
    table.text("question", "text", |row| {
        row.question.as_deref().or(row.message.as_deref())
    });
    // An empty name stays an empty name; only a missing one falls back.
    table.text("mcp_target", "varchar", |row| {
        row.mcp_target.as_deref().or_else(|| row.first_mcp())
    });
    table.text("tool_called", "varchar", AuditRow::first_tool);
    table.number("llm_tokens_used", "int", |row| {
        row.all_tokens().map(i64::from)
    });
}

/// A `PostgreSQL` array literal. `unnest` flattens arrays of arrays, so each
/// inner array travels as text and is cast on the other side.
fn array_literal<'a>(names: impl Iterator<Item = Option<&'a str>>) -> String {
    let quoted = names.map(|name| match name {
        None => "NULL".to_owned(),
        Some(name) => format!("\"{}\"", name.replace('\\', "\\\\").replace('"', "\\\"")),
    });
    format!("{{{}}}", quoted.collect::<Vec<_>>().join(","))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn array_literals_keep_quotes_backslashes_commas_and_nulls() {
        let names = [
            Some("a,b"),
            None,
            Some("say \"hi\""),
            Some("c:\\d"),
            Some(""),
        ];
        let literal = array_literal(names.into_iter());
        assert_eq!(literal, r#"{"a,b",NULL,"say \"hi\"","c:\\d",""}"#);
    }
}
