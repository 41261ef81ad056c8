use actix_web::{HttpResponse, web};
use shared_types::Status;

use super::respond;
use crate::app::State;
use crate::error::ApiError;

/// Whether the figures are live, and where they come from.
#[utoipa::path(
    get,
    path = "/api/v1/status",
    tag = "dashboard",
    responses((status = 200, description = "The state now", body = Status))
)]
pub(super) async fn status(state: web::Data<State>) -> Result<HttpResponse, ApiError> {
    respond::fresh(HttpResponse::Ok(), &state.live.status())
}
