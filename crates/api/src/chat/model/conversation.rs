//! All that was said between the asker, the model and the tools, in the protocol's own form.

use serde_json::{Value, json};
use shared_types::ChatRole;

use super::MODEL;
use super::said::{Call, Said};
use super::toolbox::Tool;
use crate::chat::{ChatError, Question};

/// The largest conversation that is sent, in bytes of what was said.
const LARGEST: usize = 256 * 1024;

/// A conversation so far.
pub(super) struct Conversation {
    messages: Vec<Value>,
    size: usize,
}

impl Conversation {
    /// It begins with the rules, what was said before, and the question.
    pub(super) fn begin(prompt: &str, question: &Question) -> Conversation {
        let mut talk = Conversation {
            messages: Vec::new(),
            size: 0,
        };
        talk.add(prompt.len(), json!({ "role": "system", "content": prompt }));
        for turn in &question.history {
            let role = match turn.role {
                ChatRole::User => "user",
                ChatRole::Assistant => "assistant",
            };
            talk.add(
                turn.text.len(),
                json!({ "role": role, "content": turn.text }),
            );
        }
        let asked = &question.message;
        talk.add(asked.len(), json!({ "role": "user", "content": asked }));
        talk
    }

    /// The model called these.
    pub(super) fn called(&mut self, said: &Said, calls: &[Call]) {
        let written = |call: &Call| {
            json!({
                "id": call.id,
                "type": "function",
                "function": { "name": call.name, "arguments": call.arguments() },
            })
        };
        let size = said.text().len() + calls.iter().map(Call::size).sum::<usize>();
        let calls: Vec<Value> = calls.iter().map(written).collect();
        // Some servers want a text even where there is none.
        let message = json!({ "role": "assistant", "content": said.text(), "tool_calls": calls });
        self.add(size, message);
    }

    /// What came of one of them.
    ///
    /// # Errors
    /// When the conversation becomes larger than it may.
    pub(super) fn resulted(&mut self, call: &Call, result: &str) -> Result<(), ChatError> {
        let size = result.len();
        let message = json!({ "role": "tool", "tool_call_id": call.id, "content": result });
        self.add(size, message);
        if self.size > LARGEST {
            return Err(ChatError::junk(
                MODEL,
                "a conversation that grows too large",
            ));
        }
        Ok(())
    }

    /// The body of the next request. In the last round no tool may be called any more.
    pub(super) fn request(&self, model: &str, tools: &[Tool], last: bool) -> Value {
        let written = |tool: &Tool| {
            json!({
                "type": "function",
                "function": {
                    "name": tool.name,
                    "description": tool.description,
                    "parameters": tool.parameters,
                },
            })
        };
        let tools: Vec<Value> = tools.iter().map(written).collect();
        let mut body = json!({
            "model": model,
            "stream": true,
            "messages": self.messages,
            "tools": tools,
        });
        if last && let Some(body) = body.as_object_mut() {
            body.insert("tool_choice".to_owned(), "none".into());
        }
        body
    }

    fn add(&mut self, size: usize, message: Value) {
        self.size = self.size.saturating_add(size);
        self.messages.push(message);
    }
}
