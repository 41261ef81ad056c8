//! One row of the audit log with all that may be shown of it.

use sqlx::AssertSqlSafe;

use super::expressions::Dialect;
use super::session::{Session, ask, patient};
use super::{AuditRow, Reading, Schema, StoreError};

/// The longest text that is read whole, in characters.
pub const LONGEST_TEXT: usize = 20_000;
/// The longest parameters that are read, in characters.
const LONGEST_PARAMETERS: usize = 256 * 1024;
/// Tools that are read.
const MOST_TOOLS: usize = 100;

/// Everything about one call. Texts have one character more than is told when they are
/// longer, so that it can be said. A column that the generation lacks is none.
#[derive(Clone, Debug, Default, PartialEq, Eq, sqlx::FromRow)]
pub struct DetailRow {
    /// What the feed tells.
    #[sqlx(flatten)]
    pub row: AuditRow,
    /// The address of who asked.
    pub email: Option<String>,
    /// What was asked.
    pub message: Option<String>,
    /// The hub's word for the kind of request.
    pub request_type: Option<String>,
    /// The hub's word for the way it came.
    pub source: Option<String>,
    /// The one tool.
    pub tool: Option<String>,
    /// Every tool, a JSON array of texts and nulls.
    pub tools: Option<String>,
    /// JSON text; none also when it is longer than is read.
    pub parameters: Option<String>,
    /// There are parameters.
    pub has_parameters: bool,
    /// How many tools.
    pub tool_calls: Option<i64>,
    /// Rounds between model and tools.
    pub iterations: Option<i64>,
    /// Tokens sent to the model.
    pub tokens_input: Option<i64>,
    /// Tokens it answered with.
    pub tokens_output: Option<i64>,
    /// Tokens from its cache.
    pub tokens_cached: Option<i64>,
    /// Tokens together, where the hub counts no others.
    pub tokens_total: Option<i64>,
    /// What went wrong.
    pub error: Option<String>,
    /// Its name.
    pub error_id: Option<String>,
    /// What was odd.
    pub warning: Option<String>,
    /// Why it was refused.
    pub block_reason: Option<String>,
    /// How it went.
    pub result: Option<String>,
    /// How the answer begins.
    pub response: Option<String>,
    /// Internet address, with its prefix length where the database adds one.
    pub ip_address: Option<String>,
    /// The caller's program.
    pub user_agent: Option<String>,
    /// The caller in Slack.
    pub slack_user_id: Option<String>,
    /// The channel in Slack.
    pub slack_channel: Option<String>,
}

impl Reading {
    /// Everything about the call with this id.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub async fn detail(&mut self, id: i64) -> Result<Option<DetailRow>, StoreError> {
        let email = if self.words.knows_users {
            "(SELECT u.email FROM auth_service.users u WHERE u.id = a.user_id)"
        } else {
            "NULL"
        };
        let email = match self.words.dialect {
            Dialect::Postgres => format!("{email}::text"),
            Dialect::Sqlite => email.to_owned(),
        };
        let text = format!(
            "SELECT {}, {email} AS email, {} FROM omni2.audit_logs a WHERE a.id = $1",
            self.words.columns(true),
            self.words.detail,
        );
        ask!(self, text, [id], fetch_optional)
    }
}

