//! The dashboard as a box of tools: what the page shows, in JSON, and what the built-in assistant
//! tells, in Markdown. No figure is made here.

mod asked;
mod page;

use futures_util::future::BoxFuture;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use timeline::{Micros, Zone};

use super::toolbox::{Tool, Toolbox};
use crate::chat::ChatError;
use crate::live::{Live, LiveError};

/// The dashboard's figures.
pub(in crate::chat) struct Figures(Live);

impl Figures {
    /// Those of this.
    pub(in crate::chat) fn new(live: Live) -> Figures {
        Figures(live)
    }

    async fn answer(&self, name: &str, arguments: Value, zone: &Zone) -> Result<String, String> {
        let live = &self.0;
        match name {
            "today" => page::today(live, zone),
            "chart" => page::chart(live, read(arguments)?, zone).await,
            "calls" => page::calls(live, read(arguments)?).await,
            "call" => page::call(live, read(arguments)?).await,
            "figures" => asked::figures(live, read(arguments)?, zone).await,
            "ask" => asked::words(live, read(arguments)?, zone).await,
            _ => Err("There is no such tool.".to_owned()),
        }
    }
}

impl Toolbox for Figures {
    fn tools(&self) -> Vec<Tool> {
        let mut tools = page::tools();
        tools.extend(asked::tools());
        tools
    }

    fn call<'a>(
        &'a self,
        name: &'a str,
        arguments: Value,
        zone: &'a Zone,
    ) -> BoxFuture<'a, String> {
        Box::pin(async move {
            let answer = self.answer(name, arguments, zone).await;
            answer.unwrap_or_else(|why| why)
        })
    }
}

/// The schema of an object with these properties.
fn object(properties: &Value, required: &[&str]) -> Value {
    json!({ "type": "object", "properties": properties, "required": required })
}

/// A moment, in a schema.
fn moment_schema(what: &str) -> Value {
    json!({ "type": "string", "description": format!("RFC 3339: {what}") })
}

fn read<T: DeserializeOwned>(arguments: Value) -> Result<T, String> {
    serde_json::from_value(arguments).map_err(|error| format!("Wrong arguments: {error}"))
}

fn moment(text: Option<&str>) -> Result<Option<Micros>, String> {
    let Some(text) = text else { return Ok(None) };
    let moment = text.parse::<jiff::Timestamp>();
    let moment = moment
        .map_err(|_| "Wrong arguments: times are written like 2026-01-26T10:30:00Z".to_owned())?;
    Ok(Some(moment.as_microsecond()))
}

/// Why there is no answer. A mistake of ours is in the log, and nowhere else.
fn told(error: LiveError) -> String {
    match error {
        LiveError::Internal(cause) => broken(&cause),
        error => format!("No answer: {error}."),
    }
}

/// As [`told`], of the assistant.
fn excused(error: ChatError) -> String {
    match error {
        ChatError::Figures(error) => told(error),
        error => broken(&error.cause()),
    }
}

fn broken(cause: &str) -> String {
    tracing::error!(cause, "a model's question for figures failed");
    "No answer: something went wrong in the dashboard.".to_owned()
}
