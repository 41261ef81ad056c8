//! The description of this interface, generated from the handlers, and a page to read it.

use actix_web::http::header;
use actix_web::{HttpRequest, HttpResponse};
use shared_types::{ChatDone, ChatFailure, ChatToken, Delta, Snapshot};
use utoipa::OpenApi;
use utoipa::openapi::security::{
    ApiKey, ApiKeyValue, Http, HttpAuthScheme, SecurityRequirement, SecurityScheme,
};
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
        super::session::about,
        super::session::sign_in,
        super::session::sign_out,
        super::me::me,
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
        (name = "doors", description = "Who may come in: nobody is asked with `AUTH=none`"),
        (name = "operators", description = "For those who run it"),
    )
)]
struct Described;

/// The OpenAPI 3.1 document.
pub fn document() -> utoipa::openapi::OpenApi {
    let mut document = Described::openapi();
    ways_in(&mut document);
    // Relative to the document itself, so that "try it out" also works below /dashboard.
    document.servers = Some(vec![utoipa::openapi::Server::new("..")]);
    document
}

/// What lets in: each of them alone, and with `AUTH=none` nothing is needed.
fn ways_in(document: &mut utoipa::openapi::OpenApi) {
    let cookie = ApiKeyValue::with_description(
        "omni2_session",
        "What signing in at /api/v1/session gives, with `AUTH=basic` or `token`",
    );
    let basic = Http::builder().scheme(HttpAuthScheme::Basic);
    let bearer = Http::builder().scheme(HttpAuthScheme::Bearer);
    let ways = [
        ("cookie", SecurityScheme::ApiKey(ApiKey::Cookie(cookie))),
        (
            "basic",
            SecurityScheme::Http(
                basic
                    .description(Some("For programs, with `AUTH=basic`"))
                    .build(),
            ),
        ),
        (
            "bearer",
            SecurityScheme::Http(
                bearer
                    .description(Some("For programs, with `AUTH=token`"))
                    .build(),
            ),
        ),
    ];
    let components = document.components.get_or_insert_default();
    let mut wanted = vec![SecurityRequirement::default()];
    for (name, way) in ways {
        components.add_security_scheme(name, way);
        wanted.push(SecurityRequirement::new::<_, [&str; 0], &str>(name, []));
    }
    document.security = Some(wanted);
}

/// This description.
#[utoipa::path(
    get,
    path = "/api/openapi.json",
    tag = "operators",
    security(()),
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
