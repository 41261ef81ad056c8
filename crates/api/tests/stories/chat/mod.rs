//! The built-in assistant: what it says is what the API tells and what SQL yields.

mod agree;
mod expected;
mod lists;
mod printed;
mod questions;
mod trouble;

use api::config::ChatConfig;
use serde_json::json;
use shared_types::{ChatAnswer, paths};

use crate::world::{Api, Hub, Moment, Talk};

/// The API with nobody but the assistant to answer, live.
async fn assisted(hub: &Hub, moment: &Moment) -> Api {
    Api::chatting(hub, moment, alone()).await
}

/// No hub to chat with.
pub(crate) fn alone() -> Talk {
    Talk {
        config: ChatConfig::default(),
        ..Talk::default()
    }
}

/// Asks in a time zone; the answer must be one.
async fn ask(api: &Api, zone: &str, message: &str) -> ChatAnswer {
    let url = format!("{}{}?tz={zone}", api.url, paths::ASK);
    let request = api.client.post(url).json(&json!({ "message": message }));
    let response = request.send().await.unwrap();
    let (status, text) = (response.status(), response.text().await.unwrap());
    assert_eq!(status, 200, "{message}: {text}");
    serde_json::from_str(&text).unwrap_or_else(|error| panic!("{message}: {error}: {text}"))
}

/// Whether a question was understood as one about figures.
fn is_understood(answer: &ChatAnswer) -> bool {
    answer.tool_calls > 0
}
