//! Figures by anything and of anything, as the built-in assistant tells them.

use grammar::{Ascending, By, Figures, Filter, Measure, Order, Outcome, Question, When};
use serde::Deserialize;
use serde_json::json;
use timeline::{Range, Zone};

use super::{excused, moment, moment_schema, object, told};
use crate::chat::assistant;
use crate::chat::model::toolbox::Tool;
use crate::live::Live;

/// Rows at most.
const MOST_ROWS: u16 = 50;
/// The longest text that is looked for, in characters.
const LONGEST_TEXT: usize = 200;
/// Names that are told when one is not known, at most.
const MOST_NAMES: usize = 50;

const MEASURES: [(&str, Measure); 8] = [
    ("queries", Measure::Queries),
    ("errors", Measure::Errors),
    ("error_rate", Measure::ErrorRate),
    ("cost", Measure::Cost),
    ("cost_per_query", Measure::CostPerQuery),
    ("p50", Measure::P50),
    ("p95", Measure::P95),
    ("p99", Measure::P99),
];
const BY: [(&str, By); 4] = [
    ("server", By::Server),
    ("tool", By::Tool),
    ("user", By::User),
    ("time", By::Time),
];
const OUTCOMES: [(&str, Outcome); 5] = [
    ("success", Outcome::Success),
    ("warning", Outcome::Warning),
    ("failed", Outcome::Failed),
    ("blocked", Outcome::Blocked),
    ("error", Outcome::Error),
];
const TIMES: [(&str, When); 7] = [
    ("today", When::Range(Range::Today)),
    ("yesterday", When::Yesterday),
    ("1h", When::Range(Range::Hour)),
    ("6h", When::Range(Range::SixHours)),
    ("24h", When::Range(Range::Day)),
    ("7d", When::Range(Range::Week)),
    ("30d", When::Range(Range::Month)),
];

/// The arguments of `figures`.
#[derive(Deserialize)]
pub(super) struct FiguresAsked {
    measures: Vec<String>,
    by: Option<String>,
    server: Option<String>,
    tool: Option<String>,
    user: Option<String>,
    outcome: Option<String>,
    text: Option<String>,
    when: Option<String>,
    from: Option<String>,
    to: Option<String>,
    #[serde(default)]
    compare: bool,
    #[serde(default)]
    least_first: bool,
    limit: Option<u16>,
}

/// The arguments of `ask`.
#[derive(Deserialize)]
pub(super) struct WordsAsked {
    question: String,
}

pub(super) fn tools() -> [Tool; 2] {
    let one_of = |names: Vec<&str>| json!({ "type": "string", "enum": names });
    let name = |what: &str| json!({ "type": "string", "description": what });
    let properties = json!({
        "measures": {
            "type": "array",
            "items": one_of(names(&MEASURES)),
            "description": "`p50`, `p95`, `p99`: milliseconds. `cost`: USD. The first is what rows stand in order by.",
        },
        "by": one_of(names(&BY)),
        "server": name("Only this MCP server."),
        "tool": name("Only this tool."),
        "user": name("Only the user with this e-mail address."),
        "outcome": one_of(names(&OUTCOMES)),
        "text": name("Only calls that say this somewhere."),
        "when": one_of(names(&TIMES)),
        "from": moment_schema("not before; not with `when`"),
        "to": moment_schema("before; now when left out"),
        "compare": { "type": "boolean", "description": "With the period before." },
        "least_first": { "type": "boolean" },
        "limit": { "type": "integer", "minimum": 1, "maximum": MOST_ROWS },
    });
    [
        Tool {
            name: "figures",
            description: "Figures of a time, all together or one row for each MCP server, tool, user or bucket of time. What is left out does not restrict; without a time it is today.",
            parameters: object(&properties, &["measures"]),
        },
        Tool {
            name: "ask",
            description: "Asks in plain English words what the other tools do not tell: which MCP servers there are and how healthy they are, how many users, the slowest or dearest calls. It says what it can answer when it does not understand.",
            parameters: object(&json!({ "question": { "type": "string" } }), &["question"]),
        },
    ]
}

