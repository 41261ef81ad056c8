//! Reading what the hub says: forgiving with what is left out, strict with what makes no sense.

use serde_json::Value;
use shared_types::ChatDone;

use super::HUB;
use crate::chat::upstream::{Upstream, people};
use crate::chat::{ChatError, Event};

/// Names of tools, and questions to go on with, that are passed on at most.
const MOST: usize = 64;
/// The longest name of a tool, in characters.
const LONGEST_NAME: usize = 255;
/// The longest warning, error and suggestion, in characters.
const LONGEST_TEXT: usize = 500;

/// `{"text": "..."}`
pub(super) fn token(data: &str) -> Result<Event, ChatError> {
    let read = serde_json::from_str::<Value>(data).ok();
    let text = read.as_ref().and_then(|read| read.get("text")?.as_str());
    let text = text.ok_or_else(|| ChatError::junk(HUB, "a token without text"))?;
    Ok(Event::Token(text.to_owned()))
}

/// `{"tools_used": [...], "tool_calls": n, ...}`. All that matters has been said: what is missing
/// or odd here spoils nothing.
pub(super) fn done(data: &str, from: &Upstream) -> Result<Event, ChatError> {
    let read = serde_json::from_str(data).unwrap_or(Value::Null);
    if failed(&read) {
        return Err(from.failure(data.as_bytes()));
    }
    Ok(Event::Done(end(&read)))
}

/// `{"success": true, "answer": "...", ...}`
pub(super) fn whole(body: &[u8], from: &Upstream) -> Result<[Event; 2], ChatError> {
    let text = String::from_utf8_lossy(body);
    let read = serde_json::from_str(&text).unwrap_or(Value::Null);
    if failed(&read) {
        return Err(from.failure(body));
    }
    let answer = read.get("answer").and_then(Value::as_str);
    let answer = answer.ok_or_else(|| ChatError::junk(HUB, "an answer without text"))?;
    Ok([Event::Token(answer.to_owned()), Event::Done(end(&read))])
}

fn failed(read: &Value) -> bool {
    read.get("success") == Some(&Value::Bool(false))
}

fn end(read: &Value) -> ChatDone {
    let number = |name: &str| {
        let number = read.get(name).and_then(Value::as_u64).unwrap_or(0);
        u32::try_from(number).unwrap_or(u32::MAX)
    };
    let texts = |name: &str, longest: usize| {
        let texts = read.get(name).and_then(Value::as_array);
        let texts = texts.into_iter().flatten().take(MOST);
        let texts = texts.filter_map(Value::as_str);
        texts.filter_map(|text| people(text, longest)).collect()
    };
    ChatDone {
        tools_used: texts("tools_used", LONGEST_NAME),
        tool_calls: number("tool_calls"),
        iterations: number("iterations"),
        warning: read
            .get("warning")
            .and_then(Value::as_str)
            .and_then(|text| people(text, LONGEST_TEXT)),
        suggestions: texts("suggestions", LONGEST_TEXT),
    }
}
