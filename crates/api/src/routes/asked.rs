//! Reading a body, and a question in it: JSON, bounded, with errors that name what is wrong.

use actix_web::HttpRequest;
use actix_web::http::header::CONTENT_TYPE;
use serde_json::Value;
use shared_types::{ChatTurn, LONGEST_HISTORY, LONGEST_MESSAGE};

use super::params::Params;
use super::sent::Sent;
use crate::chat::Question;
use crate::error::ApiError;

/// The question in the body. What nobody knows in it is ignored.
pub(super) fn question(
    request: &HttpRequest,
    body: Sent,
    whole: bool,
) -> Result<Question, ApiError> {
    let zone = Params::of(request)?.zone()?;
    let body = json(request, body, "must be JSON like `{\"message\": \"...\"}`")?;
    Ok(Question {
        message: message(body.get("message"))?,
        history: history(body.get("history"))?,
        zone,
        whole,
    })
}

/// The body, which must be JSON of this form.
pub(super) fn json(request: &HttpRequest, body: Sent, form: &str) -> Result<Value, ApiError> {
    if !is_json(request) {
        return Err(ApiError::not_json());
    }
    // What the parser says is not told: it repeats what it read.
    serde_json::from_slice(&body.0?).map_err(|_| ApiError::parameter("body", form))
}

fn is_json(request: &HttpRequest) -> bool {
    let kind = request.headers().get(CONTENT_TYPE);
    let kind = kind.and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    let kind = kind.split(';').next().unwrap_or_default().trim();
    kind.eq_ignore_ascii_case("application/json")
}

fn message(told: Option<&Value>) -> Result<String, ApiError> {
    let wrong = |allowed| ApiError::parameter("message", allowed);
    let text = told.and_then(Value::as_str);
    let text = text.ok_or_else(|| wrong("must be a text"))?;
    let text = text.trim();
    if text.is_empty() {
        return Err(wrong("must not be empty"));
    }
    if text.len() > LONGEST_MESSAGE {
        return Err(wrong("may have 16 KiB (16384 bytes of UTF-8) at most"));
    }
    if text.contains('\0') {
        return Err(wrong("must not contain NUL"));
    }
    Ok(text.to_owned())
}

/// Bounded in number here, and in length by the body.
fn history(told: Option<&Value>) -> Result<Vec<ChatTurn>, ApiError> {
    let Some(told) = told.filter(|told| !told.is_null()) else {
        return Ok(Vec::new());
    };
    let wrong = |allowed| ApiError::parameter("history", allowed);
    let shape = "must be a list like `[{\"role\": \"user\", \"text\": \"...\"}]`, with the role \
                 `user` or `assistant`";
    let turns = told.as_array().ok_or_else(|| wrong(shape))?;
    if turns.len() > LONGEST_HISTORY {
        return Err(wrong("may have 20 entries at most"));
    }
    // serde would also take a list for a turn, its fields in order.
    if !turns.iter().all(Value::is_object) {
        return Err(wrong(shape));
    }
    let turns = serde_json::from_value::<Vec<ChatTurn>>(told.clone());
    let turns = turns.map_err(|_| wrong(shape))?;
    if turns.iter().any(|turn| turn.text.contains('\0')) {
        return Err(wrong("must not contain NUL"));
    }
    Ok(turns)
}
