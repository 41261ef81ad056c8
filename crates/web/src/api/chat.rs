//! The chat: who answers, and an answer as it is being given.

use futures_util::future::{Either, select};
use gloo_net::http::{Request, Response};
use gloo_timers::future::TimeoutFuture;
use js_sys::{Promise, Reflect, Uint8Array};
use serde::Serialize;
use shared_types::{ChatAbout, ChatDone, ChatFailure, ChatQuestion, ChatToken, chat_event, paths};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{AbortController, ReadableStreamDefaultReader};

use super::client::{get, problem_of, unreachable};
use super::sse::{Event, Reader};
use super::{ApiError, address, read};

/// The most bytes of an answer.
const LONGEST_ANSWER: usize = 4 * 1024 * 1024;
/// How long an answer may be silent, milliseconds: longer than the API waits for a hub.
const SILENCE: u32 = 90_000;

/// Why there is no whole answer, in words for the viewer.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub(crate) enum Unanswered {
    /// The API refused, or was not there.
    #[error(transparent)]
    Refused(#[from] ApiError),
    /// Whoever answers said why not.
    #[error("{0}")]
    Told(String),
    /// It ended in the middle.
    #[error("The connection broke before the answer was whole.")]
    BrokenOff,
    /// Nothing came for [`SILENCE`].
    #[error("Nothing more came: the answer was given up after a minute and a half.")]
    Silent,
    /// There is more than [`LONGEST_ANSWER`] of it.
    #[error("The answer is longer than this page can show.")]
    TooLong,
}

/// Who answers.
///
/// # Errors
/// When the API does not say it.
pub(crate) async fn about(zone: &str) -> Result<ChatAbout, ApiError> {
    get(&address(paths::CHAT, zone, &[])).await
}

/// Asks, and hands each piece of the answer to `heard` as it comes. Dropped, it ends the
/// question: the API is told.
///
/// # Errors
/// When there is no answer, or not all of it: what was heard holds.
pub(crate) async fn ask(
    zone: &str,
    question: &ChatQuestion,
    mut heard: impl FnMut(String),
) -> Result<ChatDone, Unanswered> {
    let asking = Asking::begin();
    let mut body = asking.send(zone, question).await?;
    let (mut events, mut length) = (Reader::default(), 0);
    while let Some(bytes) = body.next().await? {
        let events = events.read(&bytes).map_err(|_| Unanswered::TooLong)?;
        for event in events {
            match Said::of(&event)? {
                Said::Piece(text) => {
                    length += text.len();
                    if length > LONGEST_ANSWER {
                        return Err(Unanswered::TooLong);
                    }
                    heard(text);
                }
                Said::Done(done) => return Ok(done),
                Said::Nothing => {}
            }
        }
    }
    Err(Unanswered::BrokenOff)
}

/// What an event says.
enum Said {
    Piece(String),
    Done(ChatDone),
    /// What a later API may say besides.
    Nothing,
}

impl Said {
    fn of(event: &Event) -> Result<Said, Unanswered> {
        match event.name.as_str() {
            chat_event::TOKEN => Ok(Said::Piece(read::<ChatToken>(&event.data)?.text)),
            chat_event::DONE => Ok(Said::Done(read(&event.data)?)),
            chat_event::ERROR => {
                let failure: ChatFailure = read(&event.data)?;
                Err(Unanswered::Told(failure.error))
            }
            _ => Ok(Said::Nothing),
        }
    }
}

/// A question that is under way, until it is dropped.
struct Asking(Option<AbortController>);

impl Asking {
    fn begin() -> Asking {
        Asking(AbortController::new().ok())
    }

    async fn send(&self, zone: &str, question: &ChatQuestion) -> Result<Body, Unanswered> {
        let signal = self.0.as_ref().map(AbortController::signal);
        let request = Request::post(&address(paths::ASK_STREAM, zone, &[]))
            .header("accept", "text/event-stream")
            .header("content-type", "application/json")
            .abort_signal(signal.as_ref())
            .body(written(question))
            .map_err(|_| ApiError::Unreadable)?;
        let sending = std::pin::pin!(request.send());
        let answer = match select(sending, TimeoutFuture::new(SILENCE)).await {
            Either::Left((answer, _)) => answer.map_err(|_| unreachable())?,
            Either::Right(_) => return Err(Unanswered::Silent),
        };
        if !answer.ok() {
            return Err(problem_of(&answer).await.into());
        }
        Ok(Body::of(&answer)?)
    }
}

impl Drop for Asking {
    fn drop(&mut self) {
        if let Some(controller) = &self.0 {
            controller.abort();
        }
    }
}

/// A question as JSON: the browser writes it.
fn written(question: &ChatQuestion) -> JsValue {
    let value = question.serialize(&serde_wasm_bindgen::Serializer::json_compatible());
    let text = value.ok().map(|value| js_sys::JSON::stringify(&value));
    text.and_then(Result::ok)
        .map_or(JsValue::NULL, JsValue::from)
}

/// The bytes of an answer.
struct Body(ReadableStreamDefaultReader);

impl Body {
    fn of(answer: &Response) -> Result<Body, ApiError> {
        let kind = answer.headers().get("content-type").unwrap_or_default();
        let stream = answer
            .body()
            .filter(|_| kind.starts_with("text/event-stream"));
        let reader = stream.and_then(|stream| stream.get_reader().dyn_into().ok());
        reader.map(Body).ok_or(ApiError::Unreadable)
    }

    /// What comes next; nothing at the end.
    async fn next(&mut self) -> Result<Option<Vec<u8>>, Unanswered> {
        let reading = JsFuture::from(Promise::from(JsValue::from(self.0.read())));
        match select(reading, TimeoutFuture::new(SILENCE)).await {
            Either::Left((Ok(part), _)) => {
                let value = Reflect::get(&part, &"value".into()).ok();
                let bytes = value.and_then(|value| value.dyn_into::<Uint8Array>().ok());
                Ok(bytes.map(|bytes| bytes.to_vec()))
            }
            Either::Left((Err(_), _)) => Err(Unanswered::BrokenOff),
            Either::Right(_) => Err(Unanswered::Silent),
        }
    }
}
