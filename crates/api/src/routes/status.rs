use actix_web::{HttpResponse, web};
use shared_types::{Problem, Status};

use super::respond;
use crate::app::State;
use crate::error::ApiError;

/// Whether the figures are live, and where they come from.
#[utoipa::path(
    get,
    path = "/api/v1/status",
    tag = "dashboard",
    responses(
        (status = 200, description = "The state now", body = Status),
        (status = 401, description = "Nobody is signed in", body = Problem, content_type = "application/problem+json"),
    )
)]
pub(super) async fn status(state: web::Data<State>) -> Result<HttpResponse, ApiError> {
    respond::fresh(HttpResponse::Ok(), &state.live.status())
}
