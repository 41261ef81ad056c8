//! What a model says in one round, put together from the pieces it comes in.
//!
//! Servers differ: calls come in fragments or at once, numbered or not, with their arguments as
//! text or as an object, and end with `tool_calls` or with `stop`.

use serde_json::Value;

use super::MODEL;
use crate::chat::ChatError;

/// What the last event says.
pub(super) const END: &str = "[DONE]";
/// Calls in one round.
const MOST_CALLS: usize = 16;
/// The longest arguments of a call, and the longest name, in bytes.
const LONGEST_ARGUMENTS: usize = 16 * 1024;
const LONGEST_NAME: usize = 128;

/// One round.
#[derive(Default)]
pub(super) struct Said {
    text: String,
    calls: Vec<Call>,
    /// Why it ended, once it says so.
    finished: Option<String>,
    over: bool,
}

/// What one piece is.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Heard {
    /// More of the answer.
    Text(String),
    /// Something else, which is remembered.
    Nothing,
    /// The server says that it failed: `{"error": {"message": "..."}}`.
    Failure,
}

/// A call of a tool.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Call {
    /// Its number in this round.
    index: u64,
    /// What the result is filed under.
    pub(super) id: String,
    /// The tool.
    pub(super) name: String,
    arguments: String,
}

impl Call {
    /// JSON, as the model wrote it; an empty object where it wrote nothing.
    pub(super) fn arguments(&self) -> &str {
        match self.arguments.trim() {
            "" => "{}",
            told => told,
        }
    }

    /// How much it takes, in bytes.
    pub(super) fn size(&self) -> usize {
        self.id.len() + self.name.len() + self.arguments.len()
    }
}

impl Said {
    /// Hears one piece.
    ///
    /// # Errors
    /// When it makes no sense.
    pub(super) fn hear(&mut self, data: &str) -> Result<Heard, ChatError> {
        if data.trim() == END {
            self.over = true;
            return Ok(Heard::Nothing);
        }
        let junk = |what: &str| ChatError::junk(MODEL, what);
        let read: Value =
            serde_json::from_str(data).map_err(|_| junk("a piece that is no JSON"))?;
        if read.get("error").is_some_and(|error| !error.is_null()) {
            return Ok(Heard::Failure);
        }
        // The last piece may hold numbers about the answer, and no choice.
        let Some(choice) = read.get("choices").and_then(|choices| choices.get(0)) else {
            return Ok(Heard::Nothing);
        };
        // Not streamed, what is said is a message.
        let said = choice.get("delta").or_else(|| choice.get("message"));
        let calls = said.and_then(|said| said.get("tool_calls")?.as_array());
        for (place, call) in calls.into_iter().flatten().enumerate() {
            self.hear_call(call, place)?;
        }
        if let Some(reason) = choice.get("finish_reason").and_then(Value::as_str) {
            self.finished = Some(reason.to_owned());
        }
        let text = said.and_then(|said| said.get("content")?.as_str());
        Ok(match text {
            Some(text) if !text.is_empty() => {
                self.text.push_str(text);
                Heard::Text(text.to_owned())
            }
            _ => Heard::Nothing,
        })
    }

    /// A call, or more of one that has begun: the one with the same number.
    fn hear_call(&mut self, told: &Value, place: usize) -> Result<(), ChatError> {
        let id = told.get("id").and_then(Value::as_str).unwrap_or_default();
        let index = told.get("index").and_then(Value::as_u64);
        let index = index.unwrap_or_else(|| self.index_of(id, place));
        let known = self.calls.iter().position(|call| call.index == index);
        if known.is_none() {
            self.calls.push(Call {
                index,
                ..Call::default()
            });
        }
        let too_many = self.calls.len() > MOST_CALLS;
        let last = self.calls.len().saturating_sub(1);
        let Some(call) = self.calls.get_mut(known.unwrap_or(last)) else {
            return Ok(());
        };
        if call.id.is_empty() {
            id.clone_into(&mut call.id);
        }
        let function = told.get("function");
        let part = |name: &str| function.and_then(|function| function.get(name));
        // Some servers repeat the name with every piece.
        if call.name.is_empty() {
            let name = part("name").and_then(Value::as_str).unwrap_or_default();
            name.clone_into(&mut call.name);
        }
        match part("arguments") {
            Some(Value::String(more)) => call.arguments.push_str(more),
            Some(whole @ Value::Object(_)) => call.arguments = whole.to_string(),
            _ => {}
        }
        let too_long = call.arguments.len() > LONGEST_ARGUMENTS
            || call.name.len() > LONGEST_NAME
            || call.id.len() > LONGEST_NAME;
        if too_many || too_long {
            return Err(ChatError::junk(
                MODEL,
                "calls that are too large or too many",
            ));
        }
        Ok(())
    }

    /// The number of a call that comes without one: that of the call with the same id, a new one
    /// for a new id, and without an id its place.
    fn index_of(&self, id: &str, place: usize) -> u64 {
        let known = self
            .calls
            .iter()
            .find(|call| !id.is_empty() && call.id == id);
        match known {
            Some(call) => call.index,
            None if id.is_empty() => place as u64,
            None => self.calls.len() as u64,
        }
    }

    /// Whether nothing comes any more.
    pub(super) fn is_over(&self) -> bool {
        self.over
    }

    pub(super) fn text(&self) -> &str {
        &self.text
    }

