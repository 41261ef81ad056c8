//! The actix app, the same in `main` and in tests.

use std::fmt;
use std::time::Duration;

use actix_web::body::MessageBody;
use actix_web::dev::{ServiceFactory, ServiceRequest, ServiceResponse};
use actix_web::http::StatusCode;
use actix_web::http::header::{self, HeaderValue};
use actix_web::middleware::{Compress, Next, from_fn};
use actix_web::{App, Error, HttpRequest, web};
use parking_lot::Mutex;
use rand::RngExt;
use rand::rngs::StdRng;
use tokio::time::Instant;
use tracing::Instrument;

use crate::chat::Chat;
use crate::doors::Doors;
use crate::error::ApiError;
use crate::live::Live;
use crate::metrics::{Metrics, OTHER};
use crate::packed::in_one_piece;
use crate::routes::{self, Route};
use crate::server::Patience;

/// The largest body that is read.
pub(crate) const LARGEST_BODY: usize = 64 * 1024;

/// What handlers share.
pub struct State {
    /// The figures.
    pub live: Live,
    /// Who answers questions in words.
    pub chat: Chat,
    /// Who may come in.
    pub doors: Doors,
    /// What is counted about requests.
    pub metrics: Metrics,
    /// How long whoever asks may take.
    pub patience: Patience,
    /// Where request ids come from.
    pub ids: Mutex<StdRng>,
}

/// The app with every route and everything that goes around one.
pub fn app(
    state: web::Data<State>,
) -> App<
    impl ServiceFactory<
        ServiceRequest,
        Config = (),
        Response = ServiceResponse<impl MessageBody>,
        Error = Error,
        InitError = (),
    >,
> {
    App::new()
        .app_data(state)
        .configure(routes::map)
        .wrap(Compress::default())
        .wrap(from_fn(in_one_piece))
        .wrap(from_fn(around))
}

/// Around every request: its id, the log, the metrics, headers that harden, and errors as
/// problems.
async fn around(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<impl MessageBody>, Error> {
    let began = Instant::now();
    let Some(state) = request.app_data::<web::Data<State>>().cloned() else {
        return Err(ApiError::internal("the app has no state").into());
    };
    let id = RequestId(state.ids.lock().random());
    // Of most requests nothing is logged: a span of theirs would cost more than their answer.
    let span =
        tracing::debug_span!("request", %id, method = %request.method(), path = request.path());
    let too_large = content_length(&request).is_some_and(|length| length > LARGEST_BODY);
    let response = if too_large {
        request
            .error_response(ApiError::too_large())
            .map_into_right_body()
    } else {
        next.call(request)
            .instrument(span.clone())
            .await?
            .map_into_left_body()
    };
    let mut response = as_problem(response, id);
    harden(response.headers_mut());
    if !state.doors.is_open() {
        routes::for_one_only(response.headers_mut());
    }
    let (took, status) = (began.elapsed(), response.status());
    count(&state.metrics, response.request(), status, took);
    span.in_scope(|| {
        let (status, ms) = (status.as_u16(), took.as_secs_f64() * 1e3);
        tracing::debug!(status, ms, "answered");
    });
    Ok(response)
}

/// Counts an answer under the path of its route.
fn count(metrics: &Metrics, request: &HttpRequest, status: StatusCode, took: Duration) {
    let method = request.method().as_str();
    if let Some(Route(route)) = request.app_data::<Route>() {
        metrics.count(route, method, status.as_str(), took);
    } else {
        let route = request.match_pattern();
        let route = route.as_deref().unwrap_or(OTHER);
        metrics.count(route, method, status.as_str(), took);
    }
}

/// What a request is called in the log and in the problem that answers it.
#[derive(Clone, Copy)]
struct RequestId(u128);

impl fmt::Display for RequestId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:032x}", self.0)
    }
}

/// An answer that came of an error, as the problem that tells of it.
fn as_problem<B: MessageBody + 'static>(
    response: ServiceResponse<B>,
    id: RequestId,
) -> ServiceResponse<impl MessageBody + use<B>> {
    let answer = |error: &ApiError| error.answer(response.request().path(), &id.to_string());
    let problem = response
        .response()
        .error()
        .map(|error| match error.as_error::<ApiError>() {
            Some(error) => answer(error),
            None if error.as_response_error().status_code().is_client_error() => {
                answer(&ApiError::parameter("request", "cannot be read"))
            }
            None => answer(&ApiError::internal(error)),
        });
    let problem = match problem {
        // The files of the page that reads the description: an answer, but no error of ours.
        None if response.status() == StatusCode::NOT_FOUND => Some(answer(&ApiError::not_found())),
        problem => problem,
    };
    match problem {
        Some(problem) => response.into_response(problem).map_into_right_body(),
        None => response.map_into_left_body(),
    }
}

fn content_length(request: &ServiceRequest) -> Option<usize> {
    let value = request.headers().get(header::CONTENT_LENGTH)?;
    value.to_str().ok()?.parse().ok()
}

fn harden(headers: &mut header::HeaderMap) {
    for (name, value) in [
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::REFERRER_POLICY, "no-referrer"),
        (header::X_FRAME_OPTIONS, "DENY"),
    ] {
        headers.insert(name, HeaderValue::from_static(value));
    }
}
