//! What the page shows, as tools: the same answers as over HTTP, in JSON.

use futures_util::future::BoxFuture;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use shared_types::{CallStatus, Range};
use timeline::{Micros, Zone};

use super::toolbox::{Tool, Toolbox};
use crate::live::{ActivityQuery, Body, Chart, Live, LiveError, WindowSpec};

/// The most calls that are listed at once.
const MOST_CALLS: u16 = 50;

/// The dashboard's figures.
pub(in crate::chat) struct Figures(Live);

impl Figures {
    /// Those of this.
    pub(in crate::chat) fn new(live: Live) -> Figures {
        Figures(live)
    }
}

#[derive(Deserialize)]
struct Nothing {}

#[derive(Deserialize)]
struct ChartAsked {
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

#[derive(Deserialize)]
struct CallsAsked {
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

#[derive(Deserialize)]
struct CallAsked {
    id: i64,
}

impl Toolbox for Figures {
    fn tools(&self) -> Vec<Tool> {
        let moment =
            |what: &str| json!({ "type": "string", "description": format!("RFC 3339: {what}") });
        let (from, to) = (moment("not before"), moment("before; now when left out"));
        vec![
            Tool {
                name: "today",
                description: "Today so far in the asker's time zone: queries, cost in USD, errors, users, MCP servers; and yesterday until the same time.",
                parameters: object(&json!({}), &[]),
            },
            Tool {
                name: "chart",
                description: "Figures of a time. `queries`: queries over time. `response_times`: p50, p95 and p99 in milliseconds over time. `cost`: USD by MCP server. `errors`: errors and queries by MCP server. Over time there is one row a bucket.",
                parameters: object(
                    &json!({
                        "what": { "type": "string", "enum": ["queries", "response_times", "cost", "errors"] },
                        "range": { "type": "string", "enum": Range::ALL, "description": "The time that ends now. Not with `from`." },
                        "from": from, "to": to,
                        "compare": { "type": "boolean", "description": "Each bucket of `queries` and `response_times` also tells the one a period before." },
                    }),
                    &["what"],
                ),
            },
            Tool {
                name: "calls",
                description: "Single calls, the newest first, and how many match in all (`matching`). What is left out does not restrict.",
                parameters: object(
                    &json!({
                        "limit": { "type": "integer", "minimum": 1, "maximum": MOST_CALLS },
                        "server": { "type": "string", "description": "Calls of this MCP server, spelt as the other tools do." },
                        "user": { "type": "string", "description": "The e-mail address of who asked." },
                        "status": { "type": "string", "enum": CallStatus::ALL },
                        "errors_only": { "type": "boolean" },
                        "text": { "type": "string", "description": "Calls that say this somewhere." },
                        "from": from, "to": to,
                    }),
                    &[],
                ),
            },
            Tool {
                name: "call",
                description: "One call with all its fields.",
                parameters: object(&json!({ "id": { "type": "integer" } }), &["id"]),
            },
        ]
    }

    fn call<'a>(
        &'a self,
        name: &'a str,
        arguments: Value,
        zone: &'a Zone,
    ) -> BoxFuture<'a, String> {
        Box::pin(async move {
            match self.answer(name, arguments, zone).await {
                Ok(body) => String::from_utf8_lossy(&body.bytes).into_owned(),
                Err(why) => why,
            }
        })
    }
}

impl Figures {
    async fn answer(&self, name: &str, arguments: Value, zone: &Zone) -> Result<Body, String> {
        match name {
            "today" => {
                let Nothing {} = read(arguments)?;
                self.0.stats(zone).map_err(told)
            }
            "chart" => {
                let asked: ChartAsked = read(arguments)?;
                let (chart, default) = match asked.what {
                    What::Queries => (Chart::Queries, Range::Day),
                    What::Cost => (Chart::Cost, Range::Today),
                    What::ResponseTimes => (Chart::ResponseTimes, Range::Day),
                    What::Errors => (Chart::Errors, Range::Day),
                };
                let window = window(&asked, default)?;
                let over_time = matches!(chart, Chart::Queries | Chart::ResponseTimes);
                let compare = asked.compare && over_time;
                let figures = self.0.chart(chart, zone, window, compare).await;
                figures.map_err(told)
            }
            "calls" => {
                let query = calls(read(arguments)?)?;
                self.0.activity(&query).await.map_err(told)
            }
            "call" => {
                let CallAsked { id } = read(arguments)?;
                self.0.call(id).await.map_err(told)
            }
            _ => Err("There is no such tool.".to_owned()),
        }
    }
}

/// Why there is no answer. A mistake of ours is in the log, and nowhere else.
fn told(error: LiveError) -> String {
    match error {
        LiveError::Internal(cause) => {
            tracing::error!(cause, "a model's question for figures failed");
            "No answer: something went wrong in the dashboard.".to_owned()
        }
        error => format!("No answer: {error}."),
    }
}

fn object(properties: &Value, required: &[&str]) -> Value {
    json!({ "type": "object", "properties": properties, "required": required })
}

fn read<T: DeserializeOwned>(arguments: Value) -> Result<T, String> {
    serde_json::from_value(arguments).map_err(|error| format!("Wrong arguments: {error}"))
}

fn window(asked: &ChartAsked, default: Range) -> Result<WindowSpec, String> {
    match (asked.range, moment(asked.from.as_deref())?) {
        (Some(_), Some(_)) => Err("Wrong arguments: either `range` or `from`".to_owned()),
        (range, None) => Ok(WindowSpec::Named(range.unwrap_or(default))),
        (None, Some(from)) => Ok(WindowSpec::Between {
            from,
            to: moment(asked.to.as_deref())?,
            bucket: None,
        }),
    }
}

fn calls(asked: CallsAsked) -> Result<ActivityQuery, String> {
    let short = |text: Option<String>| text.map(|text| text.chars().take(200).collect::<String>());
    Ok(ActivityQuery {
        limit: asked.limit.unwrap_or(10).clamp(1, MOST_CALLS),
        mcp: short(asked.server),
        user: short(asked.user),
        status: asked.status,
        errors_only: asked.errors_only,
        text: short(asked.text),
        from: moment(asked.from.as_deref())?,
        to: moment(asked.to.as_deref())?,
        ..ActivityQuery::default()
    })
}

fn moment(text: Option<&str>) -> Result<Option<Micros>, String> {
    let Some(text) = text else { return Ok(None) };
    let moment = text.parse::<jiff::Timestamp>();
    let moment = moment
        .map_err(|_| "Wrong arguments: times are written like 2026-01-26T10:30:00Z".to_owned())?;
    Ok(Some(moment.as_microsecond()))
}
