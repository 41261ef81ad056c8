//! What things and people are called: for reading what somebody asks.

use sqlx::AssertSqlSafe;

use super::expressions::Dialect;
use super::session::{Session, ask, patient};
use super::{Reading, StoreError};

/// Names of each kind that are read at most.
const MOST: usize = 5_000;
/// The newest calls whose tools are looked at.
const NEWEST: usize = 2_000;

/// A user's address and name.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Person {
    /// The address.
    pub email: String,
    /// The name.
    pub name: Option<String>,
}

impl Reading {
    /// Names of MCP servers, 5,000 at most.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub async fn server_names(&mut self) -> Result<Vec<String>, StoreError> {
        let text =
            format!("SELECT s.name AS name FROM omni2.mcp_servers s ORDER BY s.name LIMIT {MOST}");
        self.texts(text).await
    }

    /// Names of tools without their servers': those the hub lists and those of the newest
    /// calls, 5,000 of each at most.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub async fn tool_names(&mut self) -> Result<Vec<String>, StoreError> {
        let newest = |columns: &str| {
            format!(
                "(SELECT {columns} FROM omni2.audit_logs a ORDER BY a.timestamp DESC LIMIT {NEWEST}) \
                 AS a"
            )
        };
        let mut questions = Vec::new();
        if self.words.lists_tools {
            questions.push(format!(
                "SELECT DISTINCT t.name AS name FROM omni2.mcp_tools t ORDER BY 1 LIMIT {MOST}"
            ));
        }
        if self.words.has_tool {
            questions.push(format!(
                "SELECT DISTINCT a.tool_called AS name FROM {} \
                 WHERE a.tool_called <> '' ORDER BY 1 LIMIT {MOST}",
                newest("a.tool_called")
            ));
        }
        if self.words.has_tools {
            questions.push(format!(
                "SELECT DISTINCT {} AS name FROM {}, {} WHERE {} <> '' ORDER BY 1 LIMIT {MOST}",
                self.words.bare(self.words.one_tool()),
                newest("a.tools_used"),
                self.words.tools_used(),
                self.words.one_tool(),
            ));
        }
        let mut names = Vec::new();
        for question in questions {
            names.extend(self.texts(question).await?);
        }
        names.sort_unstable();
        names.dedup();
        Ok(names)
    }

    /// Users with an address, 5,000 at most; none where users cannot be read.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub async fn people(&mut self) -> Result<Vec<Person>, StoreError> {
        if !self.words.knows_users {
            return Ok(Vec::new());
        }
        let name = match (self.words.names_users, self.words.dialect) {
            (true, _) => "u.name",
            (false, Dialect::Postgres) => "NULL::text",
            (false, Dialect::Sqlite) => "NULL",
        };
        let text = format!(
            "SELECT u.email AS email, {name} AS name FROM auth_service.users u \
             WHERE u.email <> '' ORDER BY u.id LIMIT {MOST}"
        );
        ask!(self, text, [], fetch_all)
    }

    async fn texts(&mut self, text: String) -> Result<Vec<String>, StoreError> {
        let rows: Vec<(String,)> = ask!(self, text, [], fetch_all)?;
        Ok(rows.into_iter().map(|(name,)| name).collect())
    }
}
