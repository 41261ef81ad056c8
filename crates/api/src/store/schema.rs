//! Which columns the hub's database has, and so which generation it is.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use super::StoreError;

/// Generation of the hub's schema.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Generation {
    /// Arrays of servers, `cost_estimate`, `is_enabled`.
    A,
    /// One server a row, tokens but no cost.
    B,
    /// As B, with `cost_usd` and `source`.
    C,
}

impl fmt::Display for Generation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Generation::A => "A",
            Generation::B => "B",
            Generation::C => "C",
        })
    }
}

/// The tables that are looked at.
pub(super) const TABLES: [(&str, &str); 4] = [
    ("omni2", "audit_logs"),
    ("omni2", "mcp_servers"),
    ("omni2", "mcp_tools"),
    ("auth_service", "users"),
];

/// Those without which there are no figures.
const NEEDED_TABLES: [&str; 2] = ["omni2.audit_logs", "omni2.mcp_servers"];

/// Columns without which there are no figures.
const NEEDED: [(&str, &str); 6] = [
    ("omni2.audit_logs", "id"),
    ("omni2.audit_logs", "timestamp"),
    ("omni2.audit_logs", "success"),
    ("omni2.audit_logs", "duration_ms"),
    ("omni2.audit_logs", "mcp_target"),
    ("omni2.mcp_servers", "name"),
];

/// What was found: a set of columns for each table.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Schema {
    columns: BTreeMap<String, BTreeSet<String>>,
}

impl Schema {
    /// From (schema, table, column) as the database's catalogue lists them.
    pub fn new(found: impl IntoIterator<Item = (String, String, String)>) -> Schema {
        let mut schema = Schema::default();
        for (space, table, column) in found {
            let columns = schema.columns.entry(format!("{space}.{table}"));
            columns.or_default().insert(column);
        }
        schema
    }

    /// Whether the table (`omni2.audit_logs`) has the column.
    pub fn has(&self, table: &str, column: &str) -> bool {
        self.columns
            .get(table)
            .is_some_and(|columns| columns.contains(column))
    }

    /// Whether users and their addresses can be read.
    pub fn knows_users(&self) -> bool {
        self.has("auth_service.users", "id") && self.has("auth_service.users", "email")
    }

    /// The generation, by the columns that tell.
    ///
    /// # Errors
    /// [`StoreError::Schema`] with everything that is missing, in one message.
    pub fn generation(&self) -> Result<Generation, StoreError> {
        let mut missing: Vec<String> = Vec::new();
        for name in NEEDED_TABLES {
            if !self.columns.contains_key(name) {
                missing.push(format!("table {name}"));
            }
        }
        for (table, column) in NEEDED {
            if self.columns.contains_key(table) && !self.has(table, column) {
                missing.push(format!("column {table}.{column}"));
            }
        }
        let audit = |column| self.has("omni2.audit_logs", column);
        let generation = if audit("cost_estimate") {
            Some(Generation::A)
        } else if audit("cost_usd") {
            Some(Generation::C)
        } else if audit("llm_tokens_used") {
            Some(Generation::B)
        } else {
            None
        };
        if generation.is_none() && self.columns.contains_key("omni2.audit_logs") {
            missing.push(
                "column omni2.audit_logs.cost_estimate, cost_usd or llm_tokens_used".to_owned(),
            );
        }
        let servers = |column| self.has("omni2.mcp_servers", column);
        if self.columns.contains_key("omni2.mcp_servers")
            && !servers("is_enabled")
            && !servers("status")
        {
            missing.push("column omni2.mcp_servers.is_enabled or status".to_owned());
        }
        match generation {
            Some(generation) if missing.is_empty() => Ok(generation),
            _ => Err(StoreError::Schema(missing.join(", "))),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn schema(columns: &[(&str, &[&str])]) -> Schema {
        Schema::new(columns.iter().flat_map(|(table, columns)| {
            let (space, table) = table.split_once('.').unwrap();
            columns
                .iter()
                .map(move |column| (space.to_owned(), table.to_owned(), (*column).to_owned()))
        }))
    }

    #[test]
    fn an_empty_database_lacks_both_tables() {
        let error = Schema::default().generation().unwrap_err().to_string();
        assert!(error.contains("table omni2.audit_logs"), "{error}");
        assert!(error.contains("table omni2.mcp_servers"), "{error}");
    }

    #[test]
    fn missing_columns_are_listed_in_one_message() {
        let found = schema(&[
            ("omni2.audit_logs", &["id", "timestamp", "success"]),
            ("omni2.mcp_servers", &["id"]),
        ]);
        let error = found.generation().unwrap_err().to_string();
        for column in [
            "omni2.audit_logs.duration_ms",
            "omni2.audit_logs.mcp_target",
            "cost_estimate, cost_usd or llm_tokens_used",
            "omni2.mcp_servers.name",
            "omni2.mcp_servers.is_enabled or status",
        ] {
            assert!(error.contains(column), "{column} is not in: {error}");
        }
        assert!(error.contains("missing or not granted"), "{error}");
    }

    #[test]
    fn the_cost_column_tells_the_generation() {
        let common = ["id", "timestamp", "success", "duration_ms", "mcp_target"];
        for (extra, generation) in [
            (&["cost_estimate"][..], Generation::A),
            (&["llm_tokens_used"][..], Generation::B),
            (&["llm_tokens_used", "cost_usd"][..], Generation::C),
        ] {
            let audit: Vec<&str> = common.iter().chain(extra).copied().collect();
            let found = schema(&[
                ("omni2.audit_logs", &audit),
                ("omni2.mcp_servers", &["name", "status"]),
            ]);
            assert_eq!(found.generation().unwrap(), generation);
        }
    }
}
