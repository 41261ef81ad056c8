//! Which calls a part of a chart counts: what the feed shows when it is clicked.

use super::time::rfc3339;

/// Conditions; what is absent does not restrict.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Calls {
    /// Of this MCP server.
    pub mcp: Option<String>,
    /// Only those that failed.
    pub errors_only: bool,
    /// Not before, milliseconds since 1970.
    pub since: Option<i64>,
    /// Before, milliseconds since 1970.
    pub until: Option<i64>,
}

impl Calls {
    /// Of a bucket.
    pub fn of_bucket((since, until): (i64, i64)) -> Calls {
        Calls {
            since: Some(since),
            until: Some(until),
            ..Calls::default()
        }
    }

    /// As the page's address says it: see [`crate::state::Look`].
    pub fn pairs(&self) -> Vec<(&'static str, Option<String>)> {
        vec![
            ("mcp", self.mcp.clone()),
            ("status", self.errors_only.then(|| "errors".to_owned())),
            ("since", self.since.map(rfc3339)),
            ("until", self.until.map(rfc3339)),
        ]
    }
}
