use actix_web::http::header;
use actix_web::{HttpResponse, web};
use shared_types::{Health, Readiness};

use super::respond;
use crate::app::State;
use crate::error::ApiError;

/// Liveness: the process serves, database or not.
#[utoipa::path(
    get,
    path = "/health",
    tag = "operators",
    security(()),
    responses((status = 200, description = "The process serves", body = Health))
)]
pub(super) async fn health() -> Result<HttpResponse, ApiError> {
    let health = Health {
        status: "healthy".to_owned(),
        version: env!("CARGO_PKG_VERSION").to_owned(),
    };
    respond::fresh(HttpResponse::Ok(), &health)
}

/// Readiness: history is read and the table is followed.
#[utoipa::path(
    get,
    path = "/ready",
    tag = "operators",
    security(()),
    responses(
        (status = 200, description = "The figures are whole and fresh", body = Readiness),
        (status = 503, description = "They are not, and why", body = Readiness),
    )
)]
pub(super) async fn ready(state: web::Data<State>) -> Result<HttpResponse, ApiError> {
    let readiness = state.live.readiness();
    let response = if readiness.ready {
        HttpResponse::Ok()
    } else {
        HttpResponse::ServiceUnavailable()
    };
    respond::fresh(response, &readiness)
}

/// Numbers for Prometheus.
#[utoipa::path(
    get,
    path = "/metrics",
    tag = "operators",
    security(()),
    responses((status = 200, description = "Prometheus text", body = String, content_type = "text/plain"))
)]
pub(super) async fn metrics(state: web::Data<State>) -> Result<HttpResponse, ApiError> {
    let text = state
        .metrics
        .text(&state.live.gauges())
        .map_err(ApiError::internal)?;
    Ok(HttpResponse::Ok()
        .content_type("text/plain; version=0.0.4; charset=utf-8")
        .insert_header((header::CACHE_CONTROL, "no-store"))
        .body(text))
}
