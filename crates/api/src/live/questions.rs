//! What can be asked of the figures, and why there may be no answer.

use shared_types::{CallStatus, Range};
use timeline::{BucketSize, Micros, WindowError};

use super::Audience;
use crate::store::StoreError;

/// Which chart is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Chart {
    /// Queries over time.
    Queries,
    /// Cost by MCP server.
    Cost,
    /// Response-time percentiles.
    ResponseTimes,
    /// Errors by MCP server.
    Errors,
}

/// Which window is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum WindowSpec {
    /// A named range.
    Named(Range),
    /// From one moment to another, microseconds since the epoch.
    Between {
        /// First moment.
        from: Micros,
        /// First moment after it; none is now.
        to: Option<Micros>,
        /// Bucket size, when asked for.
        bucket: Option<BucketSize>,
    },
}

/// Which page is asked for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct View {
    /// The window of every chart; none: each chart's own default.
    pub window: Option<WindowSpec>,
    /// Points of the charts over time tell what they are compared with.
    pub compare: bool,
    /// Who looks at it.
    pub audience: Audience,
}

impl View {
    /// What its charts show, which is the same whoever looks.
    pub(super) fn charts(self) -> View {
        View {
            audience: Audience::default(),
            ..self
        }
    }

    /// Whether it has a window of its own, which few others ask for.
    pub(super) fn is_own(self) -> bool {
        matches!(self.window, Some(WindowSpec::Between { .. }))
    }
}

/// Which calls are asked for. Everything that is absent does not restrict.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct ActivityQuery {
    /// How many at most, 1 to 500.
    pub limit: u16,
    /// Where the page begins: what an earlier page answered as `next`.
    pub cursor: Option<String>,
    /// Begin after (older than) this row.
    pub before_id: Option<i64>,
    /// The call touched this MCP server (`Unattributed`: none).
    pub mcp: Option<String>,
    /// It ended so.
    pub status: Option<CallStatus>,
    /// It was an error.
    pub errors_only: bool,
    /// Asked by the user with this e-mail address.
    pub user: Option<String>,
    /// Its action, tool, MCP or error contains this text, whatever the case.
    pub text: Option<String>,
    /// Not before this moment.
    pub from: Option<Micros>,
    /// Before this moment.
    pub to: Option<Micros>,
}

/// Numbers for `/metrics`.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Gauges {
    /// Rows counted since the start.
    pub rows_seen: u64,
    /// Gaps in ids that may still be filled.
    pub open_gaps: u64,
    /// Event streams that are open.
    pub subscribers: u64,
    /// Event streams closed because their reader was slow.
    pub subscribers_dropped: u64,
    /// Readings of the database.
    pub database_queries: u64,
    /// Times that the database could not be followed.
    pub database_errors: u64,
    /// Seconds since the last poll that went well; none before the first.
    pub last_poll_age_seconds: Option<f64>,
    /// Part of history read, 0 to 1.
    pub progress: f64,
    /// Everything is read and the table is followed.
    pub live: bool,
}

/// Why there is no answer.
#[derive(Debug, thiserror::Error)]
pub enum LiveError {
    /// Today is not read yet.
    #[error("{what}: {percent} % so far")]
    Warming {
        /// What goes on, for people.
        what: String,
        /// Part read so far.
        percent: u8,
    },
    /// The database is away and there are no figures to fall back on.
    #[error("{0}")]
    Unavailable(String),
    /// The database lacks what the dashboard needs.
    #[error("{0}")]
    Schema(String),
    /// More streams than the API carries.
    #[error("{0} event streams are open already")]
    TooManyStreams(usize),
    /// The row to begin at is gone.
    #[error("the row that this page begins at is gone")]
    CursorGone,
    /// There is no call with this id.
    #[error("there is no call with this id")]
    CallNotFound,
    /// The cursor is not one of ours.
    #[error("not a cursor that this API gave out")]
    BadCursor,
    /// The window makes no sense.
    #[error(transparent)]
    Window(#[from] WindowError),
    /// The database took too long.
    #[error("the database took too long")]
    Timeout,
    /// The database is busy with the questions of others.
    #[error("the database is busy with other questions")]
    Busy,
    /// A mistake of ours.
    #[error("{0}")]
    Internal(String),
}

impl From<StoreError> for LiveError {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Timeout(_) => LiveError::Timeout,
            StoreError::Busy => LiveError::Busy,
            StoreError::Schema(_) => LiveError::Schema(error.to_string()),
            StoreError::Unreachable(_) | StoreError::Address(_) => {
                LiveError::Unavailable(error.to_string())
            }
            StoreError::Refused(_) => LiveError::Internal(error.to_string()),
        }
    }
}
