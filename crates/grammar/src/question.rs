//! Questions that the figures can answer.

use timeline::{BucketSize, Micros, Range};

/// What became of a message.
#[derive(Clone, Debug, PartialEq)]
pub enum Understood {
    /// A question, and what was taken for granted in reading it, for people: `"databse" read
    /// as "Database MCP"`.
    Question {
        /// The question.
        question: Question,
        /// What was taken for granted, one short sentence each.
        assumed: Vec<String>,
    },
    /// Somebody asks what can be asked.
    Help,
    /// A greeting or thanks: nothing is asked.
    Courtesy,
    /// Not understood.
    Nothing {
        /// What in the message made no sense, when that can be said: a name that nobody has, for
        /// instance.
        unknown: Vec<String>,
        /// Questions near to it that would be understood.
        nearest: Vec<String>,
    },
}

/// What is asked.
#[derive(Clone, Debug, PartialEq)]
pub enum Question {
    /// Figures of a time, all together or by something.
    Figures(Figures),
    /// Single calls.
    Calls(Calls),
    /// One call with all its fields.
    Call {
        /// Its id.
        id: i64,
    },
    /// The MCP servers that the hub knows: how many, switched on or off, how healthy.
    Servers {
        /// Only this one, as the hub spells it.
        only: Option<String>,
        /// Only those that are not well.
        unwell: bool,
    },
    /// How many users the hub knows.
    Users,
    /// Today at a glance: what the stat cards show.
    Today,
}

/// Figures of a time.
#[derive(Clone, Debug, PartialEq)]
pub struct Figures {
    /// What is counted, the one that matters most first. Never empty.
    pub measures: Vec<Measure>,
    /// One row for each of these.
    pub by: Option<By>,
    /// How long the buckets of [`By::Time`] are to be, where somebody said it (`per day`); the
    /// window's own when none.
    pub step: Option<BucketSize>,
    /// Which calls count.
    pub filter: Filter,
    /// Of which time.
    pub when: When,
    /// Compare with the period before it.
    pub compare: bool,
    /// How rows stand when there is something to list by.
    pub order: Order,
}

/// What is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Measure {
    /// Queries (audit rows).
    Queries,
    /// Errors, blocked calls included.
    Errors,
    /// Errors of queries, in percent.
    ErrorRate,
    /// USD.
    Cost,
    /// USD a query.
    CostPerQuery,
    /// The median of durations.
    P50,
    /// The 95th percentile of durations.
    P95,
    /// The 99th percentile of durations.
    P99,
}

/// What figures are listed by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum By {
    /// MCP server.
    Server,
    /// Tool.
    Tool,
    /// User.
    User,
    /// The window's own buckets.
    Time,
}

/// How rows stand.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Order {
    /// By which of the measures; the first when none.
    pub by: Option<Measure>,
    /// From the least.
    pub ascending: Ascending,
    /// How many rows are wanted: `top 5`. `which server is slowest?` wants 1.
    pub limit: Option<u16>,
}

/// Whether the least come first.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Ascending {
    /// The most come first.
    #[default]
    No,
    /// The least come first.
    Yes,
}

/// Which calls count. What is absent does not restrict.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// Those that touched this MCP server, as the hub spells it (`Unattributed`: none).
    pub server: Option<String>,
    /// Those that called this tool, as the hub spells it, without the server's name.
    pub tool: Option<String>,
    /// Those by this user: the e-mail address.
    pub user: Option<String>,
    /// Those that ended so.
    pub outcome: Option<Outcome>,
    /// Those that say this somewhere: what stood in quotation marks.
    pub text: Option<String>,
}

/// How a call ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Outcome {
    /// It worked.
    Success,
    /// It worked, with a warning.
    Warning,
    /// It failed.
    Failed,
    /// Policy refused it.
    Blocked,
    /// It failed or was refused: what counts as an error.
    Error,
}

/// Single calls.
#[derive(Clone, Debug, PartialEq)]
pub struct Calls {
    /// Which.
    pub filter: Filter,
    /// Of which time; none: whenever.
    pub when: Option<When>,
    /// The slowest first ([`Measure::P50`]), the dearest first ([`Measure::Cost`]); none: the newest.
    pub by: Option<Measure>,
    /// How many, 1 to 50.
    pub limit: u16,
}

/// A time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum When {
    /// A named range, with the very window that the page shows for it: `today`, `last 24
    /// hours`, `last 7 days`.
    Range(Range),
    /// Yesterday, from midnight to midnight.
    Yesterday,
    /// From one moment to another, resolved in the asker's time zone; to the running minute
    /// when the second lies in the future.
    Between {
        /// First moment.
        from: Micros,
        /// First moment after it.
        to: Micros,
    },
}
