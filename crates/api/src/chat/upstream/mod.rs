//! Asking another server: bounded in time and in size, and never sent elsewhere.
//!
//! Redirects are not followed and proxies of the environment are not used: questions and
//! credentials go to the address that the settings name, and nowhere else. Answers are not asked
//! for compressed, since that would hold events back.

mod sse;
mod words;

use std::error::Error as _;

use async_stream::stream;
use bytes::Bytes;
use futures_util::Stream;
use reqwest::header::{
    CONTENT_ENCODING, CONTENT_TYPE, HeaderMap, HeaderName, HeaderValue, RETRY_AFTER,
};
use reqwest::redirect::Policy;
use reqwest::{Client, RequestBuilder, Response, StatusCode};
use shared_types::ChatBackend;
use tokio::time::timeout;

use super::{ChatError, Limits, called};
use crate::config::Secret;
use sse::Reader;

pub(super) use sse::Message;
pub(super) use words::people;
use words::words_in;

/// The largest error answer that is read for its words, in bytes.
const LARGEST_ERROR: usize = 64 * 1024;
/// The longest time to come back after that is passed on, seconds.
const LONGEST_PAUSE: u32 = 24 * 60 * 60;

/// A way to another server. Cheap to clone; every clone shares the connections.
#[derive(Clone)]
pub(super) struct Upstream {
    client: Client,
    who: ChatBackend,
    limits: Limits,
    /// What it is shown; its words are not passed on when they repeat this.
    secret: Option<Secret>,
}

impl Upstream {
    /// # Errors
    /// When the system lacks what encrypted connections need.
    pub(super) fn new(
        who: ChatBackend,
        limits: Limits,
        secret: Option<Secret>,
    ) -> Result<Upstream, String> {
        let client = Client::builder()
            .connect_timeout(limits.connect)
            .redirect(Policy::none())
            .no_proxy()
            .no_gzip()
            .no_brotli()
            .user_agent(concat!("omni2-dashboard/", env!("CARGO_PKG_VERSION")))
            .build();
        let client = client.map_err(|error| root_cause(&error))?;
        Ok(Upstream {
            client,
            who,
            limits,
            secret,
        })
    }

    /// A request, not sent yet.
    pub(super) fn post(&self, url: &str) -> RequestBuilder {
        self.client.post(url)
    }

    /// Sends a request and waits for the head of its answer, whatever its status.
    pub(super) async fn send(&self, request: RequestBuilder) -> Result<Response, ChatError> {
        let answer = timeout(self.limits.idle, request.send()).await;
        let answer = answer.map_err(|_| self.silent())?;
        let answer = answer.map_err(|error| ChatError::Unreachable {
            who: self.who,
            cause: root_cause(&error),
        })?;
        match text(answer.headers(), &CONTENT_ENCODING) {
            "" | "identity" => Ok(answer),
            _ => Err(ChatError::junk(self.who, "packed, which was not asked for")),
        }
    }

    /// Server-sent events, as they come.
    pub(super) fn events(
        &self,
        mut answer: Response,
    ) -> impl Stream<Item = Result<Message, ChatError>> + use<> {
        let from = self.clone();
        stream! {
            let mut reader = Reader::new(from.limits.event);
            loop {
                let bytes = match from.chunk(&mut answer).await {
                    Ok(Some(bytes)) => bytes,
                    Ok(None) => break,
                    Err(error) => {
                        yield Err(error);
                        break;
                    }
                };
                let Ok(messages) = reader.read(&bytes) else {
                    let cause = format!("an event of more than {} bytes", from.limits.event);
                    yield Err(ChatError::junk(from.who, cause));
                    break;
                };
                for message in messages {
                    yield Ok(message);
                }
            }
        }
    }

    /// The whole body, when it has at most so many bytes.
    pub(super) async fn body(
        &self,
        mut answer: Response,
        longest: usize,
    ) -> Result<Vec<u8>, ChatError> {
        let mut body = Vec::new();
        while let Some(bytes) = self.chunk(&mut answer).await? {
            if body.len() + bytes.len() > longest {
                let (who, longest) = (self.who, self.limits.answer);
                return Err(ChatError::TooLong { who, longest });
            }
            body.extend_from_slice(&bytes);
        }
        Ok(body)
    }

