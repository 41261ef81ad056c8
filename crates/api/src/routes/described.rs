//! What the description of the interface has in common: parameters that several endpoints take,
//! and events.

use shared_types::Range;

/// The window, of one chart or of all of them.
#[derive(utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
#[expect(dead_code, reason = "describes the parameters; `Params` reads them")]
pub(super) struct WindowParams {
    /// The viewer's time zone (IANA), whose wall clock the buckets follow; UTC when not given.
    #[param(format = "iana-time-zone", example = "Europe/Berlin")]
    tz: Option<String>,
    /// `today`, `1h`, `6h`, `24h`, `7d` or `30d`: whole buckets and the running one. Without a
    /// window, each chart's own default.
    #[param(example = "24h")]
    range: Option<Range>,
    /// RFC 3339: the window begins here, widened outward to whole buckets. Not with `range`.
    #[param(format = DateTime)]
    from: Option<String>,
    /// RFC 3339: the window ends here; now, when not given.
    #[param(format = DateTime)]
    to: Option<String>,
    /// `1m`, `5m`, `1h`, `6h`, `1d` or as many seconds, with `from`: else it goes by the length.
    #[param(pattern = "^(1m|5m|1h|6h|1d|60|300|3600|21600|86400)$")]
    bucket: Option<String>,
}

/// What charts over time take besides.
#[derive(utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
#[expect(dead_code, reason = "describes the parameters; `Params` reads them")]
pub(super) struct CompareParams {
    /// `previous`: each point also tells the figure of the bucket in the same place of the
    /// window before, which has as many buckets and ends where this one begins; for `today`
    /// that is yesterday from midnight.
    #[param(pattern = "^previous$", example = "previous")]
    compare: Option<String>,
}

/// An event of the dashboard's stream.
#[derive(utoipa::ToSchema)]
#[expect(dead_code, reason = "describes the events; topics write them")]
pub(super) struct StreamEvent {
    /// What `data` carries: a `Snapshot` or a `Delta`.
    event: StreamEventName,
    /// What to resume after, as `Last-Event-ID`.
    id: String,
    /// JSON, in one line.
    data: String,
    /// Milliseconds to wait before coming back.
    #[schema(required = false)]
    retry: Option<u32>,
}

/// What an event of the dashboard's stream is called.
#[derive(utoipa::ToSchema)]
#[schema(rename_all = "lowercase")]
#[expect(dead_code, reason = "describes the events; topics write them")]
pub(super) enum StreamEventName {
    Snapshot,
    Delta,
}

/// An event of an answer in the chat.
#[derive(utoipa::ToSchema)]
#[expect(
    dead_code,
    reason = "describes the events; the chat's handler writes them"
)]
pub(super) struct ChatEvent {
    /// What `data` carries: a `ChatToken`, a `ChatDone` or a `ChatFailure`.
    event: ChatEventName,
    /// JSON, in one line.
    data: String,
}

/// What an event of an answer is called.
#[derive(utoipa::ToSchema)]
#[schema(rename_all = "lowercase")]
#[expect(
    dead_code,
    reason = "describes the events; the chat's handler writes them"
)]
pub(super) enum ChatEventName {
    Token,
    Done,
    Error,
}