/// The select list of what a [`DetailRow`] has besides its row and the address.
pub(super) fn columns(dialect: Dialect, schema: &Schema) -> String {
    let list = List { dialect, schema };
    let said = ["message", "question", "message_preview"];
    let said: Vec<&str> = said.into_iter().filter(|name| list.has(name)).collect();
    let mut parts = vec![list.text_of(&said, "message", LONGEST_TEXT)];
    for (column, name, longest) in [
        ("request_type", "request_type", 255),
        ("source", "source", 255),
        ("tool_called", "tool", 255),
        ("error_message", "error", LONGEST_TEXT),
        ("error_id", "error_id", 255),
        ("warning", "warning", LONGEST_TEXT),
        ("block_reason", "block_reason", LONGEST_TEXT),
        ("result_summary", "result", LONGEST_TEXT),
        ("response_preview", "response", LONGEST_TEXT),
        ("ip_address", "ip_address", 255),
        ("user_agent", "user_agent", 1_000),
        ("slack_user_id", "slack_user_id", 255),
        ("slack_channel", "slack_channel", 255),
    ] {
        let columns: Vec<&str> = [column].into_iter().filter(|name| list.has(name)).collect();
        parts.push(list.text_of(&columns, name, longest));
    }
    for (column, name) in [
        ("tool_calls_count", "tool_calls"),
        ("iterations", "iterations"),
        ("tokens_input", "tokens_input"),
        ("tokens_output", "tokens_output"),
        ("tokens_cached", "tokens_cached"),
        ("llm_tokens_used", "tokens_total"),
    ] {
        parts.push(list.number(column, name));
    }
    parts.push(list.tools());
    parts.push(list.parameters());
    parts.join(", ")
}

struct List<'a> {
    dialect: Dialect,
    schema: &'a Schema,
}

impl List<'_> {
    fn has(&self, column: &str) -> bool {
        self.schema.has("omni2.audit_logs", column)
    }

    fn null(&self, kind: &str, name: &str) -> String {
        match self.dialect {
            Dialect::Postgres => format!("NULL::{kind} AS {name}"),
            Dialect::Sqlite => format!("NULL AS {name}"),
        }
    }

    /// A column as text, whatever its type.
    fn plain(&self, column: &str) -> String {
        match self.dialect {
            Dialect::Postgres => format!("a.{column}::text"),
            Dialect::Sqlite => format!("a.{column}"),
        }
    }

    /// The first of these columns that says something.
    fn text_of(&self, columns: &[&str], name: &str, longest: usize) -> String {
        if columns.is_empty() {
            return self.null("text", name);
        }
        let said = columns.iter().map(|column| self.plain(column));
        let said: Vec<String> = said.map(|text| format!("nullif({text}, '')")).collect();
        let more = longest + 1;
        format!(
            "substr(coalesce({}, NULL), 1, {more}) AS {name}",
            said.join(", ")
        )
    }

    fn number(&self, column: &str, name: &str) -> String {
        match self.dialect {
            _ if !self.has(column) => self.null("bigint", name),
            Dialect::Postgres => format!("a.{column}::bigint AS {name}"),
            Dialect::Sqlite => format!("a.{column} AS {name}"),
        }
    }

    fn tools(&self) -> String {
        match self.dialect {
            _ if !self.has("tools_used") => self.null("text", "tools"),
            Dialect::Postgres => {
                format!("array_to_json(a.tools_used[1:{MOST_TOOLS}])::text AS tools")
            }
            Dialect::Sqlite => format!(
                "CASE WHEN length(a.tools_used) <= {LONGEST_TEXT} THEN a.tools_used END AS tools"
            ),
        }
    }

    fn parameters(&self) -> String {
        if !self.has("tool_params") {
            let no = match self.dialect {
                Dialect::Postgres => "FALSE",
                Dialect::Sqlite => "0",
            };
            return format!(
                "{}, {no} AS has_parameters",
                self.null("text", "parameters")
            );
        }
        let text = self.plain("tool_params");
        // What is stored is looked at first: it tells without unpacking when it is too long.
        let stored = match self.dialect {
            Dialect::Postgres => "pg_column_size(a.tool_params)",
            Dialect::Sqlite => "length(a.tool_params)",
        };
        format!(
            "CASE WHEN {stored} <= {LONGEST_PARAMETERS} THEN CASE WHEN \
             length({text}) <= {LONGEST_PARAMETERS} THEN {text} END END AS parameters, \
             a.tool_params IS NOT NULL AS has_parameters"
        )
    }
}
