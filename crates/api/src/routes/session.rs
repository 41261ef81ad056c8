use actix_web::http::header::SET_COOKIE;
use actix_web::{HttpRequest, HttpResponse, web};
use serde_json::Value;
use shared_types::{Credentials, Me, Problem, Session, SignIn};

use super::asked::json;
use super::respond;
use super::sent::Sent;
use crate::app::State;
use crate::doors::{Asked, cleared, cookie};
use crate::error::ApiError;

/// How to sign in, and whether whoever asks has: for pages, before anybody is signed in.
#[utoipa::path(
    get,
    path = "/api/v1/session",
    tag = "doors",
    security(()),
    responses((status = 200, description = "How to sign in", body = Session))
)]
pub(super) async fn about(
    request: HttpRequest,
    state: web::Data<State>,
) -> Result<HttpResponse, ApiError> {
    let session = state.doors.about(&Asked::of(&request));
    respond::fresh(HttpResponse::Ok(), &session)
}

/// Signs in, with a name and a password or with a token: a cookie lets in from now on.
#[utoipa::path(
    post,
    path = "/api/v1/session",
    tag = "doors",
    security(()),
    request_body = Credentials,
    responses(
        (status = 200, description = "Whoever signed in", body = Me, headers(("Set-Cookie" = String, description = "`omni2_session`, for this host and its own pages only"))),
        (status = 400, description = "What one signs in with is missing or too long", body = Problem, content_type = "application/problem+json"),
        (status = 401, description = "The name, the password or the token is wrong", body = Problem, content_type = "application/problem+json"),
        (status = 403, description = "A page of somebody else's asked", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "One does not sign in here", body = Problem, content_type = "application/problem+json"),
        (status = 408, description = "The body came too slowly", body = Problem, content_type = "application/problem+json"),
        (status = 413, description = "The body is over 64 KiB", body = Problem, content_type = "application/problem+json"),
        (status = 415, description = "The body is not JSON", body = Problem, content_type = "application/problem+json"),
        (status = 429, description = "Too many wrong ones, or too many at once", body = Problem, content_type = "application/problem+json"),
    )
)]
pub(super) async fn sign_in(
    request: HttpRequest,
    state: web::Data<State>,
    body: Sent,
) -> Result<HttpResponse, ApiError> {
    let doors = &state.doors;
    if !matches!(doors.kind(), SignIn::Basic | SignIn::Token) {
        return Err(ApiError::not_found());
    }
    from_our_own_page(&request)?;
    let form =
        "must be JSON like `{\"name\": \"...\", \"password\": \"...\"}` or `{\"token\": \"...\"}`";
    let sent = Some(json(&request, body, form)?).filter(Value::is_object);
    let sent = sent.and_then(|sent| serde_json::from_value::<Credentials>(sent).ok());
    let sent = sent.ok_or_else(|| ApiError::parameter("body", form))?;
    let shown = doors.shown(sent);
    let shown = shown.map_err(|(name, allowed)| ApiError::parameter(name, allowed))?;
    let asked = Asked::of(&request);
    let signed_in = doors.sign_in(&asked, shown).await?;
    let secure = asked.is_https(doors.proxies());
    let cookie = cookie(&signed_in.sealed, signed_in.lasts, secure);
    let mut response = HttpResponse::Ok();
    response.insert_header((SET_COOKIE, cookie));
    respond::fresh(response, &signed_in.visitor.me(doors.kind()))
}

/// Signs out: the cookie is taken away, and streams that the session has open here end.
#[utoipa::path(
    delete,
    path = "/api/v1/session",
    tag = "doors",
    security(()),
    responses(
        (status = 204, description = "Nobody is signed in any more"),
        (status = 403, description = "A page of somebody else's asked", body = Problem, content_type = "application/problem+json"),
    )
)]
pub(super) async fn sign_out(
    request: HttpRequest,
    state: web::Data<State>,
) -> Result<HttpResponse, ApiError> {
    from_our_own_page(&request)?;
    let asked = Asked::of(&request);
    state.doors.sign_out(&asked);
    let secure = asked.is_https(state.doors.proxies());
    Ok(HttpResponse::NoContent()
        .insert_header((SET_COOKIE, cleared(secure)))
        .insert_header(respond::NOT_KEPT)
        .finish())
}

/// Browsers say whose page asks; programs say nothing.
fn from_our_own_page(request: &HttpRequest) -> Result<(), ApiError> {
    let mut told = request.headers().get_all("sec-fetch-site");
    let ours = told.all(|site| matches!(site.as_bytes(), b"same-origin" | b"none"));
    ours.then_some(()).ok_or_else(ApiError::from_elsewhere)
}