    /// The calls that it made, whatever it says they are for; none: it has answered.
    ///
    /// # Errors
    /// When it broke off before its end.
    pub(super) fn calls(&self) -> Result<Vec<Call>, ChatError> {
        if !self.over && self.finished.is_none() {
            return Err(ChatError::broke_off(MODEL, "ended before its end"));
        }
        let mut calls = self.calls.clone();
        for (place, call) in calls.iter_mut().enumerate() {
            if call.id.is_empty() {
                call.id = format!("call_{place}");
            }
        }
        Ok(calls)
    }

    /// What is odd about an answer, for people.
    pub(super) fn warning(&self) -> Option<String> {
        match self.finished.as_deref() {
            Some("length") => Some("The model stopped in the middle: its answer became too long."),
            Some("content_filter") => Some("The model's provider held a part of the answer back."),
            _ if self.text.trim().is_empty() => Some("The model had nothing to say."),
            _ => None,
        }
        .map(str::to_owned)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn heard(pieces: &[&str]) -> Said {
        let mut said = Said::default();
        for piece in pieces {
            said.hear(piece).unwrap();
        }
        said
    }

    fn called(pieces: &[&str]) -> Vec<(String, String, String)> {
        let calls = heard(pieces).calls().unwrap();
        let told = |call: Call| {
            (
                call.id.clone(),
                call.name.clone(),
                call.arguments().to_owned(),
            )
        };
        calls.into_iter().map(told).collect()
    }

    fn call(id: &str, name: &str, arguments: &str) -> (String, String, String) {
        (id.to_owned(), name.to_owned(), arguments.to_owned())
    }

    #[test]
    fn calls_are_put_together_however_they_come() {
        let fragments = [
            r#"{"choices":[{"delta":{"role":"assistant","content":null,"tool_calls":[{"index":0,"id":"a","type":"function","function":{"name":"chart","arguments":""}}]}}]}"#,
            r#"{"choices":[{"delta":{"tool_calls":[{"index":0,"function":{"arguments":"{\"ra"}}]}}]}"#,
            r#"{"choices":[{"delta":{"tool_calls":[{"index":1,"id":"b","function":{"name":"today"}}]}}]}"#,
            r#"{"choices":[{"delta":{"tool_calls":[{"index":0,"function":{"arguments":"nge\":\"7d\"}"}}]}}]}"#,
            r#"{"choices":[{"delta":{},"finish_reason":"tool_calls"}]}"#,
            "[DONE]",
        ];
        let two = [
            call("a", "chart", r#"{"range":"7d"}"#),
            call("b", "today", "{}"),
        ];
        assert_eq!(called(&fragments), two);
        let at_once = [
            r#"{"choices":[{"delta":{"tool_calls":[{"id":"a","function":{"name":"chart","arguments":{"range":"7d"}}},{"id":"b","function":{"name":"today","arguments":""}}]},"finish_reason":"stop"}]}"#,
        ];
        assert_eq!(called(&at_once), two);
        let one_by_one = [
            r#"{"choices":[{"delta":{"tool_calls":[{"id":"a","function":{"name":"chart","arguments":"{\"range\":\"7d\"}"}}]}}]}"#,
            r#"{"choices":[{"delta":{"tool_calls":[{"id":"b","function":{"name":"today"}}]}}]}"#,
            "[DONE]",
        ];
        assert_eq!(called(&one_by_one), two);
        let nameless = [
            r#"{"choices":[{"message":{"content":"","tool_calls":[{"function":{"name":"today","arguments":"{}"}}]},"finish_reason":"stop"}]}"#,
        ];
        assert_eq!(called(&nameless), [call("call_0", "today", "{}")]);
    }

    #[test]
    fn text_is_text_and_its_end_is_told() {
        let mut said = Said::default();
        let piece = r#"{"choices":[{"delta":{"content":"Hi"},"finish_reason":null}],"error":null}"#;
        assert_eq!(said.hear(piece).unwrap(), Heard::Text("Hi".to_owned()));
        let numbers = r#"{"choices":[],"usage":{}}"#;
        assert_eq!(said.hear(numbers).unwrap(), Heard::Nothing);
        assert!(said.calls().is_err(), "it is not over");
        said.hear("[DONE]").unwrap();
        assert!(said.is_over() && said.calls().unwrap().is_empty());
        assert_eq!((said.text(), said.warning()), ("Hi", None));
        let cut = heard(&[r#"{"choices":[{"delta":{"content":"Hi"},"finish_reason":"length"}]}"#]);
        assert!(cut.warning().unwrap().contains("too long"));
    }

    #[test]
    fn junk_and_failures_are_told_apart() {
        let failed = Said::default().hear(r#"{"error":{"message":"Out of memory."}}"#);
        assert_eq!(failed.unwrap(), Heard::Failure);
        assert!(Said::default().hear("junk").is_err());
        let flood = |n: usize| {
            format!(
                r#"{{"choices":[{{"delta":{{"tool_calls":[{{"index":{n},"function":{{"name":"x"}}}}]}}}}]}}"#
            )
        };
        let mut said = Said::default();
        let heard: Result<Vec<_>, _> = (0..20).map(|n| said.hear(&flood(n))).collect();
        assert!(heard.is_err());
        let long = format!(
            r#"{{"choices":[{{"delta":{{"tool_calls":[{{"index":0,"function":{{"arguments":"{}"}}}}]}}}}]}}"#,
            "x".repeat(20_000)
        );
        assert!(Said::default().hear(&long).is_err());
    }
}
