//! The hub's own chat.

mod caller;
mod said;

use async_stream::stream;
use futures_util::StreamExt;
use reqwest::header::{ACCEPT, AUTHORIZATION};
use reqwest::{RequestBuilder, Response, StatusCode};
use serde::Serialize;
use shared_types::{ChatAbout, ChatBackend, chat_event, paths};

use super::upstream::{Message, Upstream, kind, shown};
use super::{Asker, Backend, ChatError, Event, Events, Limits, Question};
use crate::config::{HubConfig, Secret};
use crate::live::Live;
use caller::Caller;

/// Where questions say that they come from.
const SOURCE: &str = "omni2-dashboard";
const HUB: ChatBackend = ChatBackend::Hub;

/// The hub.
#[derive(Clone)]
pub(super) struct Hub {
    upstream: Upstream,
    /// Its address, without a slash at its end.
    url: String,
    token: Option<Secret>,
    /// Whose e-mail address it is given when nobody says who asks.
    user: String,
    live: Live,
    limits: Limits,
}

/// A question in the hub's form.
#[derive(Serialize)]
struct Asked<'a> {
    user_id: &'a str,
    message: &'a str,
}

impl Hub {
    pub(super) fn new(config: &HubConfig, limits: Limits, live: Live) -> Result<Hub, String> {
        Ok(Hub {
            upstream: Upstream::new(HUB, limits, config.token.clone())?,
            url: config.url.clone(),
            token: config.token.clone(),
            user: config.user.clone(),
            live,
            limits,
        })
    }

    /// A question to one of the hub's two paths.
    fn request(&self, path: &str, message: &str, caller: &Caller) -> RequestBuilder {
        let asked = Asked {
            user_id: &caller.email,
            message,
        };
        let request = self.upstream.post(&format!("{}{path}", self.url));
        let request = request.header("x-source", SOURCE).json(&asked);
        match caller.authorization.as_ref().and_then(shown) {
            Some(shown) => request.header(AUTHORIZATION, shown),
            None => request,
        }
    }

    /// Asks for the answer as events. None: this hub has no such path.
    async fn ask_streaming(
        &self,
        message: &str,
        caller: &Caller,
    ) -> Result<Option<Response>, ChatError> {
        let mut request = self.request(paths::ASK_STREAM, message, caller);
        request = request.header(ACCEPT, "text/event-stream, application/json");
        if let Some(id) = caller.id {
            request = request.header("x-user-id", id);
        }
        let answer = self.upstream.send(request).await?;
        let unknown = [StatusCode::NOT_FOUND, StatusCode::METHOD_NOT_ALLOWED];
        if unknown.contains(&answer.status()) {
            return Ok(None);
        }
        Ok(Some(answer))
    }

    /// The head of an answer, asked for at the path that fits: a hub that does not stream is
    /// asked for the answer in one piece.
    async fn head(&self, question: &Question, asker: Asker) -> Result<Response, ChatError> {
        let caller = Caller::of(self, asker, !question.whole).await?;
        let message = &question.message;
        let streaming = if question.whole {
            None
        } else {
            self.ask_streaming(message, &caller).await?
        };
        let answer = if let Some(answer) = streaming {
            answer
        } else {
            let request = self.request(paths::ASK, message, &caller);
            self.upstream.send(request).await?
        };
        if answer.status() != StatusCode::OK {
            return Err(self.upstream.refusal(answer).await);
        }
        Ok(answer)
    }

    /// What an event says; none when it is one that nobody knows.
    fn event(&self, message: &Message) -> Result<Option<Event>, ChatError> {
        let data = &message.data;
        match message.name.as_str() {
            chat_event::TOKEN => said::token(data).map(Some),
            chat_event::DONE => said::done(data, &self.upstream).map(Some),
            chat_event::ERROR => Err(self.upstream.failure(data.as_bytes())),
            _ => Ok(None),
        }
    }

    /// An answer in one piece, as events.
    async fn in_one_piece(&self, answer: Response) -> Result<[Event; 2], ChatError> {
        // JSON writes some letters with up to six bytes, most with as many as they have.
        let body = self.upstream.body(answer, 2 * self.limits.answer).await?;
        said::whole(&body, &self.upstream)
    }
}

impl Backend for Hub {
    fn about(&self) -> ChatAbout {
        ChatAbout {
            backend: HUB,
            name: "Omni2 hub".to_owned(),
            about: "Answers with the MCP servers that the hub gives you.".to_owned(),
            suggestions: [
                "What can you help me with?",
                "Which MCP servers can I use?",
                "Which tools are there?",
            ]
            .map(str::to_owned)
            .to_vec(),
        }
    }

    fn ask(&self, question: Question, asker: Asker) -> Events {
        let hub = self.clone();
        Box::pin(stream! {
            let answer = match hub.head(&question, asker).await {
                Ok(answer) => answer,
                Err(error) => {
                    yield Event::Failed(error);
                    return;
                }
            };
            match kind(&answer).as_str() {
                "text/event-stream" => {
                    let mut messages = Box::pin(hub.upstream.events(answer));
                    while let Some(message) = messages.next().await {
                        let event = message.and_then(|message| hub.event(&message));
                        if let Some(event) = event.unwrap_or_else(|error| Some(Event::Failed(error))) {
                            yield event;
                        }
                    }
                }
                "application/json" => match hub.in_one_piece(answer).await {
                    Ok(events) => for event in events {
                        yield event;
                    },
                    Err(error) => yield Event::Failed(error),
                },
                _ => yield Event::Failed(ChatError::junk(HUB, "neither events nor JSON")),
            }
        })
    }
}
