//! How a call's parts and sums of them are written.

use grammar::Measure;
use rust_decimal::Decimal;

use crate::store::Generation;
use crate::store::expressions::{Dialect, Expressions};

/// USD of a call `a`; what is no number costs nothing.
pub(super) fn cost(words: &Expressions, price: Decimal) -> String {
    let column = match words.generation {
        Generation::A => "a.cost_estimate",
        Generation::C => "a.cost_usd",
        Generation::B => {
            return format!(
                "greatest(coalesce(a.llm_tokens_used, 0), 0) * {price}::numeric / 1000000"
            );
        }
    };
    match words.dialect {
        Dialect::Postgres => format!("CASE WHEN abs({column}) < 1e15 THEN {column} ELSE 0 END"),
        Dialect::Sqlite => format!("CAST(coalesce({column}, '0') AS REAL)"),
    }
}

/// The address of who asked, by a table `u` of users.
pub(super) fn user(words: &Expressions) -> String {
    let address = if words.knows_users {
        "nullif(u.email, ''), "
    } else {
        ""
    };
    format!("coalesce({address}'user ' || a.user_id, 'No user')")
}

/// The server of a call that names one at most.
pub(super) fn server() -> &'static str {
    "coalesce(nullif(a.mcp_target, ''), 'Unattributed')"
}

/// The tool of a call that names one at most.
pub(super) fn tool(words: &Expressions) -> &'static str {
    if words.has_tool {
        "coalesce(nullif(a.tool_called, ''), 'No tool')"
    } else {
        "'No tool'"
    }
}

/// Every server of a call, to be joined as `s(name)`.
pub(super) fn each_server(words: &Expressions) -> &'static str {
    match words.dialect {
        Dialect::Postgres => {
            "LEFT JOIN LATERAL unnest(CASE WHEN a.mcp_target <> '' \
             THEN ARRAY[a.mcp_target::text] ELSE a.mcps_accessed END) AS s(name) ON s.name <> ''"
        }
        Dialect::Sqlite => {
            "LEFT JOIN json_each(CASE WHEN a.mcp_target <> '' \
             THEN json_array(a.mcp_target) ELSE a.mcps_accessed END) AS s ON s.value <> ''"
        }
    }
}

/// What a server joined so is called.
pub(super) fn joined_server(words: &Expressions) -> &'static str {
    match words.dialect {
        Dialect::Postgres => "coalesce(s.name, 'Unattributed')",
        Dialect::Sqlite => "coalesce(s.value, 'Unattributed')",
    }
}

/// Every tool of a call, to be joined as `t(name)`.
pub(super) fn each_tool(words: &Expressions) -> String {
    let one = if words.has_tool {
        "a.tool_called"
    } else {
        "NULL"
    };
    match words.dialect {
        Dialect::Postgres => format!(
            "LEFT JOIN LATERAL unnest(CASE WHEN {one} <> '' THEN ARRAY['.' || {one}] \
             ELSE a.tools_used END) AS t(name) ON t.name <> ''"
        ),
        Dialect::Sqlite => format!(
            "LEFT JOIN json_each(CASE WHEN {one} <> '' THEN json_array('.' || {one}) \
             ELSE a.tools_used END) AS t ON t.value <> ''"
        ),
    }
}

/// What a tool joined so is called: what follows the first full stop.
pub(super) fn joined_tool(words: &Expressions) -> String {
    format!("coalesce({}, 'No tool')", words.bare(words.one_tool()))
}

/// A measure's name as a column.
pub(super) fn name(measure: Measure) -> &'static str {
    match measure {
        Measure::Queries => "queries",
        Measure::Errors => "errors",
        Measure::ErrorRate => "error_percent",
        Measure::Cost => "cost_usd",
        Measure::CostPerQuery => "cost_per_query_usd",
        Measure::P50 => "p50_ms",
        Measure::P95 => "p95_ms",
        Measure::P99 => "p99_ms",
    }
}

/// A measure as a sum over calls, whose cost stands in the column given.
pub(super) fn sum(words: &Expressions, measure: Measure, cost: &str) -> String {
    let failed = "count(id) FILTER (WHERE failed)";
    match measure {
        Measure::Queries => "count(id)".to_owned(),
        Measure::Errors => failed.to_owned(),
        Measure::ErrorRate => format!("round(100.0 * {failed} / nullif(count(id), 0), 2)"),
        Measure::Cost => format!("coalesce(sum({cost}), 0)"),
        Measure::CostPerQuery => format!("sum({cost}) / nullif(count(id), 0)"),
        Measure::P50 => quantile(words, "0.5"),
        Measure::P95 => quantile(words, "0.95"),
        Measure::P99 => quantile(words, "0.99"),
    }
}

fn quantile(words: &Expressions, q: &str) -> String {
    match words.dialect {
        Dialect::Postgres => format!("percentile_cont({q}) WITHIN GROUP (ORDER BY ms)"),
        // The two neighbouring ranks, each by how near it is.
        Dialect::Sqlite => format!("sum(ms * max(0, 1 - abs(place - {q} * (timed - 1))))"),
    }
}
