//! The door: around everything that wants somebody who is signed in.

use std::future::{Ready, ready};

use actix_web::body::MessageBody;
use actix_web::dev::{Payload, ServiceRequest, ServiceResponse};
use actix_web::http::header::{CACHE_CONTROL, HeaderMap, HeaderValue, VARY};
use actix_web::middleware::Next;
use actix_web::{Error, FromRequest, HttpMessage, HttpRequest, web};

use crate::app::State;
use crate::doors::{Asked, DoorError, Visitor};
use crate::error::ApiError;

/// Lets in whoever may come in, and notes who that is.
pub(super) async fn door(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<impl MessageBody>, Error> {
    let Some(state) = request.app_data::<web::Data<State>>().cloned() else {
        return Err(ApiError::internal("the app has no state").into());
    };
    if state.doors.is_open() {
        return Ok(next.call(request).await?.map_into_left_body());
    }
    match state.doors.admit(&Asked::of(request.request())).await {
        Ok(visitor) => {
            request.extensions_mut().insert(visitor);
            Ok(next.call(request).await?.map_into_left_body())
        }
        Err(error) => {
            let refused = request.error_response(ApiError::from(error));
            Ok(refused.map_into_right_body())
        }
    }
}

/// Whoever was let in. Where the door was forgotten, nobody was.
impl FromRequest for Visitor {
    type Error = ApiError;
    type Future = Ready<Result<Visitor, ApiError>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        if let Some(visitor) = request.extensions().get::<Visitor>() {
            return ready(Ok(visitor.clone()));
        }
        let state = request.app_data::<web::Data<State>>();
        let open = state.is_some_and(|state| state.doors.is_open());
        let anybody = open.then(Visitor::anybody);
        ready(anybody.ok_or_else(|| DoorError::Unauthenticated.into()))
    }
}

/// Says that an answer is for whoever asked only: nothing in between may keep it for others.
pub(crate) fn for_one_only(headers: &mut HeaderMap) {
    headers.append(VARY, HeaderValue::from_static("Cookie, Authorization"));
    if !headers.contains_key(CACHE_CONTROL) {
        let private = HeaderValue::from_static("private, no-cache");
        headers.insert(CACHE_CONTROL, private);
    }
}
