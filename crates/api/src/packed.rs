//! Compressed answers, each sent in one piece.

use actix_web::body::{self, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::header::{self, ContentEncoding};
use actix_web::middleware::Next;
use actix_web::{Error, HttpResponse};

use crate::error::ApiError;

/// Packs an answer before any of it is sent. Sent while it is packed, as actix does, an answer's head is out
/// long before its end: whoever reads it has to wait or, when this process is killed in between, has half an
/// answer, which a gateway cannot ask another API for any more.
pub(crate) async fn in_one_piece(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<impl MessageBody>, Error> {
    let response = next.call(request).await?;
    if !is_packed(response.response()) {
        return Ok(response.map_into_left_body());
    }
    let (request, response) = response.into_parts();
    let (head, body) = response.into_parts();
    let whole = body::to_bytes(body).await;
    let whole = whole.map_err(|error| ApiError::internal(error.into()))?;
    let response = head.set_body(whole).map_into_right_body();
    Ok(ServiceResponse::new(request, response))
}

/// Streams of events are not: they say that they are to be left as they are.
fn is_packed<B>(response: &HttpResponse<B>) -> bool {
    let encoding = response.headers().get(header::CONTENT_ENCODING);
    encoding.is_some_and(|encoding| encoding != ContentEncoding::Identity.as_str())
}
