//! Answers over HTTP: validators, and what may be kept.

use actix_web::http::header::{self, HeaderValue};
use actix_web::{HttpRequest, HttpResponse};
use serde::Serialize;

use super::params::Params;
use crate::app::State;
use crate::error::ApiError;
use crate::live::{Audience, Body};

/// The header of answers that nobody keeps.
pub(super) const NOT_KEPT: (header::HeaderName, &str) = (header::CACHE_CONTROL, "no-store");

/// The figures that are asked for: what was answered to the same words before, as long as it
/// holds, else what `ask` finds.
pub(super) async fn asked(
    request: &HttpRequest,
    state: &State,
    audience: Audience,
    ask: impl AsyncFnOnce(Params) -> Result<Body, ApiError>,
) -> Result<HttpResponse, ApiError> {
    let words = request
        .uri()
        .path_and_query()
        .map_or("", |words| words.as_str());
    if let Some(body) = state.live.recall(audience, words) {
        return Ok(figures(request, body));
    }
    // Apart, since it is large, and most requests need not carry it along.
    let body = Box::pin(ask(Params::of(request)?)).await?;
    state.live.remember(audience, words, &body);
    Ok(figures(request, body))
}

/// The figures as JSON, or 304 when the client holds them already.
pub(super) fn figures(request: &HttpRequest, body: Body) -> HttpResponse {
    let held = holds(request, &body.etag);
    let mut response = if held {
        HttpResponse::NotModified()
    } else {
        HttpResponse::Ok()
    };
    response
        .insert_header((header::ETAG, body.etag))
        .insert_header((header::CACHE_CONTROL, "private, no-cache"));
    if held {
        return response.finish();
    }
    response.content_type("application/json").body(body.bytes)
}

/// A small answer that nobody keeps.
pub(super) fn fresh(
    mut response: actix_web::HttpResponseBuilder,
    answer: &impl Serialize,
) -> Result<HttpResponse, ApiError> {
    let text = serde_json::to_vec(answer).map_err(ApiError::internal)?;
    response.insert_header(NOT_KEPT);
    Ok(response.content_type("application/json").body(text))
}

/// Whether `If-None-Match` names this validator; weak ones compare by their text.
fn holds(request: &HttpRequest, etag: &str) -> bool {
    let opaque = |tag: &str| tag.trim().trim_start_matches("W/").to_owned();
    let ours = opaque(etag);
    let named = |value: &HeaderValue| {
        let value = value.to_str().unwrap_or_default();
        value
            .split(',')
            .any(|tag| tag.trim() == "*" || opaque(tag) == ours)
    };
    request.headers().get_all(header::IF_NONE_MATCH).any(named)
}
