use actix_web::{HttpRequest, HttpResponse, web};
use shared_types::{CostChart, ErrorsChart, LatencyChart, Problem, QueriesChart, Range};

use super::described::{CompareParams, WindowParams};
use super::respond;
use crate::app::State;
use crate::error::ApiError;
use crate::live::{Audience, Chart};

async fn answer(
    request: &HttpRequest,
    state: &State,
    chart: Chart,
    default: Range,
) -> Result<HttpResponse, ApiError> {
    // A chart tells nothing of people: it is the same for every audience.
    let audience = Audience::default();
    respond::asked(request, state, audience, async |params| {
        let (zone, window) = (params.zone()?, params.window(default)?);
        let over_time = matches!(chart, Chart::Queries | Chart::ResponseTimes);
        let compare = over_time && params.compare()?;
        Ok(state.live.chart(chart, &zone, window, compare).await?)
    })
    .await
}

/// Queries over time; the last 24 hours when no window is given.
#[utoipa::path(
    get,
    path = "/api/v1/dashboard/charts/queries",
    tag = "dashboard",
    params(WindowParams, CompareParams),
    responses(
        (status = 200, description = "Buckets, oldest first", body = QueriesChart),
        (status = 304, description = "The client holds them already"),
        (status = 400, description = "A parameter is wrong", body = Problem, content_type = "application/problem+json"),
        (status = 401, description = "Nobody is signed in", body = Problem, content_type = "application/problem+json"),
        (status = 503, description = "No figures yet", body = Problem, content_type = "application/problem+json"),
        (status = 504, description = "The database took too long", body = Problem, content_type = "application/problem+json"),
    )
)]
pub(super) async fn queries(
    request: HttpRequest,
    state: web::Data<State>,
) -> Result<HttpResponse, ApiError> {
    answer(&request, &state, Chart::Queries, Range::Day).await
}

/// Cost by MCP server; today when no window is given.
#[utoipa::path(
    get,
    path = "/api/v1/dashboard/charts/cost",
    tag = "dashboard",
    params(WindowParams),
    responses(
        (status = 200, description = "Slices, highest first", body = CostChart),
        (status = 304, description = "The client holds them already"),
        (status = 400, description = "A parameter is wrong", body = Problem, content_type = "application/problem+json"),
        (status = 401, description = "Nobody is signed in", body = Problem, content_type = "application/problem+json"),
        (status = 503, description = "No figures yet", body = Problem, content_type = "application/problem+json"),
        (status = 504, description = "The database took too long", body = Problem, content_type = "application/problem+json"),
    )
)]
pub(super) async fn cost(
    request: HttpRequest,
    state: web::Data<State>,
) -> Result<HttpResponse, ApiError> {
    answer(&request, &state, Chart::Cost, Range::Today).await
}

/// Response-time percentiles over time; the last 24 hours when no window is given.
#[utoipa::path(
    get,
    path = "/api/v1/dashboard/charts/response-times",
    tag = "dashboard",
    params(WindowParams, CompareParams),
    responses(
        (status = 200, description = "Buckets, oldest first", body = LatencyChart),
        (status = 304, description = "The client holds them already"),
        (status = 400, description = "A parameter is wrong", body = Problem, content_type = "application/problem+json"),
        (status = 401, description = "Nobody is signed in", body = Problem, content_type = "application/problem+json"),
        (status = 503, description = "No figures yet", body = Problem, content_type = "application/problem+json"),
        (status = 504, description = "The database took too long", body = Problem, content_type = "application/problem+json"),
    )
)]
pub(super) async fn response_times(
    request: HttpRequest,
    state: web::Data<State>,
) -> Result<HttpResponse, ApiError> {
    answer(&request, &state, Chart::ResponseTimes, Range::Day).await
}

/// Errors by MCP server; the last 24 hours when no window is given.
#[utoipa::path(
    get,
    path = "/api/v1/dashboard/charts/errors",
    tag = "dashboard",
    params(WindowParams),
    responses(
        (status = 200, description = "Bars, most queries first", body = ErrorsChart),
        (status = 304, description = "The client holds them already"),
        (status = 400, description = "A parameter is wrong", body = Problem, content_type = "application/problem+json"),
        (status = 401, description = "Nobody is signed in", body = Problem, content_type = "application/problem+json"),
        (status = 503, description = "No figures yet", body = Problem, content_type = "application/problem+json"),
        (status = 504, description = "The database took too long", body = Problem, content_type = "application/problem+json"),
    )
)]
pub(super) async fn errors(
    request: HttpRequest,
    state: web::Data<State>,
) -> Result<HttpResponse, ApiError> {
    answer(&request, &state, Chart::Errors, Range::Day).await
}
