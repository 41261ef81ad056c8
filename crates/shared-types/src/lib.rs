//! What crosses the wire between the dashboard's API and its page.
//!
//! One file a noun, serde and nothing else (and JSON values, for what callers made up). Shapes are a promise to clients: fields
//! are added, never renamed or dropped. Times are RFC 3339 strings in UTC with `Z`;
//! money is USD, rounded to the micro-dollar from exact decimals when it is printed;
//! durations are milliseconds.

mod activity;
mod call;
mod charts;
mod chat;
mod health;
pub mod paths;
mod problem;
mod range;
mod session;
mod stats;
mod status;
mod stream;

pub use activity::{Activity, ActivityPage, CallStatus};
pub use call::{CallDetail, Caller, Tokens};
pub use charts::{
    CostChart, CostSlice, ErrorBar, ErrorsChart, LatencyChart, LatencyPoint, QueriesChart,
    QueryPoint, Window,
};
pub use chat::{
    ChatAbout, ChatAnswer, ChatBackend, ChatDone, ChatFailure, ChatQuestion, ChatRole, ChatToken,
    ChatTurn, LONGEST_HISTORY, LONGEST_MESSAGE, chat_event,
};
pub use health::{Health, Readiness};
pub use problem::{Problem, ProblemCode};
pub use range::{ParseRangeError, Range};
pub use session::{Credentials, Me, Role, Session, SignIn};
pub use stats::{HourOfToday, Stats, Yesterday};
pub use status::{HubState, Status};
pub use stream::{ActivityDelta, Delta, SeriesDelta, Snapshot, Timed, event};

/// The name shown for calls that touched no MCP server.
pub const UNATTRIBUTED: &str = "Unattributed";

/// The name under which MCP servers beyond the 200 busiest of a window are summed up.
pub const OTHER: &str = "Other";
