//! Lists: single calls, servers, users.

use rust_decimal::Decimal;

use super::columns;
use crate::store::expressions::Dialect;
use crate::store::{Filter, Speaking, Top, literal};

impl Speaking {
    /// SQL for these calls, the newest first unless another order is asked for.
    pub fn write_calls(
        &self,
        filter: &Filter,
        top: Option<Top>,
        limit: u16,
        price: Decimal,
    ) -> String {
        let words = self.words();
        let conditions = filter.written(words);
        let order = top.map_or("a.timestamp DESC, a.id DESC".to_owned(), |top| {
            words.first(top)
        });
        let users = if words.knows_users {
            format!(
                "\nLEFT JOIN {} u ON u.id = a.user_id",
                conditions.table("auth_service.users")
            )
        } else {
            String::new()
        };
        format!(
            "SELECT a.id, a.timestamp,\n  {} AS asked_by,\n  a.duration_ms,\n  {} AS cost_usd,\n  \
             {} AS failed\nFROM {} a{users}\nWHERE {}\nORDER BY {order}\nLIMIT {limit};",
            columns::user(words),
            columns::cost(words, price),
            words.is_error(),
            conditions.table("omni2.audit_logs"),
            conditions.text(),
        )
    }

    /// SQL for one call: without what may hold a secret.
    pub fn write_call(&self, id: i64, price: Decimal) -> String {
        let words = self.words();
        let audit = literal::table(words.dialect, "omni2.audit_logs");
        format!(
            "SELECT a.id, a.timestamp, a.user_id,\n  a.duration_ms,\n  {} AS cost_usd,\n  \
             {} AS failed\nFROM {audit} a\nWHERE a.id = {id};",
            columns::cost(words, price),
            words.is_error(),
        )
    }

    /// SQL for the servers that the hub knows, or the one of that name.
    pub fn write_servers(&self, only: Option<&str>) -> String {
        let words = self.words();
        let servers = literal::table(words.dialect, "omni2.mcp_servers");
        let only = only.map_or(String::new(), |name| {
            format!("\nWHERE s.name = {}", literal::text(words.dialect, name))
        });
        format!(
            "SELECT s.name,\n  {} AS active,\n  {}\nFROM {servers} s{only}\nORDER BY s.name;",
            words.active_server,
            words.health.replace(", ", ",\n  "),
        )
    }

    /// SQL for how many users there are; none where they cannot be read.
    pub fn write_users(&self) -> Option<String> {
        let words = self.words();
        let users = literal::table(words.dialect, "auth_service.users");
        let text = format!("SELECT count(*) AS users\nFROM {users};");
        words.knows_users.then_some(text)
    }

    /// What the database is called by those who colour its language.
    pub fn is_postgres(&self) -> bool {
        self.words().dialect == Dialect::Postgres
    }
}
