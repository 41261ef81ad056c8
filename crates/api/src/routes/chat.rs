use std::convert::Infallible;
use std::time::Duration;

use actix_web::http::header;
use actix_web::{HttpRequest, HttpResponse, web};
use async_stream::stream;
use bytes::Bytes;
use futures_util::{Stream, StreamExt};
use serde::Serialize;
use shared_types::{
    ChatAbout, ChatAnswer, ChatFailure, ChatQuestion, ChatToken, Problem, chat_event,
};
use tokio::time::{Instant, interval_at, timeout};

use super::asked::question;
use super::asker::asker;
use super::described::ChatEvent;
use super::respond;
use super::sent::Sent;
use crate::app::State;
use crate::chat::{Event, Events, whole};
use crate::doors::{Stay, Visitor};
use crate::error::ApiError;

/// A stream that has nothing to say says so this often.
const HEARTBEAT: Duration = Duration::from_secs(15);
const BEAT: Bytes = Bytes::from_static(b": heartbeat\n\n");

/// Who answers in the chat, and what one could ask.
#[utoipa::path(
    get,
    path = "/api/v1/chat",
    tag = "chat",
    responses(
        (status = 200, description = "Who answers", body = ChatAbout),
        (status = 401, description = "Nobody is signed in", body = Problem, content_type = "application/problem+json"),
        (status = 403, description = "The chat needs an admin", body = Problem, content_type = "application/problem+json"),
    )
)]
pub(super) async fn about(
    state: web::Data<State>,
    visitor: Visitor,
) -> Result<HttpResponse, ApiError> {
    may_chat(&visitor)?;
    respond::fresh(HttpResponse::Ok(), &state.chat.about())
}

/// A question, and its answer in one piece.
#[utoipa::path(
    post,
    path = "/api/v1/chat/ask",
    tag = "chat",
    params(("tz" = Option<String>, Query, format = "iana-time-zone", description = "The asker's time zone (IANA): what `today` means; UTC when not given")),
    request_body = ChatQuestion,
    responses(
        (status = 200, description = "The answer", body = ChatAnswer),
        (status = 400, description = "A parameter is wrong, or the hub does not take the question", body = Problem, content_type = "application/problem+json"),
        (status = 401, description = "Nobody is signed in", body = Problem, content_type = "application/problem+json"),
        (status = 403, description = "The chat needs an admin", body = Problem, content_type = "application/problem+json"),
        (status = 408, description = "The body came too slowly", body = Problem, content_type = "application/problem+json"),
        (status = 413, description = "The body is over 64 KiB", body = Problem, content_type = "application/problem+json"),
        (status = 415, description = "The body is not JSON", body = Problem, content_type = "application/problem+json"),
        (status = 429, description = "A limit of whoever answers is reached", body = Problem, content_type = "application/problem+json"),
        (status = 502, description = "Whoever answers cannot be reached, or fails", body = Problem, content_type = "application/problem+json"),
        (status = 503, description = "No figures yet, or too many answers at once", body = Problem, content_type = "application/problem+json"),
        (status = 504, description = "The answer took too long", body = Problem, content_type = "application/problem+json"),
    )
)]
pub(super) async fn ask(
    request: HttpRequest,
    state: web::Data<State>,
    visitor: Visitor,
    body: Sent,
) -> Result<HttpResponse, ApiError> {
    may_chat(&visitor)?;
    let question = question(&request, body, true)?;
    let asker = asker(&request, &state.doors, &visitor)?;
    let answer = whole(state.chat.ask(question, asker)?).await?;
    respond::fresh(HttpResponse::Ok(), &answer)
}

