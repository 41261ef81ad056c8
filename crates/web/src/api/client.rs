//! One question, one answer.

use gloo_net::http::{Request, Response};
use serde::de::DeserializeOwned;
use shared_types::{Problem, Snapshot, Status, paths};

use super::{ApiError, address, read};

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
    let answer = Request::get(address)
        .header("accept", "application/json")
        .send()
        .await;
    let answer = answer.map_err(|_| ApiError::Unreachable)?;
    if !answer.ok() {
        return Err(problem_of(&answer).await);
    }
    read(&text_of(&answer).await)
}

async fn problem_of(answer: &Response) -> ApiError {
    match read::<Problem>(&text_of(answer).await) {
        Ok(problem) => ApiError::Problem(Box::new(problem)),
        // A gateway that finds nobody behind it.
        Err(_) if matches!(answer.status(), 502..=504) => ApiError::Unreachable,
        Err(_) => ApiError::Status(answer.status()),
    }
}

async fn text_of(answer: &Response) -> String {
    answer.text().await.unwrap_or_default()
}
