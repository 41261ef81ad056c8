//! The description of this interface, generated from the handlers, and a page to read it.

use actix_web::http::header;
use actix_web::{HttpRequest, HttpResponse};
use shared_types::{ChatDone, ChatFailure, ChatToken, Delta, Snapshot};
use utoipa::OpenApi;
use utoipa_swagger_ui::{Config, SwaggerUi};

use super::respond;
use crate::error::ApiError;
use crate::live::Body;

#[derive(OpenApi)]
#[openapi(
    info(
        title = "Omni2 dashboard",
        description = "Figures of a hub of MCP servers, live. Behind the gateway these paths are below /dashboard; those of operators are not routed from outside."
    ),
    paths(
        super::stats::stats,
        super::activity::activity,
        super::call::call,
        super::charts::queries,
        super::charts::cost,
        super::charts::response_times,
        super::charts::errors,
        super::snapshot::snapshot,
        super::stream::stream,
        super::status::status,
        super::chat::about,
        super::chat::ask,
        super::chat::ask_stream,
        super::operators::health,
        super::operators::ready,
        super::operators::metrics,
        openapi,
    ),
    components(schemas(Snapshot, Delta, ChatToken, ChatDone, ChatFailure)),
    tags(
        (name = "dashboard", description = "What the page shows"),
        (name = "chat", description = "Questions in words"),
        (name = "operators", description = "For those who run it"),
    )
)]
struct Described;

/// The OpenAPI 3.1 document.
pub fn document() -> utoipa::openapi::OpenApi {
    let mut document = Described::openapi();
    // Relative to the document itself, so that "try it out" also works below /dashboard.
    document.servers = Some(vec![utoipa::openapi::Server::new("..")]);
    document
}

/// This description.
#[utoipa::path(
    get,
    path = "/api/openapi.json",
    tag = "operators",
    responses((status = 200, description = "OpenAPI 3.1", body = Object))
)]
pub(super) async fn openapi(request: HttpRequest) -> Result<HttpResponse, ApiError> {
    Ok(respond::figures(&request, Body::of(&document())?))
}

/// The page lives in a folder of its own; a relative address works behind any prefix.
pub(super) async fn to_the_page() -> HttpResponse {
    HttpResponse::TemporaryRedirect()
        .insert_header((header::LOCATION, "docs/"))
        .finish()
}

/// Swagger UI, from this binary.
pub(super) fn page() -> SwaggerUi {
    SwaggerUi::new("/api/docs/{_:.*}").config(
        Config::from("../openapi.json")
            .validator_url("none")
            .display_request_duration(true),
    )
}

#[cfg(test)]
mod tests {
    use shared_types::paths;

    #[test]
    fn every_path_is_described() {
        let document = super::document();
        for path in paths::described() {
            assert!(
                document.paths.paths.contains_key(path),
                "{path} is not described"
            );
        }
        assert_eq!(document.paths.paths.len(), paths::described().count());
    }
}
