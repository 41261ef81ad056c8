use actix_web::{HttpRequest, HttpResponse, web};
use shared_types::{Problem, Snapshot};

use super::described::{CompareParams, WindowParams};
use super::respond;
use crate::app::State;
use crate::doors::Visitor;
use crate::error::ApiError;

/// Everything the page shows, in one answer: what the stream's `snapshot` event holds.
#[utoipa::path(
    get,
    path = "/api/v1/dashboard/snapshot",
    tag = "dashboard",
    params(WindowParams, CompareParams),
    responses(
        (status = 200, description = "The page's figures", body = Snapshot),
        (status = 304, description = "The client holds them already"),
        (status = 400, description = "A parameter is wrong", body = Problem, content_type = "application/problem+json"),
        (status = 401, description = "Nobody is signed in", body = Problem, content_type = "application/problem+json"),
        (status = 503, description = "No figures yet", body = Problem, content_type = "application/problem+json"),
        (status = 504, description = "The database took too long", body = Problem, content_type = "application/problem+json"),
    )
)]
pub(super) async fn snapshot(
    request: HttpRequest,
    state: web::Data<State>,
    visitor: Visitor,
) -> Result<HttpResponse, ApiError> {
    let audience = visitor.audience();
    respond::asked(&request, &state, audience, async |params| {
        let view = params.view(audience)?;
        Ok(state.live.snapshot(&params.zone()?, view).await?)
    })
    .await
}
