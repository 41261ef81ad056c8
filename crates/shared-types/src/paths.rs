//! URL paths, as both sides write them. All but the operators' three are also served
//! below [`PREFIX`] by the gateway and by `trunk serve`.

/// Below this, everything but [`SESSION`] wants somebody who is signed in, where one signs in.
pub const GUARDED: &str = "/api/v1";
/// What the gateway strips before a request reaches the API.
pub const PREFIX: &str = "/dashboard";
/// The four stat cards.
pub const STATS: &str = "/api/v1/dashboard/stats";
/// The last calls, with filters and a cursor.
pub const ACTIVITY: &str = "/api/v1/dashboard/activity";
/// One call with all its fields; `{id}` stands for its id: see [`call`].
pub const CALL: &str = "/api/v1/dashboard/activity/{id}";
/// Queries over time.
pub const QUERIES: &str = "/api/v1/dashboard/charts/queries";
/// Cost by MCP server.
pub const COST: &str = "/api/v1/dashboard/charts/cost";
/// Response-time percentiles over time.
pub const RESPONSE_TIMES: &str = "/api/v1/dashboard/charts/response-times";
/// Errors by MCP server.
pub const ERRORS: &str = "/api/v1/dashboard/charts/errors";
/// Everything the page shows, in one answer.
pub const SNAPSHOT: &str = "/api/v1/dashboard/snapshot";
/// Everything the page shows, as server-sent events.
pub const STREAM: &str = "/api/v1/dashboard/stream";
/// How to sign in, and signing in and out.
pub const SESSION: &str = "/api/v1/session";
/// Who asks, and what they may do.
pub const ME: &str = "/api/v1/me";
/// Whether the figures are live, and where they come from.
pub const STATUS: &str = "/api/v1/status";
/// Who answers in the chat.
pub const CHAT: &str = "/api/v1/chat";
/// A question, and its answer whole.
pub const ASK: &str = "/api/v1/chat/ask";
/// A question, and its answer as server-sent events.
pub const ASK_STREAM: &str = "/api/v1/chat/ask/stream";
/// The machine-readable description of this interface.
pub const OPENAPI: &str = "/api/openapi.json";
/// A page to read that description.
pub const DOCS: &str = "/api/docs";
/// Liveness, for operators.
pub const HEALTH: &str = "/health";
/// Readiness, for operators.
pub const READY: &str = "/ready";
/// Prometheus text, for operators.
pub const METRICS: &str = "/metrics";

/// The charts.
pub const CHARTS: [&str; 4] = [QUERIES, COST, RESPONSE_TIMES, ERRORS];
/// What takes a window: the charts, and all of them at once.
pub const WINDOWS: [&str; 6] = [QUERIES, COST, RESPONSE_TIMES, ERRORS, SNAPSHOT, STREAM];
/// Answers that a client may keep and have confirmed: figures.
pub const FIGURES: [&str; 8] = [
    STATS,
    ACTIVITY,
    CALL,
    QUERIES,
    COST,
    RESPONSE_TIMES,
    ERRORS,
    SNAPSHOT,
];
/// Answers of the moment, small and in JSON.
pub const MOMENTARY: [&str; 6] = [STATUS, ME, CHAT, HEALTH, READY, SESSION];
/// What is asked in a body, by POST; everything else is read, and [`SESSION`] is both.
pub const ASKED: [&str; 2] = [ASK, ASK_STREAM];
/// Neither: a stream, numbers as text, and what describes it all.
const OTHERS: [&str; 3] = [STREAM, METRICS, OPENAPI];

/// Every path that is described; with [`DOCS`], every one that is answered.
pub fn described() -> impl Iterator<Item = &'static str> {
    read().chain(ASKED)
}

/// Every path that is described and read, by GET.
pub fn read() -> impl Iterator<Item = &'static str> {
    FIGURES.into_iter().chain(MOMENTARY).chain(OTHERS)
}

/// Every path that is described and wants somebody who is signed in, where one signs in.
pub fn guarded() -> impl Iterator<Item = &'static str> {
    described().filter(|path| path.starts_with(GUARDED) && *path != SESSION)
}

/// The path of one call.
pub fn call(id: i64) -> String {
    CALL.replace("{id}", &id.to_string())
}
