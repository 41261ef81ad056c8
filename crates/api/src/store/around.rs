//! Questions about what stands around the audit log: servers, users, addresses.

use sqlx::AssertSqlSafe;

use super::expressions::Dialect;
use super::session::{Session, ask, patient};
use super::{Email, Reading, Servers, StoreError, Users};

impl Reading {
    /// How many MCP servers there are and how many are switched on.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub async fn servers(&mut self) -> Result<Servers, StoreError> {
        let text = format!(
            "SELECT count(*) AS total, \
             coalesce(sum(CASE WHEN {} THEN 1 ELSE 0 END), 0) AS active \
             FROM omni2.mcp_servers s",
            self.words.active_server
        );
        self.at_once(text).await
    }

    /// How many users there are and how many came since the moment given; none when users
    /// cannot be read.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub async fn users(&mut self, since: i64) -> Result<Option<Users>, StoreError> {
        if !self.words.knows_users {
            return Ok(None);
        }
        // Times in auth_service have no zone: they are UTC.
        let new = match (self.words.dates_users, self.words.dialect) {
            (false, _) => "FALSE".to_owned(),
            (true, Dialect::Sqlite) => format!("u.created_at >= {since}"),
            (true, Dialect::Postgres) => format!(
                "u.created_at::timestamp >= ({} AT TIME ZONE 'UTC')",
                self.words.moment(&since.to_string())
            ),
        };
        let text = format!(
            "SELECT count(*) AS total, \
             coalesce(sum(CASE WHEN {new} THEN 1 ELSE 0 END), 0) AS new \
             FROM auth_service.users u"
        );
        self.at_once(text).await.map(Some)
    }

    /// The addresses of these users; those that are gone are left out.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub async fn emails(&mut self, ids: &[i64]) -> Result<Vec<Email>, StoreError> {
        if !self.words.knows_users || ids.is_empty() {
            return Ok(Vec::new());
        }
        let cast = match self.words.dialect {
            Dialect::Postgres => "::bigint",
            Dialect::Sqlite => "",
        };
        let text = format!(
            "SELECT u.id{cast} AS id, u.email AS email FROM auth_service.users u WHERE u.id IN {}",
            self.words.numbers("$1")
        );
        let list: Vec<String> = ids.iter().map(i64::to_string).collect();
        let list = format!("[{}]", list.join(","));
        ask!(self, text, [list], fetch_all)
    }

    /// The number of the user with this address, whatever its capitals; the lowest when there
    /// are several. None also when users cannot be read.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub async fn user_with(&mut self, email: &str) -> Result<Option<i64>, StoreError> {
        if !self.words.knows_users {
            return Ok(None);
        }
        let cast = match self.words.dialect {
            Dialect::Postgres => "::bigint",
            Dialect::Sqlite => "",
        };
        let text = format!(
            "SELECT u.id{cast} AS id FROM auth_service.users u \
             WHERE lower(u.email) = lower($1) ORDER BY u.id LIMIT 1"
        );
        let found: Option<(i64,)> = ask!(self, text, [email.to_owned()], fetch_optional)?;
        Ok(found.map(|(id,)| id))
    }
}
