//! Who looks at the page, and how one signs in and out.

use gloo_net::http::{Request, Response};
use shared_types::{Credentials, Me, Session, paths};

use super::ApiError;
use super::client::{get, problem_of, text, unreachable};
use crate::browser::json;

/// What the page has to know of the viewer from the beginning.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Caller {
    /// The name, where one has to sign in.
    pub(crate) name: Option<String>,
    /// It may be shown who asked for what.
    pub(crate) sees_people: bool,
    /// The viewer may ask in the chat.
    pub(crate) may_chat: bool,
}

/// Who the viewer is, as far as the page has to know. Nothing else of [`Me`] is looked at.
///
/// # Errors
/// When nobody is signed in, or the API does not answer.
pub(crate) async fn caller() -> Result<Caller, ApiError> {
    let text = text(&place(paths::ME)).await?;
    let me = js_sys::JSON::parse(&text).map_err(|_| ApiError::Unreadable)?;
    let field = |name: &str| js_sys::Reflect::get(&me, &name.into()).unwrap_or_default();
    let signs_in = field("sign_in")
        .as_string()
        .is_some_and(|way| way != "none");
    Ok(Caller {
        name: field("name").as_string().filter(|_| signs_in),
        sees_people: field("may_see_people").is_truthy(),
        may_chat: field("may_chat").is_truthy(),
    })
}

/// All that the API says of the viewer.
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
pub(crate) async fn sign_in(typed: &Credentials) -> Result<(), ApiError> {
    let body = json::text(typed).unwrap_or_default();
    let request = Request::post(&place(paths::SESSION))
        .header("content-type", "application/json")
        .body(body)
        .map_err(|_| ApiError::Unreadable)?;
    good(request.send().await).await.map(|_| ())
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
