//! Who the hub is told is asking: whom a proxy names that is believed, or who signed in here.

use actix_web::HttpRequest;
use actix_web::http::header::AUTHORIZATION;
use shared_types::SignIn;

use crate::chat::Asker;
use crate::config::{Secret, is_email};
use crate::doors::{Doors, Visitor};
use crate::error::ApiError;

/// The longest `Authorization` that is passed on, in bytes.
const LONGEST_AUTHORIZATION: usize = 8 * 1024;

/// What the proxy says. From anybody else, the same headers mean nothing; nor do they where
/// people sign in here, and what they show us is not for the hub.
pub(super) fn asker(
    request: &HttpRequest,
    doors: &Doors,
    visitor: &Visitor,
) -> Result<Asker, ApiError> {
    if matches!(doors.kind(), SignIn::Basic | SignIn::Token) {
        return Ok(Asker {
            email: visitor.email.clone(),
            ..Asker::default()
        });
    }
    let peer = request.peer_addr();
    if !peer.is_some_and(|peer| doors.proxies().believe(peer.ip())) {
        return Ok(Asker::default());
    }
    let id = read(request, "x-user-id", "must be a whole number", |text| {
        let digits = text.bytes().all(|byte| byte.is_ascii_digit());
        digits.then(|| text.parse().ok()).flatten()
    })?;
    let address = "must be an e-mail address";
    let email = read(request, "x-user-email", address, |text| {
        is_email(text).then(|| text.to_owned())
    })?;
    let allowed = "must be visible ASCII, 8 KiB at most";
    let authorization = read(request, AUTHORIZATION.as_str(), allowed, |text| {
        (text.len() <= LONGEST_AUTHORIZATION).then(|| Secret::from(text))
    })?;
    Ok(Asker {
        id,
        email,
        authorization,
    })
}

/// One header, given once; none when it is absent or empty.
fn read<T>(
    request: &HttpRequest,
    name: &str,
    allowed: &str,
    read: impl Fn(&str) -> Option<T>,
) -> Result<Option<T>, ApiError> {
    let mut values = request.headers().get_all(name);
    let Some(value) = values.next().filter(|value| !value.is_empty()) else {
        return Ok(None);
    };
    // Names of people may be in other letters than ASCII.
    let text = std::str::from_utf8(value.as_bytes()).ok().map(str::trim);
    match text.filter(|_| values.next().is_none()).and_then(read) {
        Some(read) => Ok(Some(read)),
        None => Err(ApiError::parameter(name, allowed)),
    }
}
