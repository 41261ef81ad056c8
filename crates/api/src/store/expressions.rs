//! How each thing that the dashboard wants to know is written in the SQL of one
//! database and generation. Columns that a generation lacks become constants, so the
//! questions themselves are one text.

use super::{Generation, Schema, Top};

/// Which SQL is spoken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Dialect {
    Postgres,
    Sqlite,
}

/// Fragments of SQL about `omni2.audit_logs a`, and what was found about the hub.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "what a schema has, each by itself"
)]
pub(super) struct Expressions {
    pub(super) dialect: Dialect,
    pub(super) generation: Generation,
    pub(super) knows_users: bool,
    /// Users have a `created_at`.
    pub(super) dates_users: bool,
    pub(super) blocked: String,
    pub(super) warned: String,
    pub(super) text: String,
    pub(super) search: Vec<String>,
    pub(super) active_server: String,
    pub(super) has_accessed: bool,
    /// A row names one tool.
    pub(super) has_tool: bool,
    /// A row names many tools.
    pub(super) has_tools: bool,
    /// Tools are listed in a table of their own.
    pub(super) lists_tools: bool,
    /// Users have a `name`.
    pub(super) names_users: bool,
    /// What a whole row has besides.
    pub(super) detail: String,
    /// What is told of a server `s`.
    pub(super) health: String,
    columns: String,
    passing: String,
}

impl Expressions {
    pub(super) fn new(dialect: Dialect, generation: Generation, schema: &Schema) -> Expressions {
        let has = |column: &str| schema.has("omni2.audit_logs", column);
        let present = |names: &[&str]| -> Vec<String> {
            let names = names.iter().filter(|name| has(name));
            names.map(|name| format!("a.{name}")).collect()
        };
        let blocked = if has("was_blocked") {
            truth(dialect, "a.was_blocked", false)
        } else {
            constant(dialect, false)
        };
        let warned = if has("status") {
            "coalesce(a.status, '') = 'warning'".to_owned()
        } else {
            constant(dialect, false)
        };
        let said = present(&["message_preview", "message", "question", "tool_called"]);
        let text = match said.as_slice() {
            [] => "NULL".to_owned(),
            names => {
                let parts: Vec<String> = names.iter().map(|n| format!("nullif({n}, '')")).collect();
                format!(
                    "coalesce({})",
                    [parts.join(", "), "NULL".to_owned()].join(", ")
                )
            }
        };
        let mut search = said;
        search.extend(present(&["mcp_target", "error_message"]));
        let servers = |column| schema.has("omni2.mcp_servers", column);
        let mut found = Expressions {
            dialect,
            generation,
            knows_users: schema.knows_users(),
            dates_users: schema.has("auth_service.users", "created_at"),
            blocked,
            warned,
            text,
            search,
            active_server: match (servers("is_enabled"), dialect) {
                (true, _) => truth(dialect, "s.is_enabled", false),
                (false, _) => "s.status = 'active'".to_owned(),
            },
            has_accessed: has("mcps_accessed"),
            has_tool: has("tool_called"),
            has_tools: has("tools_used"),
            lists_tools: schema.has("omni2.mcp_tools", "name"),
            names_users: schema.has("auth_service.users", "name"),
            health: super::health::columns(dialect, schema),
            detail: super::detail::columns(dialect, schema),
            columns: String::new(),
            passing: String::new(),
        };
        found.columns = found.write_columns(schema);
        found.passing = found.write_passing(schema);
        found
    }

    /// The select list of an `AuditRow`, with the action or without.
    pub(super) fn columns(&self, with_action: bool) -> String {
        let action = if with_action {
            format!("substr({}, 1, 400)", self.text)
        } else {
            match self.dialect {
                Dialect::Postgres => "NULL::text".to_owned(),
                Dialect::Sqlite => "NULL".to_owned(),
            }
        };
        format!("{}, {action} AS action", self.columns)
    }

    /// The select list of a `Passing` in PostgreSQL: as the server holds it where that is
    /// quicker than what `columns` asks for, since it is asked of millions of rows.
    pub(super) fn passing(&self) -> &str {
        &self.passing
    }

    fn write_passing(&self, schema: &Schema) -> String {
        let accessed = if self.has_accessed {
            "a.mcps_accessed::text[]".to_owned()
        } else {
            self.null("text[]")
        };
        let (cost, tokens) = self.cost_and_tokens(schema);
        format!(
            "a.timestamp, a.mcp_target::text, {accessed}, {cost}, {tokens}, {success}, {blocked}, \
             {duration}",
            success = truth(self.dialect, "a.success", true),
            blocked = self.blocked,
            duration = self.big(schema, "duration_ms"),
        )
    }

    /// A whole number, where the schema has that column.
    fn big(&self, schema: &Schema, column: &str) -> String {
        if !schema.has("omni2.audit_logs", column) {
            self.null("bigint")
        } else if self.dialect == Dialect::Postgres {
            format!("a.{column}::bigint")
        } else {
            format!("a.{column}")
        }
    }

    fn cost_and_tokens(&self, schema: &Schema) -> (String, String) {
        let cost = match self.generation {
            Generation::A => self.decimal("a.cost_estimate"),
            Generation::C => self.decimal("a.cost_usd"),
            Generation::B => self.null("text"),
        };
        let tokens = match self.generation {
            Generation::B => self.big(schema, "llm_tokens_used"),
            Generation::A | Generation::C => self.null("bigint"),
        };
        (cost, tokens)
    }

