//! A language model behind any server that speaks OpenAI's protocol, which asks the dashboard for
//! figures before it answers.
//!
//! A question takes rounds: the model either answers or calls tools, whose results go into the
//! next round. Rounds, calls, results and the conversation are bounded.

mod conversation;
mod prompt;
mod said;
mod toolbox;
mod tools;

use std::sync::Arc;

use async_stream::try_stream;
use futures_util::stream::BoxStream;
use futures_util::{StreamExt, stream};
use reqwest::header::AUTHORIZATION;
use reqwest::{Response, StatusCode};
use shared_types::{ChatAbout, ChatBackend, ChatDone};
use timeline::Zone;

use super::upstream::{Message, Upstream, kind, shown};
use super::{Asker, Backend, ChatError, Event, Events, Limits, Question};
use crate::clock::Clock;
use crate::config::ModelConfig;
use conversation::Conversation;
use said::{Call, Heard, Said};
use toolbox::Toolbox;

pub(super) use tools::Figures;

/// Requests to the model for one question.
const MOST_ROUNDS: u32 = 8;
/// The longest result of a tool that is told the model, in bytes.
const LONGEST_RESULT: usize = 16 * 1024;
const MODEL: ChatBackend = ChatBackend::Model;

/// A language model with tools.
#[derive(Clone)]
pub(super) struct Model {
    upstream: Upstream,
    config: Arc<ModelConfig>,
    limits: Limits,
    clock: Clock,
    toolbox: Arc<dyn Toolbox>,
}

impl Model {
    pub(super) fn new(
        config: &ModelConfig,
        limits: Limits,
        clock: Clock,
        toolbox: Arc<dyn Toolbox>,
    ) -> Result<Model, String> {
        Ok(Model {
            upstream: Upstream::new(MODEL, limits, config.key.clone())?,
            config: Arc::new(config.clone()),
            limits,
            clock,
            toolbox,
        })
    }

    /// One round: what the model says to all that was said so far.
    async fn round(
        &self,
        talk: &Conversation,
        last: bool,
    ) -> Result<BoxStream<'static, Result<Message, ChatError>>, ChatError> {
        let body = talk.request(&self.config.model, &self.toolbox.tools(), last);
        let url = format!("{}/chat/completions", self.config.url);
        let mut request = self.upstream.post(&url).json(&body);
        if let Some(shown) = self
            .config
            .key
            .as_ref()
            .and_then(|key| shown(&key.bearer()))
        {
            request = request.header(AUTHORIZATION, shown);
        }
        let answer = self.upstream.send(request).await?;
        if answer.status() != StatusCode::OK {
            return Err(self.upstream.refusal(answer).await);
        }
        self.messages(answer).await
    }

    /// What a server says, whether it streams or not.
    async fn messages(
        &self,
        answer: Response,
    ) -> Result<BoxStream<'static, Result<Message, ChatError>>, ChatError> {
        match kind(&answer).as_str() {
            "text/event-stream" => Ok(self.upstream.events(answer).boxed()),
            "application/json" => {
                let body = self.upstream.body(answer, 2 * self.limits.answer).await?;
                let message = Message {
                    data: String::from_utf8_lossy(&body).into_owned(),
                    ..Message::default()
                };
                let end = Message {
                    data: said::END.to_owned(),
                    ..Message::default()
                };
                Ok(stream::iter([Ok(message), Ok(end)]).boxed())
            }
            _ => Err(ChatError::junk(MODEL, "neither events nor JSON")),
        }
    }

    /// The result of a call, for the model.
    async fn result(&self, call: &Call, zone: &Zone) -> String {
        let Ok(arguments) = serde_json::from_str(call.arguments()) else {
            return "The arguments are no JSON object.".to_owned();
        };
        let known = self.toolbox.tools();
        if !known.iter().any(|tool| tool.name == call.name) {
            let names: Vec<&str> = known.iter().map(|tool| tool.name).collect();
            return format!("There is no such tool. There are: {}.", names.join(", "));
        }
        let mut result = self.toolbox.call(&call.name, arguments, zone).await;
        if result.len() > LONGEST_RESULT {
            result.truncate(result.floor_char_boundary(LONGEST_RESULT));
            result.push_str("… (cut: ask for less)");
        }
        result
    }
}

impl Backend for Model {
    fn about(&self) -> ChatAbout {
        ChatAbout {
            backend: MODEL,
            name: self.config.model.clone(),
            about: "A language model that asks this dashboard for its figures. It can be wrong: \
                    the figures are on the page."
                .to_owned(),
            suggestions: [
                "How is today going?",
                "What costs the most this week?",
                "Which MCP server fails most often?",
                "What went wrong last?",
            ]
            .map(str::to_owned)
            .to_vec(),
        }
    }

    fn ask(&self, question: Question, _asker: Asker) -> Events {
        let model = self.clone();
        let events = try_stream! {
            let prompt = prompt::prompt((model.clock)(), &question.zone);
            let mut talk = Conversation::begin(&prompt, &question);
            let mut done = ChatDone::default();
            loop {
                done.iterations += 1;
                let last = done.iterations == MOST_ROUNDS;
                let mut messages = model.round(&talk, last).await?;
                let mut said = Said::default();
                while let Some(message) = messages.next().await {
                    let data = message?.data;
                    match said.hear(&data)? {
                        Heard::Text(text) => yield Event::Token(text),
                        Heard::Nothing => {}
                        Heard::Failure => Err(model.upstream.failure(data.as_bytes()))?,
                    }
                    if said.is_over() {
                        break;
                    }
                }
                drop(messages);
                let calls = said.calls()?;
                if calls.is_empty() {
                    done.warning = said.warning();
                    yield Event::Done(done);
                    return;
                }
                if last {
                    Err(ChatError::junk(MODEL, "calls of tools without end"))?;
                }
                if !said.text().is_empty() {
                    // What it says in this round is one paragraph, and in the next another.
                    yield Event::Token("\n\n".to_owned());
                }
                talk.called(&said, &calls);
                for call in &calls {
                    let result = model.result(call, &question.zone).await;
                    talk.resulted(call, &result)?;
                    done.tool_calls += 1;
                    if !done.tools_used.contains(&call.name) {
                        done.tools_used.push(call.name.clone());
                    }
                }
            }
        };
        events
            .map(|event| event.unwrap_or_else(Event::Failed))
            .boxed()
    }
}