/// A question, and its answer as server-sent events: `token` for each piece, then `done`, or
/// `error` when it breaks off; and a comment every 15 s so that silence is a fault. What goes
/// wrong before the first event is a problem.
#[utoipa::path(
    post,
    path = "/api/v1/chat/ask/stream",
    tag = "chat",
    params(("tz" = Option<String>, Query, format = "iana-time-zone", description = "The asker's time zone (IANA): what `today` means; UTC when not given")),
    request_body = ChatQuestion,
    responses(
        (status = 200, description = "Events `token` (a ChatToken), `done` (a ChatDone) and `error` (a ChatFailure)", body = ChatEvent, content_type = "text/event-stream"),
        (status = 400, description = "A parameter is wrong, or the hub does not take the question", body = Problem, content_type = "application/problem+json"),
        (status = 401, description = "Nobody is signed in", body = Problem, content_type = "application/problem+json"),
        (status = 403, description = "The chat needs an admin", body = Problem, content_type = "application/problem+json"),
        (status = 408, description = "The body came too slowly", body = Problem, content_type = "application/problem+json"),
        (status = 413, description = "The body is over 64 KiB", body = Problem, content_type = "application/problem+json"),
        (status = 415, description = "The body is not JSON", body = Problem, content_type = "application/problem+json"),
        (status = 429, description = "A limit of whoever answers is reached", body = Problem, content_type = "application/problem+json"),
        (status = 502, description = "Whoever answers cannot be reached, or fails", body = Problem, content_type = "application/problem+json"),
        (status = 503, description = "No figures yet, or too many answers at once", body = Problem, content_type = "application/problem+json"),
        (status = 504, description = "The answer took too long to begin", body = Problem, content_type = "application/problem+json"),
    )
)]
pub(super) async fn ask_stream(
    request: HttpRequest,
    state: web::Data<State>,
    visitor: Visitor,
    body: Sent,
) -> Result<HttpResponse, ApiError> {
    may_chat(&visitor)?;
    let question = question(&request, body, false)?;
    let asker = asker(&request, &state.doors, &visitor)?;
    let mut events = state.chat.ask(question, asker)?;
    let stay = state.doors.stay(&visitor);
    // What takes longer to begin than a heartbeat begins with one: something between the asker
    // and us may not wait for ever.
    let first = match timeout(HEARTBEAT, events.next()).await {
        Ok(Some(Event::Failed(error))) => return Err(error.into()),
        Ok(first) => first,
        Err(_) => None,
    };
    Ok(HttpResponse::Ok()
        .content_type("text/event-stream")
        .insert_header((header::CACHE_CONTROL, "no-store"))
        // Compression would hold events back.
        .insert_header((header::CONTENT_ENCODING, "identity"))
        .insert_header(("x-accel-buffering", "no"))
        .streaming(
            frames(first, events)
                .take_until(left(stay))
                .map(Ok::<_, Infallible>),
        ))
}

/// Answers may be of people, and may be given by a hub that takes the asker for one of its own.
fn may_chat(visitor: &Visitor) -> Result<(), ApiError> {
    let may = visitor.is_admin().then_some(());
    may.ok_or_else(|| ApiError::forbidden("The chat"))
}

/// Waits until the asker signed out: an answer takes minutes at most and is not ended by its age.
async fn left(stay: Option<Stay>) {
    match stay {
        Some(stay) => stay.left().await,
        None => std::future::pending().await,
    }
}

/// Events as they go over the wire; the first, where it is there already.
fn frames(first: Option<Event>, mut events: Events) -> impl Stream<Item = Bytes> {
    stream! {
        yield first.map_or(BEAT, |event| frame(&event));
        let mut beats = interval_at(Instant::now() + HEARTBEAT, HEARTBEAT);
        loop {
            let event = tokio::select! {
                event = events.next() => event.map(|event| frame(&event)),
                _ = beats.tick() => Some(BEAT),
            };
            let Some(event) = event else { break };
            beats.reset();
            yield event;
        }
    }
}

fn frame(event: &Event) -> Bytes {
    match event {
        Event::Token(text) => written(chat_event::TOKEN, &ChatToken { text: text.clone() }),
        Event::Done(done) => written(chat_event::DONE, done),
        Event::Failed(error) => {
            let error = error.to_string();
            written(chat_event::ERROR, &ChatFailure { error })
        }
    }
}

/// Text in JSON has no line feed of its own: one line of data always holds it.
fn written(name: &str, data: &impl Serialize) -> Bytes {
    let data = serde_json::to_string(data).unwrap_or_default();
    Bytes::from(format!("event: {name}\ndata: {data}\n\n"))
}

#[cfg(test)]
mod tests {
    use futures_util::stream;

    use super::*;

    #[tokio::test(start_paused = true)]
    async fn an_answer_that_is_thought_about_says_so_every_15_seconds() {
        let began = Instant::now();
        let token = stream::iter([Event::Token("a".to_owned())]);
        let thinking = token.chain(stream::pending()).boxed();
        let mut frames = Box::pin(frames(None, thinking));
        assert_eq!(frames.next().await.unwrap(), BEAT);
        let token = frames.next().await.unwrap();
        assert_eq!(&token[..], b"event: token\ndata: {\"text\":\"a\"}\n\n");
        assert_eq!(began.elapsed(), Duration::ZERO);
        for beat in 1..4 {
            assert_eq!(frames.next().await.unwrap(), BEAT);
            assert_eq!(began.elapsed(), beat * HEARTBEAT);
        }
    }
}
