use serde::{Deserialize, Serialize};

/// An error answer, `application/problem+json` (RFC 9457).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Problem {
    /// A URI for the kind of problem: `urn:omni2:problem:` and the code.
    #[serde(rename = "type")]
    pub kind: String,
    /// The kind of problem in a few words.
    pub title: String,
    /// The HTTP status.
    pub status: u16,
    /// What is wrong with this very request and what to do.
    pub detail: String,
    /// The path that was asked for.
    pub instance: String,
    /// Stable, for programs.
    pub code: ProblemCode,
    /// Also stands in the log.
    pub request_id: String,
}

/// Stable names of the problems.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum ProblemCode {
    /// A parameter is wrong: the detail names it and what is allowed. 400.
    BadParameter,
    /// The row that a page was to begin at is gone. 400.
    CursorGone,
    /// Nobody is signed in, or not any more. 401.
    Unauthenticated,
    /// The name, the password or the token is wrong. 401.
    SignInFailed,
    /// Whoever is signed in may not: the detail says who may. 403.
    Forbidden,
    /// No such path. 404.
    NotFound,
    /// There is no call with this id. 404.
    CallNotFound,
    /// The path is there, not for this method. 405.
    MethodNotAllowed,
    /// The body did not come to its end in time. 408.
    RequestTimeout,
    /// The body is over 64 KiB. 413.
    PayloadTooLarge,
    /// The body is not JSON. 415.
    UnsupportedMediaType,
    /// History is being read; no figures yet. 503.
    Warming,
    /// The database is away, and there are no figures to fall back on. 503.
    DatabaseUnavailable,
    /// The database lacks tables or columns that the dashboard needs. 503.
    SchemaUnusable,
    /// The database took too long for this question. 504.
    QueryTimeout,
    /// More event streams are open than the API carries. 503.
    TooManyStreams,
    /// More answers are being written in the chat than the API carries. 503.
    TooManyChats,
    /// The API is being stopped: ask again in a moment. 503.
    Stopping,
    /// A limit is reached, of whoever answers in the chat or of signing in. 429.
    TooManyRequests,
    /// The hub does not take this question: the detail says why in the hub's words. 400.
    HubRefused,
    /// The hub's chat cannot be reached. 502.
    HubUnreachable,
    /// The hub could not answer, or not in a way that makes sense. 502.
    HubFailed,
    /// The hub's chat takes too long. 504.
    HubTimeout,
    /// The language model cannot be reached. 502.
    ModelUnreachable,
    /// The language model could not answer, or not in a way that makes sense. 502.
    ModelFailed,
    /// The language model takes too long. 504.
    ModelTimeout,
    /// A mistake of ours. 500.
    Internal,
}