/// Figures, in Markdown.
pub(super) async fn figures(
    live: &Live,
    asked: FiguresAsked,
    zone: &Zone,
) -> Result<String, String> {
    let read = |name: &String| among(&MEASURES, "measures", name);
    let measures: Vec<Measure> = asked.measures.iter().map(read).collect::<Result<_, _>>()?;
    if measures.is_empty() {
        return Err("Wrong arguments: `measures` wants one at least".to_owned());
    }
    let figures = Figures {
        measures,
        by: optional(&BY, "by", asked.by.as_deref())?,
        step: None,
        when: when(live, &asked)?,
        compare: asked.compare,
        order: Order {
            by: None,
            ascending: if asked.least_first {
                Ascending::Yes
            } else {
                Ascending::No
            },
            limit: asked.limit.map(|limit| limit.clamp(1, MOST_ROWS)),
        },
        filter: filter(live, asked).await?,
    };
    let question = Question::Figures(figures);
    let answer = assistant::answer_to(live, &question, zone).await;
    answer.map_err(excused)
}

/// What the assistant answers, in Markdown.
pub(super) async fn words(live: &Live, asked: WordsAsked, zone: &Zone) -> Result<String, String> {
    let question = shortened(&asked.question);
    let answer = assistant::answer_in_words(live, &question, zone).await;
    answer.map_err(excused)
}

fn when(live: &Live, asked: &FiguresAsked) -> Result<When, String> {
    let named = optional(&TIMES, "when", asked.when.as_deref())?;
    let from = moment(asked.from.as_deref())?;
    let to = moment(asked.to.as_deref())?;
    match (named, from) {
        (Some(_), Some(_)) => Err("Wrong arguments: either `when` or `from`".to_owned()),
        (named, None) => Ok(named.unwrap_or(When::Range(Range::Today))),
        (None, Some(from)) => Ok(When::Between {
            from,
            to: to.unwrap_or_else(|| live.now()),
        }),
    }
}

/// Names as the hub spells them: one that nobody has would count nothing, and look like an answer.
async fn filter(live: &Live, asked: FiguresAsked) -> Result<Filter, String> {
    let names = live.names().await.map_err(told)?;
    let servers = names.servers.iter().map(String::as_str);
    let tools = names.tools.iter().map(String::as_str);
    let users = names.users.iter().map(|user| user.email.as_str());
    Ok(Filter {
        server: known("server", asked.server, servers)?,
        tool: known("tool", asked.tool, tools)?,
        user: known("user", asked.user, users)?,
        outcome: optional(&OUTCOMES, "outcome", asked.outcome.as_deref())?,
        text: asked.text.as_deref().map(shortened),
    })
}

fn known<'a>(
    what: &str,
    name: Option<String>,
    all: impl Iterator<Item = &'a str> + Clone,
) -> Result<Option<String>, String> {
    let Some(name) = name else { return Ok(None) };
    let same = |known: &&str| known.to_lowercase() == name.trim().to_lowercase();
    if let Some(known) = all.clone().find(same) {
        return Ok(Some(known.to_owned()));
    }
    let told: Vec<&str> = all.take(MOST_NAMES).collect();
    Err(format!(
        "There is no such {what}. There are: {}.",
        told.join(", ")
    ))
}

fn shortened(text: &str) -> String {
    text.chars().take(LONGEST_TEXT).collect()
}

fn names<T>(all: &[(&'static str, T)]) -> Vec<&'static str> {
    all.iter().map(|(name, _)| *name).collect()
}

fn among<T: Copy>(all: &[(&'static str, T)], what: &str, name: &str) -> Result<T, String> {
    let found = all.iter().find(|(known, _)| *known == name);
    found.map(|(_, value)| *value).ok_or_else(|| {
        let names = names(all).join("`, `");
        format!("Wrong arguments: `{what}` is one of `{names}`")
    })
}

fn optional<T: Copy>(
    all: &[(&'static str, T)],
    what: &str,
    name: Option<&str>,
) -> Result<Option<T>, String> {
    name.map(|name| among(all, what, name)).transpose()
}
