use actix_web::{HttpRequest, HttpResponse, web};
use shared_types::{Problem, Stats};

use super::respond;
use crate::app::State;
use crate::error::ApiError;
use crate::live::Audience;

/// The stat cards: today's figures, whatever the range.
#[utoipa::path(
    get,
    path = "/api/v1/dashboard/stats",
    tag = "dashboard",
    params(("tz" = Option<String>, Query, format = "iana-time-zone", description = "The viewer's time zone (IANA); UTC when not given", example = "Europe/Berlin")),
    responses(
        (status = 200, description = "Today's figures", body = Stats),
        (status = 304, description = "The client holds them already"),
        (status = 400, description = "A parameter is wrong", body = Problem, content_type = "application/problem+json"),
        (status = 401, description = "Nobody is signed in", body = Problem, content_type = "application/problem+json"),
        (status = 503, description = "No figures yet", body = Problem, content_type = "application/problem+json"),
    )
)]
pub(super) async fn stats(
    request: HttpRequest,
    state: web::Data<State>,
) -> Result<HttpResponse, ApiError> {
    // Figures tell nothing of people: they are the same for every audience.
    let audience = Audience::default();
    respond::asked(&request, &state, audience, async |params| {
        Ok(state.live.stats(&params.zone()?)?)
    })
    .await
}