    /// What an answer that is no success means.
    pub(super) async fn refusal(&self, answer: Response) -> ChatError {
        let status = answer.status();
        let retry_after = text(answer.headers(), &RETRY_AFTER).parse().ok();
        // A body that cannot be read has no words; the status still says what happened.
        let body = self.body(answer, LARGEST_ERROR).await.unwrap_or_default();
        // Who may not come in is told what was wrong with their key, and part of it.
        let about_key = self.who == ChatBackend::Model && matches!(status.as_u16(), 401 | 403);
        let words = self.words(&body).filter(|_| !about_key);
        let who = called(self.who);
        match status {
            StatusCode::TOO_MANY_REQUESTS => ChatError::Limited {
                words: words.unwrap_or_else(|| format!("{who} takes no more questions for now.")),
                retry_after: retry_after.map(|seconds: u32| seconds.min(LONGEST_PAUSE)),
            },
            // To a model it is the dashboard that asks: then the mistake is in its settings.
            StatusCode::BAD_REQUEST if self.who == ChatBackend::Hub => ChatError::Refused {
                words: words.unwrap_or_else(|| format!("{who} does not take this question.")),
            },
            status => ChatError::Failed {
                who: self.who,
                words: words.unwrap_or_else(|| meaning(who, status)),
                cause: format!("HTTP {}", status.as_u16()),
            },
        }
    }

    /// A failure that is told in the middle of an answer, or in its place.
    pub(super) fn failure(&self, told: &[u8]) -> ChatError {
        let words = self.words(told);
        ChatError::Failed {
            who: self.who,
            words: words.unwrap_or_else(|| {
                format!(
                    "{} could not answer. Ask again in a moment.",
                    called(self.who)
                )
            }),
            cause: "said that it failed".to_owned(),
        }
    }

    /// The words for people in what it says, without the secret that it knows.
    fn words(&self, told: &[u8]) -> Option<String> {
        let tells = |words: &String| {
            let secret = self.secret.as_ref();
            secret.is_some_and(|secret| words.contains(secret.expose()))
        };
        words_in(told).filter(|words| !tells(words))
    }

    async fn chunk(&self, answer: &mut Response) -> Result<Option<Bytes>, ChatError> {
        match timeout(self.limits.idle, answer.chunk()).await {
            Ok(Ok(bytes)) => Ok(bytes),
            Ok(Err(error)) => Err(ChatError::broke_off(self.who, root_cause(&error))),
            Err(_) => Err(self.silent()),
        }
    }

    fn silent(&self) -> ChatError {
        ChatError::Timeout {
            who: self.who,
            after: self.limits.idle,
        }
    }
}

/// What a status means for people, when the server has no words for it.
fn meaning(who: &str, status: StatusCode) -> String {
    let code = status.as_u16();
    match code {
        300..=399 => format!(
            "{who} sends questions elsewhere (HTTP {code}), and they are not sent there. Its \
             address in the dashboard's settings needs to be mended."
        ),
        401 | 403 => format!("{who} does not let the dashboard in (HTTP {code})."),
        404 | 405 => format!(
            "{who} has no chat where the dashboard looks for it (HTTP {code}). Its address in the \
             dashboard's settings needs to be mended."
        ),
        _ => format!("{who} could not answer (HTTP {code}). Ask again in a moment."),
    }
}

/// What is shown a server that wants to know who asks; it stays out of every log.
pub(super) fn shown(secret: &Secret) -> Option<HeaderValue> {
    let mut value = HeaderValue::from_str(secret.expose()).ok()?;
    value.set_sensitive(true);
    Some(value)
}

/// The kind of content, in small letters and without parameters.
pub(super) fn kind(answer: &Response) -> String {
    let kind = text(answer.headers(), &CONTENT_TYPE).split(';').next();
    kind.unwrap_or_default().trim().to_ascii_lowercase()
}

fn text<'a>(headers: &'a HeaderMap, name: &HeaderName) -> &'a str {
    let value = headers.get(name).and_then(|value| value.to_str().ok());
    value.unwrap_or_default().trim()
}

/// The innermost message: what the system said, without addresses around it.
fn root_cause(error: &reqwest::Error) -> String {
    let mut cause = error.source();
    let mut told = if error.is_timeout() {
        "no connection in time".to_owned()
    } else {
        "the connection failed".to_owned()
    };
    while let Some(inner) = cause {
        told = inner.to_string();
        cause = inner.source();
    }
    told
}
