//! SQL stands in the store, and where a simulated hub is written.

use super::Finding;
use super::tree::{File, Tree};

/// Code that holds no SQL, but for the store.
const WITHOUT: [&str; 4] = [
    "crates/api/src/",
    "crates/shared-types/",
    "crates/timeline/",
    "crates/web/",
];
const STORE: &str = "crates/api/src/store/";

/// How a text begins that is SQL.
const BEGINNINGS: [&str; 10] = [
    "SELECT ", "INSERT ", "UPDATE ", "DELETE ", "WITH ", "CREATE ", "ALTER ", "DROP ", "BEGIN ",
    "PRAGMA ",
];
/// Tables of the hub.
const TABLES: [&str; 3] = [
    "omni2.audit_logs",
    "omni2.mcp_servers",
    "auth_service.users",
];

const WHY: &str = "SQL stands in crates/api/src/store only";

pub(super) fn check(tree: &Tree) -> Vec<Finding> {
    let mut found = Vec::new();
    for file in tree.files().iter().filter(|file| is_without(file)) {
        if file.ends_with(".sql") {
            found.push(file.finding(0, WHY));
        }
        let lines = file
            .code()
            .filter(|(_, code)| file.is_rust() && has_sql(code));
        found.extend(lines.map(|(line, _)| file.finding(line, WHY)));
    }
    found
}

fn is_without(file: &File) -> bool {
    let within = WITHOUT.iter().any(|prefix| file.path.starts_with(prefix));
    within && !file.path.starts_with(STORE)
}

fn has_sql(code: &str) -> bool {
    let begins = |text: &str| {
        BEGINNINGS
            .iter()
            .any(|beginning| text.starts_with(beginning))
    };
    // Every other part lies within quotes, but a look at all of them does no harm.
    code.split('"').skip(1).any(begins) || TABLES.iter().any(|table| code.contains(table))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn broken(path: &str, code: &str) -> bool {
        !check(&Tree::made_of(&[(path, code)])).is_empty()
    }

    #[test]
    fn sql_outside_the_store_is_found() {
        assert!(broken(
            "crates/api/src/routes/stats.rs",
            "ask(\"SELECT count(*) FROM t\")"
        ));
        assert!(broken(
            "crates/api/src/live/follow.rs",
            "format!(\"{x} FROM omni2.audit_logs\")"
        ));
        assert!(broken("crates/timeline/src/sql/a.sql", ""));
        assert!(!broken(
            "crates/api/src/store/reading.rs",
            "ask(\"SELECT 1\")"
        ));
        assert!(!broken(
            "crates/hub-sim/src/postgres/seed.rs",
            "ask(\"INSERT INTO t\")"
        ));
    }

    #[test]
    fn prose_is_no_sql() {
        assert!(!broken(
            "crates/api/src/live/follow.rs",
            "\"grant SELECT on what is missing\""
        ));
        assert!(!broken(
            "crates/api/src/live/follow.rs",
            "// reads omni2.audit_logs"
        ));
    }
}
