use actix_web::http::header;
use actix_web::{HttpRequest, HttpResponse, web};
use futures_util::StreamExt;
use shared_types::Problem;

use super::described::{CompareParams, StreamEvent, WindowParams};
use super::params::Params;
use crate::app::State;
use crate::doors::Visitor;
use crate::error::ApiError;

/// Everything the page shows, as server-sent events: one `snapshot`, then a `delta` for
/// every change, at most one a second, and a comment every 15 s so that silence is a fault.
/// Where one signs in it ends with the session, and after about five minutes with the comment
/// `: again`: who still may resumes with `Last-Event-ID`.
#[utoipa::path(
    get,
    path = "/api/v1/dashboard/stream",
    tag = "dashboard",
    params(
        WindowParams,
        CompareParams,
        ("last_event_id" = Option<String>, Query, description = "As the header Last-Event-ID, which wins: what was missed since is sent instead of a snapshot"),
    ),
    responses(
        (status = 200, description = "Events `snapshot` (a Snapshot) and `delta` (a Delta)", body = StreamEvent, content_type = "text/event-stream"),
        (status = 400, description = "A parameter is wrong", body = Problem, content_type = "application/problem+json"),
        (status = 401, description = "Nobody is signed in", body = Problem, content_type = "application/problem+json"),
        (status = 503, description = "No figures yet, or too many streams", body = Problem, content_type = "application/problem+json"),
        (status = 504, description = "The database took too long", body = Problem, content_type = "application/problem+json"),
    )
)]
pub(super) async fn stream(
    request: HttpRequest,
    state: web::Data<State>,
    visitor: Visitor,
) -> Result<HttpResponse, ApiError> {
    let params = Params::of(&request)?;
    let (zone, view) = (params.zone()?, params.view(visitor.audience())?);
    let seen = request
        .headers()
        .get("last-event-id")
        .and_then(|id| id.to_str().ok());
    let seen = seen.or_else(|| params.get("last_event_id"));
    let events = state.live.subscribe(&zone, view, seen).await?;
    let events = match state.doors.stay(&visitor) {
        None => events.left_stream(),
        Some(stay) => stay.of(events).right_stream(),
    };
    Ok(HttpResponse::Ok()
        .content_type("text/event-stream")
        .insert_header((header::CACHE_CONTROL, "no-store"))
        // Compression would hold events back.
        .insert_header((header::CONTENT_ENCODING, "identity"))
        .insert_header(("x-accel-buffering", "no"))
        .streaming(events.map(Ok::<_, std::convert::Infallible>)))
}
