use actix_web::{HttpRequest, HttpResponse, web};
use shared_types::{CallDetail, Problem};

use super::params::Params;
use super::respond;
use crate::app::State;
use crate::doors::Visitor;
use crate::error::ApiError;

/// One call with all its fields. Secrets stand as `•••`; what people wrote, and what may quote
/// them or tells where they were, is for admins only.
#[utoipa::path(
    get,
    path = "/api/v1/dashboard/activity/{id}",
    tag = "dashboard",
    params(
        ("id" = i64, Path, description = "The call's id", minimum = 0),
        ("tz" = Option<String>, Query, format = "iana-time-zone", description = "Not used: times are in UTC. Checked like everywhere."),
    ),
    responses(
        (status = 200, description = "The call", body = CallDetail),
        (status = 304, description = "The client holds it already"),
        (status = 400, description = "A parameter is wrong", body = Problem, content_type = "application/problem+json"),
        (status = 401, description = "Nobody is signed in", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "There is no such call", body = Problem, content_type = "application/problem+json"),
        (status = 503, description = "No figures yet, or the database is away", body = Problem, content_type = "application/problem+json"),
        (status = 504, description = "The database took too long", body = Problem, content_type = "application/problem+json"),
    )
)]
pub(super) async fn call(
    request: HttpRequest,
    state: web::Data<State>,
    visitor: Visitor,
) -> Result<HttpResponse, ApiError> {
    Params::of(&request)?.zone()?;
    let id = request.match_info().get("id").and_then(id);
    let id = id.ok_or_else(|| ApiError::parameter("id", "must be the id of a call"))?;
    let body = state.live.call(id, visitor.audience()).await?;
    Ok(respond::figures(&request, body))
}

/// Digits only: no sign, no space.
fn id(text: &str) -> Option<i64> {
    let digits = text.bytes().all(|byte| byte.is_ascii_digit());
    digits.then(|| text.parse().ok()).flatten()
}
