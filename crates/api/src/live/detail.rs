//! One call with all its fields: one row of the database, as it may be told.

use shared_types::{CallDetail, Caller, Tokens};
use timeline::running_minute_end;

use super::calls::begin;
use super::rows::Seen;
use super::secrets::{shown, without_secrets};
use super::{LiveError, Shared};
use crate::store::{DetailRow, LONGEST_TEXT};

/// The longest name of a tool that is told, in characters.
const LONGEST_NAME: usize = 255;

/// The call with this id.
pub(super) async fn detail(shared: &Shared, id: i64) -> Result<CallDetail, LiveError> {
    drop(shared.answering()?);
    let mut reading = begin(shared).await?;
    let row = reading.detail(id).await?;
    reading.close().await?;
    let row = row.ok_or(LiveError::CallNotFound)?;
    let price = shared.options.price;
    let end = running_minute_end((shared.clock)());
    // A row whose time has yet to come is no call yet; nor is one that is of no time.
    let seen = Seen::of(&row.row, price).filter(|seen| seen.at < end);
    let seen = seen.ok_or(LiveError::CallNotFound)?;
    let figures = shared.figures.read();
    Ok(CallDetail {
        cost_estimated: figures.costs_estimated(),
        stale_since: figures.stale_since(),
        ..told(row, &seen)
    })
}

/// Says of each field whether it was cut.
#[derive(Default)]
struct Cuts(Vec<String>);

impl Cuts {
    /// Text without secrets, and without more than is told.
    fn text(&mut self, name: &str, text: Option<String>) -> Option<String> {
        let text = text?;
        let Some((end, _)) = text.char_indices().nth(LONGEST_TEXT) else {
            return Some(without_secrets(&text));
        };
        self.0.push(name.to_owned());
        let whole = text.get(..end).unwrap_or_default();
        // A secret that the end goes through would not look like one.
        let whole = whole.rsplit_once(char::is_whitespace);
        let whole = whole.map_or("", |(before, _)| before);
        Some(format!("{}…", without_secrets(whole)))
    }
}

fn told(row: DetailRow, seen: &Seen) -> CallDetail {
    let mut cuts = Cuts::default();
    let call = seen.shown(row.email.as_deref());
    let parameters = parameters(&row, &mut cuts);
    let tokens = tokens(&row);
    let tools = tools(row.tools.as_deref());
    CallDetail {
        call,
        cost_estimated: false,
        message: cuts.text("message", row.message),
        request_type: row.request_type,
        source: row.source,
        tool: row.tool,
        tools,
        parameters,
        tool_calls: row.tool_calls,
        iterations: row.iterations,
        tokens,
        error: cuts.text("error", row.error),
        error_id: row.error_id,
        warning: cuts.text("warning", row.warning),
        block_reason: cuts.text("block_reason", row.block_reason),
        result: cuts.text("result", row.result),
        response: cuts.text("response", row.response),
        caller: caller(
            row.ip_address,
            row.user_agent,
            row.slack_user_id,
            row.slack_channel,
        ),
        cut: cuts.0,
        stale_since: None,
    }
}

fn parameters(row: &DetailRow, cuts: &mut Cuts) -> Option<serde_json::Value> {
    let (told, cut) = match &row.parameters {
        Some(stored) => {
            let (told, cut) = shown(stored);
            ((!told.is_null()).then_some(told), cut)
        }
        None => (None, row.has_parameters),
    };
    if cut {
        cuts.0.push("parameters".to_owned());
    }
    told
}

fn tokens(row: &DetailRow) -> Option<Tokens> {
    let (input, output) = (row.tokens_input, row.tokens_output);
    let sum = match (input, output) {
        (None, None) => None,
        (input, output) => Some(input.unwrap_or(0).saturating_add(output.unwrap_or(0))),
    };
    let tokens = Tokens {
        input,
        output,
        cached: row.tokens_cached,
        total: row.tokens_total.or(sum),
    };
    (tokens != Tokens::default()).then_some(tokens)
}

fn tools(json: Option<&str>) -> Vec<String> {
    let tools = json.and_then(|json| serde_json::from_str::<Vec<Option<String>>>(json).ok());
    let tools = tools.unwrap_or_default().into_iter().flatten();
    tools
        .filter(|tool| !tool.is_empty())
        .map(|tool| tool.chars().take(LONGEST_NAME).collect())
        .collect()
}

fn caller(
    ip_address: Option<String>,
    user_agent: Option<String>,
    slack_user_id: Option<String>,
    slack_channel: Option<String>,
) -> Option<Caller> {
    let caller = Caller {
        ip_address: ip_address.map(|address| {
            // As the database writes one address, which is not a network.
            let bare = address.strip_suffix("/32");
            let bare = bare.or_else(|| address.strip_suffix("/128"));
            bare.unwrap_or(&address).to_owned()
        }),
        user_agent: user_agent.map(|program| without_secrets(&program)),
        slack_user_id,
        slack_channel,
    };
    (caller != Caller::default()).then_some(caller)
}
