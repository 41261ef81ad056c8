//! Rows for figures that folds do not hold: by user, by tool, or of some calls only.

use sqlx::AssertSqlSafe;

use super::conditions::Bind;
use super::expressions::Dialect;
use super::session::{Session, next};
use super::{AuditRow, Filter, Reading, StoreError};

/// Tools of one row that are looked at.
const MOST_TOOLS: usize = 100;
/// The longest list of tools that is read where it is text, in characters.
const LONGEST_TOOLS: usize = 20_000;

/// One row without its action, and its tools.
#[derive(Clone, Debug, Default, PartialEq, Eq, sqlx::FromRow)]
pub struct ToolRow {
    /// What is counted.
    #[sqlx(flatten)]
    pub row: AuditRow,
    /// The one tool called.
    pub tool: Option<String>,
    /// Every tool called, as `server.tool`: a JSON array of texts and nulls.
    pub tools: Option<String>,
}

/// Which calls come first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Top {
    /// Those that took longest.
    Slowest,
    /// Those that cost most.
    Dearest,
}

impl Reading {
    /// Hands over every row that the filter lets through, one by one.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub async fn each(
        &mut self,
        filter: &Filter,
        mut each: impl FnMut(ToolRow),
    ) -> Result<(), StoreError> {
        let asked = filter.conditions(&self.words);
        let text = format!(
            "SELECT {}, {} FROM omni2.audit_logs a WHERE {}",
            self.words.columns(false),
            self.tools(),
            asked.text(),
        );
        macro_rules! stream {
            ($session:expr, $query:expr) => {{
                let mut query = $query;
                for bind in asked.binds() {
                    query = match bind {
                        Bind::Number(number) => query.bind(*number),
                        Bind::Text(text) => query.bind(text.clone()),
                    };
                }
                let mut rows = query.fetch(&mut **$session);
                while let Some(row) = next(self.limits, &mut rows).await? {
                    each(row);
                }
            }};
        }
        let text = AssertSqlSafe(text);
        match &mut self.session {
            Session::Postgres(session) => stream!(
                session,
                sqlx::query_as::<_, ToolRow>(text).persistent(false)
            ),
            Session::Sqlite(session) => stream!(session, sqlx::query_as::<_, ToolRow>(text)),
        }
        Ok(())
    }

    /// The first rows of such an order that the filter lets through.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub async fn top(
        &mut self,
        filter: &Filter,
        top: Top,
        limit: i64,
    ) -> Result<Vec<AuditRow>, StoreError> {
        let asked = filter.conditions(&self.words);
        let text = format!(
            "SELECT {} FROM omni2.audit_logs a WHERE {} ORDER BY {} LIMIT {limit}",
            self.words.columns(true),
            asked.text(),
            self.words.first(top),
        );
        self.bound(&text, asked.binds()).await
    }

    fn tools(&self) -> String {
        let words = &self.words;
        let null = match words.dialect {
            Dialect::Postgres => "NULL::text",
            Dialect::Sqlite => "NULL",
        };
        let tool = if words.has_tool {
            "a.tool_called"
        } else {
            null
        };
        let tools = match (words.has_tools, words.dialect) {
            (false, _) => null.to_owned(),
            (true, Dialect::Postgres) => {
                format!("array_to_json(a.tools_used[1:{MOST_TOOLS}])::text")
            }
            (true, Dialect::Sqlite) => {
                format!("CASE WHEN length(a.tools_used) <= {LONGEST_TOOLS} THEN a.tools_used END")
            }
        };
        format!("{tool} AS tool, {tools} AS tools")
    }
}
