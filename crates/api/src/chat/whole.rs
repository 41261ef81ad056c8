//! An answer in one piece.

use futures_util::StreamExt;
use shared_types::{ChatAnswer, ChatDone};

use super::{ChatError, Event, Events};

/// Waits for all of an answer.
///
/// # Errors
/// When it fails, however much of it was there.
pub async fn whole(mut events: Events) -> Result<ChatAnswer, ChatError> {
    let mut answer = String::new();
    let mut end = ChatDone::default();
    while let Some(event) = events.next().await {
        match event {
            Event::Token(text) => answer.push_str(&text),
            Event::Done(done) => {
                end = done;
                break;
            }
            Event::Failed(error) => return Err(error),
        }
    }
    Ok(ChatAnswer {
        success: true,
        answer,
        tool_calls: end.tool_calls,
        tools_used: end.tools_used,
        iterations: end.iterations,
        error: None,
        warning: end.warning,
        suggestions: end.suggestions,
    })
}
