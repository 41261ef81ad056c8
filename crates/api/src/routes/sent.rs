//! A body, read whole and in time.

use std::pin::Pin;

use actix_web::dev::Payload;
use actix_web::http::StatusCode;
use actix_web::{Error, FromRequest, HttpRequest, web};
use tokio::time::{sleep, timeout};

use crate::app::State;
use crate::error::ApiError;

/// What came in the body, or why it cannot be read: handlers have other things to refuse first.
pub(super) struct Sent(pub(super) Result<web::Bytes, ApiError>);

impl FromRequest for Sent {
    type Error = ApiError;
    type Future = Pin<Box<dyn Future<Output = Result<Sent, ApiError>>>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let state = request.app_data::<web::Data<State>>();
        let patience = state.map(|state| state.patience).unwrap_or_default();
        let mut reading = Box::pin(web::Bytes::from_request(request, payload));
        Box::pin(async move {
            let read = timeout(patience.body, &mut reading).await;
            Ok(Sent(read.map_or_else(
                |_| {
                    // The server closes on a body that somebody still holds, and waits without end
                    // for one in chunks that nobody does.
                    actix_web::rt::spawn(async move {
                        sleep(patience.leaving).await;
                        drop(reading);
                    });
                    Err(ApiError::too_slow())
                },
                |read| read.map_err(|error| unreadable(&error)),
            )))
        })
    }
}

fn unreadable(error: &Error) -> ApiError {
    match error.as_response_error().status_code() {
        StatusCode::PAYLOAD_TOO_LARGE => ApiError::too_large(),
        _ => ApiError::parameter("body", "cannot be read"),
    }
}
