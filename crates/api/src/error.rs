//! The one boundary where errors become answers.
//!
//! | what went wrong | code | status |
//! | --- | --- | --- |
//! | a parameter, header or body that makes no sense | `bad_parameter` | 400 |
//! | the row that a page was to begin at is gone | `cursor_gone` | 400 |
//! | nobody is signed in, or not any more | `unauthenticated` | 401 |
//! | a name, password or token is wrong | `sign_in_failed` | 401 |
//! | whoever is signed in may not; a page of somebody else's asks | `forbidden` | 403 |
//! | no such path, or one does not sign in here | `not_found` | 404 |
//! | no call with this id | `call_not_found` | 404 |
//! | the path is there, not for this method | `method_not_allowed` | 405 |
//! | a body that does not come to its end in time | `request_timeout` | 408 |
//! | a body over 64 KiB | `payload_too_large` | 413 |
//! | a body that is not JSON | `unsupported_media_type` | 415 |
//! | today is not read yet | `warming` | 503 |
//! | the database is away and nothing was read before | `database_unavailable` | 503 |
//! | the database lacks tables or columns | `schema_unusable` | 503 |
//! | the database took too long | `query_timeout` | 504 |
//! | too many event streams | `too_many_streams` | 503 |
//! | too many answers of the chat at once | `too_many_chats` | 503 |
//! | the API is being stopped | `stopping` | 503 |
//! | a limit of whoever answers in the chat, or of signing in | `too_many_requests` | 429 |
//! | the hub does not take the question (its 400) | `hub_refused` | 400 |
//! | the hub's chat cannot be reached | `hub_unreachable` | 502 |
//! | the hub fails, or says what makes no sense | `hub_failed` | 502 |
//! | the hub's chat took too long | `hub_timeout` | 504 |
//! | the language model cannot be reached | `model_unreachable` | 502 |
//! | the model fails, or says what makes no sense | `model_failed` | 502 |
//! | the model took too long | `model_timeout` | 504 |
//! | anything else | `internal` | 500 |
//!
//! What the client sees says what to do. What went wrong inside is logged with the
//! request's id and never sent. Once an answer of the chat has begun, what goes wrong is its
//! event `error`.

mod chat;
mod doors;

use std::fmt;

use actix_web::http::StatusCode;
use actix_web::http::header::{self, HeaderValue};
use actix_web::{HttpResponse, HttpResponseBuilder, ResponseError};
use shared_types::{Problem, ProblemCode};
use timeline::WindowError;

use crate::live::LiveError;

/// An error that is an answer.
#[derive(Debug)]
pub struct ApiError {
    status: StatusCode,
    code: ProblemCode,
    detail: String,
    /// For the log alone.
    cause: Option<String>,
    retry_after: Option<u32>,
    allow: Option<&'static str>,
}

impl ApiError {
    fn new(status: StatusCode, code: ProblemCode, detail: impl Into<String>) -> ApiError {
        ApiError {
            status,
            code,
            detail: detail.into(),
            cause: None,
            retry_after: None,
            allow: None,
        }
    }

    /// A parameter is wrong: names it and what is allowed.
    pub fn parameter(name: &str, allowed: &str) -> ApiError {
        let detail = format!("parameter `{name}`: {allowed}");
        ApiError::new(StatusCode::BAD_REQUEST, ProblemCode::BadParameter, detail)
    }

    /// No such path.
    pub fn not_found() -> ApiError {
        let detail = "There is nothing here. /api/docs lists what there is.";
        ApiError::new(StatusCode::NOT_FOUND, ProblemCode::NotFound, detail)
    }

    /// The path is there, but only for the methods listed.
    pub fn method(allow: &'static str) -> ApiError {
        let mut error = ApiError::new(
            StatusCode::METHOD_NOT_ALLOWED,
            ProblemCode::MethodNotAllowed,
            format!("This path answers to {allow} only."),
        );
        error.allow = Some(allow);
        error
    }

    /// The body is larger than any that is wanted.
    pub fn too_large() -> ApiError {
        let detail = "The body may have 64 KiB at most.";
        let status = StatusCode::PAYLOAD_TOO_LARGE;
        ApiError::new(status, ProblemCode::PayloadTooLarge, detail)
    }

    /// The body does not come to its end.
    pub fn too_slow() -> ApiError {
        let detail = "The body did not come to its end in time. Send it again.";
        let status = StatusCode::REQUEST_TIMEOUT;
        ApiError::new(status, ProblemCode::RequestTimeout, detail)
    }

    /// The body is something else than JSON.
    pub fn not_json() -> ApiError {
        let detail = "The body must be JSON: send it with `Content-Type: application/json`.";
        let status = StatusCode::UNSUPPORTED_MEDIA_TYPE;
        ApiError::new(status, ProblemCode::UnsupportedMediaType, detail)
    }

    /// A mistake of ours.
    pub fn internal(cause: impl fmt::Display) -> ApiError {
        let mut error = ApiError::new(
            StatusCode::INTERNAL_SERVER_ERROR,
            ProblemCode::Internal,
            "Something went wrong here. The log has it under this request's id.",
        );
        error.cause = Some(cause.to_string());
        error
    }

    fn retry(mut self, seconds: u32) -> ApiError {
        self.retry_after = Some(seconds);
        self
    }

