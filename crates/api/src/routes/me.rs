use actix_web::{HttpResponse, web};
use shared_types::{Me, Problem};

use super::respond;
use crate::app::State;
use crate::doors::Visitor;
use crate::error::ApiError;

/// Who asks, and what they may see and do.
#[utoipa::path(
    get,
    path = "/api/v1/me",
    tag = "doors",
    responses(
        (status = 200, description = "Whoever asks", body = Me),
        (status = 401, description = "Nobody is signed in", body = Problem, content_type = "application/problem+json"),
        (status = 429, description = "Too many wrong passwords or tokens", body = Problem, content_type = "application/problem+json"),
    )
)]
pub(super) async fn me(
    state: web::Data<State>,
    visitor: Visitor,
) -> Result<HttpResponse, ApiError> {
    respond::fresh(HttpResponse::Ok(), &visitor.me(state.doors.kind()))
}
