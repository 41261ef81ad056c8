//! Who looks at the page, and how one signs in and out.

use gloo_net::http::{Request, Response};
use shared_types::{Credentials, Me, Session, paths};

use super::client::{get, problem_of, unreachable};
use super::{ApiError, read};
use crate::browser::json;

/// Who the viewer is.
///
/// # Errors
/// When nobody is signed in, or the API does not answer.
pub(crate) async fn me() -> Result<Me, ApiError> {
    get(&place(paths::ME)).await
}

/// How one signs in here.
///
/// # Errors
/// When the API does not say it.
pub(crate) async fn session() -> Result<Session, ApiError> {
    get(&place(paths::SESSION)).await
}

/// Signs in with what was typed.
///
/// # Errors
/// When that is wrong, or was tried too often, or the API does not answer.
pub(crate) async fn sign_in(typed: &Credentials) -> Result<Me, ApiError> {
    let body = json::text(typed).unwrap_or_default();
    let request = Request::post(&place(paths::SESSION))
        .header("content-type", "application/json")
        .body(body)
        .map_err(|_| ApiError::Unreadable)?;
    let answer = good(request.send().await).await?;
    read(&answer.text().await.unwrap_or_default())
}

/// Signs out.
///
/// # Errors
/// When the API does not answer: the viewer is still signed in.
pub(crate) async fn sign_out() -> Result<(), ApiError> {
    let answer = Request::delete(&place(paths::SESSION)).send().await;
    good(answer).await.map(|_| ())
}

async fn good(answer: Result<Response, gloo_net::Error>) -> Result<Response, ApiError> {
    let answer = answer.map_err(|_| unreachable())?;
    if answer.ok() {
        Ok(answer)
    } else {
        Err(problem_of(&answer).await)
    }
}

fn place(path: &str) -> String {
    format!("{}{path}", paths::PREFIX)
}