    /// The problem as it goes over the wire, for the request with this path and id.
    pub fn answer(&self, path: &str, request_id: &str) -> HttpResponse {
        let code = serde_json::to_value(self.code).unwrap_or_default();
        let code = code.as_str().unwrap_or("internal");
        if let Some(cause) = &self.cause {
            tracing::error!(request_id, code, path, cause, "a request failed");
        } else {
            tracing::info!(request_id, code, path, "a problem was answered");
        }
        let problem = Problem {
            kind: format!("urn:omni2:problem:{code}"),
            title: title(self.code).to_owned(),
            status: self.status.as_u16(),
            detail: self.detail.clone(),
            instance: path.to_owned(),
            code: self.code,
            request_id: request_id.to_owned(),
        };
        let mut response = HttpResponseBuilder::new(self.status);
        if let Some(seconds) = self.retry_after {
            response.insert_header((header::RETRY_AFTER, seconds.to_string()));
        }
        if self.status == StatusCode::REQUEST_TIMEOUT {
            // What still comes of the body is no request.
            response.force_close();
        }
        if self.status == StatusCode::UNAUTHORIZED {
            let challenge = HeaderValue::from_static(doors::CHALLENGE);
            response.insert_header((header::WWW_AUTHENTICATE, challenge));
        }
        if let Some(allow) = self.allow {
            response.insert_header((header::ALLOW, HeaderValue::from_static(allow)));
        }
        response
            .content_type("application/problem+json")
            .insert_header((header::CACHE_CONTROL, "no-store"))
            .body(serde_json::to_vec(&problem).unwrap_or_default())
    }
}

fn title(code: ProblemCode) -> &'static str {
    match code {
        ProblemCode::BadParameter => "A parameter is wrong",
        ProblemCode::CursorGone => "The row that this page begins at is gone",
        ProblemCode::Unauthenticated => "Nobody is signed in",
        ProblemCode::SignInFailed => "Not signed in",
        ProblemCode::Forbidden => "Not for everybody",
        ProblemCode::NotFound => "Not found",
        ProblemCode::CallNotFound => "There is no such call",
        ProblemCode::MethodNotAllowed => "Not for this method",
        ProblemCode::RequestTimeout => "The body came too slowly",
        ProblemCode::PayloadTooLarge => "The body is too large",
        ProblemCode::Warming => "No figures yet",
        ProblemCode::DatabaseUnavailable => "The database is away",
        ProblemCode::SchemaUnusable => "The database lacks what the dashboard needs",
        ProblemCode::QueryTimeout => "The database took too long",
        ProblemCode::TooManyStreams => "Too many event streams",
        ProblemCode::UnsupportedMediaType => "The body is not JSON",
        ProblemCode::TooManyChats => "Too many answers at once",
        ProblemCode::Stopping => "The dashboard is being restarted",
        ProblemCode::TooManyRequests => "Too many requests",
        ProblemCode::HubRefused => "The hub does not take this question",
        ProblemCode::HubUnreachable => "The hub's chat cannot be reached",
        ProblemCode::HubFailed => "The hub could not answer",
        ProblemCode::HubTimeout => "The hub took too long",
        ProblemCode::ModelUnreachable => "The language model cannot be reached",
        ProblemCode::ModelFailed => "The language model could not answer",
        ProblemCode::ModelTimeout => "The language model took too long",
        ProblemCode::Internal => "Internal error",
    }
}

impl fmt::Display for ApiError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.detail)
    }
}

impl ResponseError for ApiError {
    fn status_code(&self) -> StatusCode {
        self.status
    }

    /// Only a placeholder: the middleware that knows the request writes the answer.
    fn error_response(&self) -> HttpResponse {
        HttpResponse::new(self.status)
    }
}

impl From<LiveError> for ApiError {
    fn from(error: LiveError) -> Self {
        let unavailable = StatusCode::SERVICE_UNAVAILABLE;
        let detail = error.to_string();
        match error {
            LiveError::Warming { .. } => {
                ApiError::new(unavailable, ProblemCode::Warming, capital(&detail)).retry(1)
            }
            LiveError::Unavailable(_) => {
                ApiError::new(unavailable, ProblemCode::DatabaseUnavailable, detail).retry(5)
            }
            LiveError::Schema(_) => {
                ApiError::new(unavailable, ProblemCode::SchemaUnusable, detail).retry(5)
            }
            LiveError::TooManyStreams(_) => {
                ApiError::new(unavailable, ProblemCode::TooManyStreams, capital(&detail)).retry(5)
            }
            LiveError::CursorGone => ApiError::new(
                StatusCode::BAD_REQUEST,
                ProblemCode::CursorGone,
                "The row that this page begins at is gone. Begin again at the newest, or page with \
                 `next`, which survives deletions.",
            ),
            LiveError::CallNotFound => ApiError::new(
                StatusCode::NOT_FOUND,
                ProblemCode::CallNotFound,
                "There is no call with this id: it never was, or the hub deleted it.",
            ),
            LiveError::BadCursor => {
                ApiError::parameter("cursor", "must be a `next` that an earlier page answered")
            }
            LiveError::Window(wrong) => {
                let name = match wrong {
                    WindowError::TooManyBuckets { .. } => "bucket",
                    WindowError::Reversed | WindowError::InFuture => "from",
                    WindowError::YearOutOfRange | WindowError::TooLong => "from, to",
                };
                ApiError::parameter(name, &detail)
            }
            LiveError::Timeout => ApiError::new(
                StatusCode::GATEWAY_TIMEOUT,
                ProblemCode::QueryTimeout,
                "The database took too long for this question. Ask for a shorter time or fewer filters.",
            ),
            LiveError::Busy => ApiError::new(
                StatusCode::GATEWAY_TIMEOUT,
                ProblemCode::QueryTimeout,
                "The database is busy with the questions of others. Ask again in a moment.",
            )
            .retry(5),
            LiveError::Internal(cause) => ApiError::internal(cause),
        }
    }
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    let first = letters.next().into_iter().flat_map(char::to_uppercase);
    first.chain(letters).chain(['.']).collect()
}
