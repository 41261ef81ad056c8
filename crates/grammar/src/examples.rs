//! Questions that are understood, whatever the hub knows.

/// Questions to begin with.
pub const STARTERS: [&str; 6] = [
    "How are we doing today?",
    "Cost today vs yesterday",
    "Errors by server last 7 days",
    "Which server is slowest?",
    "Who spent most this week?",
    "Last 5 failed calls",
];

/// Questions of one kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Kind {
    /// What they ask about, for people.
    pub about: &'static str,
    /// Some of them.
    pub examples: &'static [&'static str],
}

/// What can be asked, by kind.
pub const HELP: &[Kind] = &[
    Kind {
        about: "Today at a glance",
        examples: &["how are we doing?", "summary"],
    },
    Kind {
        about: "Queries, errors, error rate and cost of any time",
        examples: &[
            "how many queries today?",
            "error rate in the last 24 hours",
            "how much did we spend this month?",
            "cost per query yesterday",
        ],
    },
    Kind {
        about: "How quick the answers are",
        examples: &["p95 this week", "how slow were we yesterday morning?"],
    },
    Kind {
        about: "By server, tool, user or time",
        examples: &[
            "errors by server last 7 days",
            "queries per tool today",
            "cost by user this month",
            "queries by hour yesterday",
        ],
    },
    Kind {
        about: "The most and the least",
        examples: &[
            "which tool fails most?",
            "top 5 users by cost this week",
            "busiest hour yesterday",
        ],
    },
    Kind {
        about: "Comparisons with the period before",
        examples: &[
            "cost today vs yesterday",
            "how did errors change this week?",
        ],
    },
    Kind {
        about: "Single calls",
        examples: &[
            "last 10 calls",
            "slowest calls today",
            "calls that mention \"timeout\"",
            "what happened in call 123?",
        ],
    },
    Kind {
        about: "Servers and users of the hub",
        examples: &["which servers are down?", "how many users are there?"],
    },
];
