//! What the page shows: the same answers as over HTTP, in JSON.

use serde::Deserialize;
use serde_json::json;
use shared_types::{CallStatus, Range};
use timeline::Zone;

use super::{moment, moment_schema, object, told};
use crate::chat::model::toolbox::Tool;
use crate::live::{ActivityQuery, Audience, Body, Chart, Live, LiveError, WindowSpec};

/// The most calls that are listed at once.
const MOST_CALLS: u16 = 50;
/// The longest text that is looked for, in characters.
const LONGEST_TEXT: usize = 200;

/// The arguments of `chart`.
#[derive(Deserialize)]
pub(super) struct ChartAsked {
    what: What,
    range: Option<Range>,
    from: Option<String>,
    to: Option<String>,
    #[serde(default)]
    compare: bool,
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
enum What {
    Queries,
    Cost,
    ResponseTimes,
    Errors,
}

/// The arguments of `calls`.
#[derive(Deserialize)]
pub(super) struct CallsAsked {
    limit: Option<u16>,
    server: Option<String>,
    user: Option<String>,
    status: Option<CallStatus>,
    #[serde(default)]
    errors_only: bool,
    text: Option<String>,
    from: Option<String>,
    to: Option<String>,
}

/// The arguments of `call`.
#[derive(Deserialize)]
pub(super) struct CallAsked {
    id: i64,
}

pub(super) fn tools() -> Vec<Tool> {
    let (from, to) = (
        moment_schema("not before"),
        moment_schema("before; now when left out"),
    );
    let chart = json!({
        "what": { "type": "string", "enum": ["queries", "response_times", "cost", "errors"] },
        "range": { "type": "string", "enum": Range::ALL, "description": "The time that ends now. Not with `from`." },
        "from": from,
        "to": to,
        "compare": { "type": "boolean", "description": "Each bucket of `queries` and `response_times` also tells the one a period before." },
    });
    let calls = json!({
        "limit": { "type": "integer", "minimum": 1, "maximum": MOST_CALLS },
        "server": { "type": "string", "description": "Calls of this MCP server, spelt as the other tools do." },
        "user": { "type": "string", "description": "The e-mail address of who asked." },
        "status": { "type": "string", "enum": CallStatus::ALL },
        "errors_only": { "type": "boolean" },
        "text": { "type": "string", "description": "Calls that say this somewhere." },
        "from": from,
        "to": to,
    });
    vec![
        Tool {
            name: "today",
            description: "Today so far in the asker's time zone: queries, cost in USD, errors, users, MCP servers; and yesterday until the same time.",
            parameters: object(&json!({}), &[]),
        },
        Tool {
            name: "chart",
            description: "A chart of the page. `queries`: queries over time. `response_times`: p50, p95 and p99 in milliseconds over time. `cost`: USD by MCP server. `errors`: errors and queries by MCP server. Over time there is one row a bucket.",
            parameters: object(&chart, &["what"]),
        },
        Tool {
            name: "calls",
            description: "Single calls, the newest first, and how many match in all (`matching`). What is left out does not restrict.",
            parameters: object(&calls, &[]),
        },
        Tool {
            name: "call",
            description: "One call with all its fields.",
            parameters: object(&json!({ "id": { "type": "integer" } }), &["id"]),
        },
    ]
}

pub(super) fn today(live: &Live, zone: &Zone) -> Result<String, String> {
    written(live.stats(zone))
}

pub(super) async fn chart(live: &Live, asked: ChartAsked, zone: &Zone) -> Result<String, String> {
    let (chart, default) = match asked.what {
        What::Queries => (Chart::Queries, Range::Day),
        What::Cost => (Chart::Cost, Range::Today),
        What::ResponseTimes => (Chart::ResponseTimes, Range::Day),
        What::Errors => (Chart::Errors, Range::Day),
    };
    let window = match (asked.range, moment(asked.from.as_deref())?) {
        (Some(_), Some(_)) => return Err("Wrong arguments: either `range` or `from`".to_owned()),
        (range, None) => WindowSpec::Named(range.unwrap_or(default)),
        (None, Some(from)) => WindowSpec::Between {
            from,
            to: moment(asked.to.as_deref())?,
            bucket: None,
        },
    };
    let over_time = matches!(chart, Chart::Queries | Chart::ResponseTimes);
    let compare = asked.compare && over_time;
    written(live.chart(chart, zone, window, compare).await)
}

pub(super) async fn calls(live: &Live, asked: CallsAsked) -> Result<String, String> {
    let short = |text: Option<String>| -> Option<String> {
        text.map(|text| text.chars().take(LONGEST_TEXT).collect())
    };
    let query = ActivityQuery {
        limit: asked.limit.unwrap_or(10).clamp(1, MOST_CALLS),
        mcp: short(asked.server),
        user: short(asked.user),
        status: asked.status,
        errors_only: asked.errors_only,
        text: short(asked.text),
        from: moment(asked.from.as_deref())?,
        to: moment(asked.to.as_deref())?,
        ..ActivityQuery::default()
    };
    written(live.activity(&query, Audience::Everything).await)
}

pub(super) async fn call(live: &Live, asked: CallAsked) -> Result<String, String> {
    written(live.call(asked.id, Audience::Everything).await)
}

fn written(answer: Result<Body, LiveError>) -> Result<String, String> {
    let body = answer.map_err(told)?;
    Ok(String::from_utf8_lossy(&body.bytes).into_owned())
}
