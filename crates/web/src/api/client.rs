//! One question, one answer.

use gloo_net::http::{Request, Response};
use serde::de::DeserializeOwned;
use shared_types::{Snapshot, Status, paths};

use super::{ApiError, address, read};
use crate::browser::visibility::is_offline;

/// Whether there are figures, and what they are worth.
///
/// # Errors
/// When the API does not answer, or not as expected.
pub(crate) async fn status(zone: &str) -> Result<Status, ApiError> {
    get(&address(paths::STATUS, zone, &[])).await
}

/// Everything that the page shows, with charts of this span.
///
/// # Errors
/// When the API does not answer, has no figures, or answers with what cannot be read.
pub(crate) async fn snapshot(zone: &str, span: &[(&str, String)]) -> Result<Snapshot, ApiError> {
    get(&address(paths::SNAPSHOT, zone, span)).await
}

/// One answer of the API at this address (see [`super::address`]).
///
/// # Errors
/// When the API does not answer, refuses, or answers with what cannot be read.
pub(crate) async fn get<T: DeserializeOwned>(address: &str) -> Result<T, ApiError> {
    read(&text(address).await?)
}

/// One answer of the API at this address, as it came.
pub(super) async fn text(address: &str) -> Result<String, ApiError> {
    let answer = Request::get(address)
        .header("accept", "application/json")
        .send()
        .await;
    let answer = answer.map_err(|_| unreachable())?;
    if !answer.ok() {
        return Err(problem_of(&answer).await);
    }
    Ok(text_of(&answer).await)
}

/// Nothing came back.
pub(super) fn unreachable() -> ApiError {
    if is_offline() {
        ApiError::Offline
    } else {
        ApiError::Unreachable
    }
}

/// What an answer that is none says.
pub(super) async fn problem_of(answer: &Response) -> ApiError {
    match problem(&text_of(answer).await) {
        Some(problem) => problem,
        // A gateway that finds nobody behind it.
        None if matches!(answer.status(), 502..=504) => ApiError::Unreachable,
        None => ApiError::Status(answer.status()),
    }
}

/// What is told of a [`shared_types::Problem`]: nothing else of it is looked at.
fn problem(text: &str) -> Option<ApiError> {
    let problem = js_sys::JSON::parse(text).ok()?;
    let field = |name: &str| {
        let value = js_sys::Reflect::get(&problem, &name.into());
        value.ok()?.as_string()
    };
    Some(ApiError::Problem {
        code: field("code")?,
        detail: field("detail")?,
    })
}

async fn text_of(answer: &Response) -> String {
    answer.text().await.unwrap_or_default()
}