    fn write_columns(&self, schema: &Schema) -> String {
        let postgres = self.dialect == Dialect::Postgres;
        let at = if postgres {
            "CASE WHEN isfinite(a.timestamp) \
             THEN (extract(epoch FROM a.timestamp) * 1000000)::bigint END"
                .to_owned()
        } else {
            "a.timestamp".to_owned()
        };
        let accessed = match (self.has_accessed, postgres) {
            (false, _) => self.null("text"),
            (true, true) => "array_to_json(a.mcps_accessed)::text".to_owned(),
            (true, false) => "a.mcps_accessed".to_owned(),
        };
        let (cost, tokens) = self.cost_and_tokens(schema);
        let id = if postgres { "a.id::bigint" } else { "a.id" };
        format!(
            "{id} AS id, {at} AS at, {user} AS user_id, a.mcp_target AS target, \
             {accessed} AS accessed, {cost} AS cost, {tokens} AS tokens, {success} AS success, \
             {blocked} AS blocked, {warned} AS warned, {duration} AS duration_ms",
            user = self.big(schema, "user_id"),
            success = truth(self.dialect, "a.success", true),
            blocked = self.blocked,
            warned = self.warned,
            duration = self.big(schema, "duration_ms"),
        )
    }

    fn null(&self, kind: &str) -> String {
        match self.dialect {
            Dialect::Postgres => format!("NULL::{kind}"),
            Dialect::Sqlite => "NULL".to_owned(),
        }
    }

    /// Money as text; 64 characters hold any sum that makes sense.
    fn decimal(&self, column: &str) -> String {
        match self.dialect {
            Dialect::Postgres => format!("substr({column}::text, 1, 64)"),
            Dialect::Sqlite => format!("substr({column}, 1, 64)"),
        }
    }

    /// A moment given as microseconds, in the type of the column `timestamp`.
    pub(super) fn moment(&self, parameter: &str) -> String {
        match self.dialect {
            Dialect::Postgres => {
                format!("(TIMESTAMPTZ 'epoch' + {parameter}::bigint * INTERVAL '1 microsecond')")
            }
            Dialect::Sqlite => parameter.to_owned(),
        }
    }

    /// Turns a JSON array of integers, given as text, into a set.
    pub(super) fn numbers(&self, parameter: &str) -> String {
        match self.dialect {
            Dialect::Postgres => {
                format!("(SELECT value::bigint FROM json_array_elements_text({parameter}::json))")
            }
            Dialect::Sqlite => format!("(SELECT value FROM json_each({parameter}))"),
        }
    }

    /// The tools of a row as a table `t`, with their servers' names: see
    /// [`Expressions::one_tool`].
    pub(super) fn tools_used(&self) -> &'static str {
        match self.dialect {
            Dialect::Postgres => "unnest(a.tools_used) AS t(name)",
            Dialect::Sqlite => "json_each(a.tools_used) AS t",
        }
    }

    /// One of the tools of that table.
    pub(super) fn one_tool(&self) -> &'static str {
        match self.dialect {
            Dialect::Postgres => "t.name",
            Dialect::Sqlite => "t.value",
        }
    }

    /// The order in which such calls come first.
    pub(super) fn first(&self, top: Top) -> String {
        let by = match (top, self.generation, self.dialect) {
            (Top::Slowest, ..) => "a.duration_ms",
            (Top::Dearest, Generation::B, _) => "a.llm_tokens_used",
            (Top::Dearest, Generation::C, _) => "nullif(a.cost_usd, 'NaN')",
            (Top::Dearest, Generation::A, Dialect::Postgres) => "nullif(a.cost_estimate, 'NaN')",
            (Top::Dearest, Generation::A, Dialect::Sqlite) => "CAST(a.cost_estimate AS REAL)",
        };
        format!("{by} DESC NULLS LAST, a.timestamp DESC, a.id DESC")
    }

    /// A tool's name without its server's: what follows the first full stop.
    pub(super) fn bare(&self, name: &str) -> String {
        match self.dialect {
            Dialect::Postgres => format!("substr({name}, strpos({name}, '.') + 1)"),
            Dialect::Sqlite => format!("substr({name}, instr({name}, '.') + 1)"),
        }
    }

    /// The row was refused or failed.
    pub(super) fn is_error(&self) -> String {
        let success = truth(self.dialect, "a.success", true);
        format!("(NOT {success} OR {})", self.blocked)
    }
}

/// The nearest moment that both databases know: PostgreSQL's calendar begins in 4713 BC, and
/// after the year 9999 nothing is written in four digits.
pub(super) fn in_calendar(at: i64) -> i64 {
    at.clamp(-210_866_803_200_000_000, 253_402_300_799_999_999)
}

/// A nullable boolean column as a plain one.
fn truth(dialect: Dialect, column: &str, absent: bool) -> String {
    format!("coalesce({column}, {})", constant(dialect, absent))
}

fn constant(dialect: Dialect, value: bool) -> String {
    match (dialect, value) {
        (Dialect::Postgres, true) => "TRUE",
        (Dialect::Postgres, false) => "FALSE",
        (Dialect::Sqlite, true) => "1",
        (Dialect::Sqlite, false) => "0",
    }
    .to_owned()
}
