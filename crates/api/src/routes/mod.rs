//! The whole URL map. One file a noun; each handler extracts, asks, answers.

mod activity;
mod asked;
mod asker;
mod call;
mod charts;
mod chat;
mod described;
mod docs;
mod door;
#[cfg(test)]
mod fuzz;
mod me;
mod operators;
mod params;
mod respond;
mod sent;
mod session;
mod snapshot;
mod stats;
mod status;
mod stream;

use actix_web::middleware::from_fn;
use actix_web::web::{self, ServiceConfig};
use actix_web::{Handler, Resource, Responder};
use shared_types::paths;

use crate::app::LARGEST_BODY;
use crate::error::ApiError;

pub use docs::document;
pub(crate) use door::for_one_only;

/// Every path that is answered, and by whom. What is in the door's scope wants somebody who is
/// signed in, and whatever comes after it below the same path is never reached.
pub fn map(service: &mut ServiceConfig) {
    let guarded = web::scope(paths::GUARDED)
        .service(get(paths::STATS, stats::stats))
        .service(get(paths::ACTIVITY, activity::activity))
        .service(get(paths::QUERIES, charts::queries))
        .service(get(paths::COST, charts::cost))
        .service(get(paths::RESPONSE_TIMES, charts::response_times))
        .service(get(paths::ERRORS, charts::errors))
        .service(get(paths::SNAPSHOT, snapshot::snapshot))
        .service(get(paths::STREAM, stream::stream))
        .service(get(paths::STATUS, status::status))
        .service(get(paths::CHAT, chat::about))
        .service(post(paths::ASK, chat::ask))
        .service(post(paths::ASK_STREAM, chat::ask_stream))
        .service(get(paths::ME, me::me))
        // Looked at last: to see whether a path is one with a number in it takes longer.
        .service(get(paths::CALL, call::call))
        .default_service(web::to(nothing_here))
        .wrap(from_fn(door::door));
    service
        // How to sign in is told, and signing in done, before anybody is signed in.
        .service(signing_in())
        .service(guarded)
        .service(get(paths::OPENAPI, docs::openapi))
        .service(get(paths::DOCS, docs::to_the_page))
        .service(docs::page())
        .service(get(paths::HEALTH, operators::health))
        .service(get(paths::READY, operators::ready))
        .service(get(paths::METRICS, operators::metrics))
        .default_service(web::to(nothing_here));
}

fn signing_in() -> Resource {
    web::resource(paths::SESSION)
        .app_data(Route(paths::SESSION))
        .app_data(web::PayloadConfig::new(LARGEST_BODY))
        .route(web::get().to(session::about))
        .route(web::head().to(session::about))
        .route(web::post().to(session::sign_in))
        .route(web::delete().to(session::sign_out))
        .default_service(web::to(only_signing_in))
}

/// A path as the scope it is in knows it, where it is in that of the door.
fn below(path: &str) -> &str {
    path.strip_prefix(paths::GUARDED).unwrap_or(path)
}

/// The path that a request is counted under, as it stands in the map.
#[derive(Clone, Copy)]
pub(crate) struct Route(pub(crate) &'static str);

/// A path that is read, and only read.
fn get<F, Args>(path: &'static str, handler: F) -> Resource
where
    F: Handler<Args>,
    Args: actix_web::FromRequest + 'static,
    F::Output: Responder + 'static,
{
    web::resource(below(path))
        .app_data(Route(path))
        .route(web::get().to(handler.clone()))
        .route(web::head().to(handler))
        .default_service(web::to(only_read))
}

/// A path that is asked with a body, and only asked.
fn post<F, Args>(path: &'static str, handler: F) -> Resource
where
    F: Handler<Args>,
    Args: actix_web::FromRequest + 'static,
    F::Output: Responder + 'static,
{
    web::resource(below(path))
        .app_data(Route(path))
        .app_data(web::PayloadConfig::new(LARGEST_BODY))
        .route(web::post().to(handler))
        .default_service(web::to(only_asked))
}

async fn nothing_here() -> Result<&'static str, ApiError> {
    Err(ApiError::not_found())
}

async fn only_read() -> Result<&'static str, ApiError> {
    Err(ApiError::method("GET, HEAD"))
}

async fn only_signing_in() -> Result<&'static str, ApiError> {
    Err(ApiError::method("GET, HEAD, POST, DELETE"))
}

async fn only_asked() -> Result<&'static str, ApiError> {
    Err(ApiError::method("POST"))
}
