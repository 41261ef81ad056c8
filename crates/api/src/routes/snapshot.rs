use actix_web::{HttpRequest, HttpResponse, web};
use shared_types::{Problem, Snapshot};

use super::params::Params;
use super::respond;
use crate::app::State;
use crate::error::ApiError;

/// Everything the page shows, in one answer: what the stream's `snapshot` event holds.
#[utoipa::path(
    get,
    path = "/api/v1/dashboard/snapshot",
    tag = "dashboard",
    params(
        ("tz" = Option<String>, Query, description = "The viewer's time zone (IANA); UTC when not given", example = "Europe/Berlin"),
        ("range" = Option<String>, Query, description = "today, 1h, 6h, 24h, 7d or 30d for every chart; when not given, each chart's own default"),
        ("compare" = Option<String>, Query, description = "`previous`: each point over time also tells the figure of the bucket in the same place of the window before; for `today` that is yesterday from midnight", example = "previous"),
    ),
    responses(
        (status = 200, description = "The page's figures", body = Snapshot),
        (status = 304, description = "The client holds them already"),
        (status = 400, description = "A parameter is wrong", body = Problem, content_type = "application/problem+json"),
        (status = 503, description = "No figures yet", body = Problem, content_type = "application/problem+json"),
    )
)]
pub(super) async fn snapshot(
    request: HttpRequest,
    state: web::Data<State>,
) -> Result<HttpResponse, ApiError> {
    let params = Params::of(&request)?;
    let body = state.live.snapshot(&params.zone()?, params.view()?)?;
    Ok(respond::figures(&request, body))
}
