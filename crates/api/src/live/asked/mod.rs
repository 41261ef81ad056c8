//! Questions in words answered with figures: those of the page where folds hold them, else
//! one bounded question to the database up to the same point, counted with the same code.
//!
//! What comes out are numbers with their names. Nothing here writes sentences.

mod calls;
mod filter;
mod folded;
mod folds;
mod names;
mod rows;
mod servers;
mod sum;
mod window;
mod written;

use std::sync::Arc;

use grammar::{By, Calls, Figures, Measure, Outcome};
use timeline::{Micros, Span, Zone};

use super::{Live, LiveError};

pub use calls::ToldCalls;
pub(super) use names::Kept;
pub use names::{Names, Person};
pub use servers::{Health, Server, Servers};
pub use sum::{Figure, Sum};
use window::Stretch;

/// Groups that are told apart in one answer; the others are summed up as `Other`.
const MOST_GROUPS: usize = 2_000;
/// What calls without a tool are listed under.
pub const NO_TOOL: &str = "No tool";
/// What calls that nobody asked for are listed under.
pub const NO_USER: &str = "No user";

/// Figures of a time.
#[derive(Clone, Debug, PartialEq)]
pub struct Told {
    /// The time, as it was widened to whole buckets.
    pub span: Span,
    /// All calls that count.
    pub total: Sum,
    /// One for each server, tool, user or bucket that was asked for, in the order asked for.
    /// Without the limit that was asked for.
    pub rows: Vec<Row>,
    /// What it is compared with.
    pub before: Option<Before>,
    /// How good the figures are.
    pub state: State,
    /// SQL that yields the same.
    pub sql: Option<String>,
}

/// One server, tool, user or bucket.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// What it is called; empty for a bucket.
    pub name: String,
    /// The bucket.
    pub span: Option<Span>,
    /// Its calls.
    pub sum: Sum,
    /// Its calls in the period that is compared with.
    pub before: Option<Sum>,
}

/// The period before.
#[derive(Clone, Debug, PartialEq)]
pub struct Before {
    /// When.
    pub span: Span,
    /// All calls that count.
    pub total: Sum,
}

/// How good the figures are.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct State {
    /// The time it is.
    pub now: Micros,
    /// Costs are derived from tokens.
    pub costs_estimated: bool,
    /// Since when the figures stand still because the database is away.
    pub stale_since: Option<Micros>,
    /// How much of history is read, 0 to 1.
    pub progress: f64,
}

/// What the stat cards show.
#[derive(Clone, Debug, PartialEq)]
pub struct Glance {
    /// Today.
    pub today: Told,
    /// MCP servers that are switched on, and all.
    pub servers: Option<(u64, u64)>,
    /// Users, and those of the last seven days.
    pub users: Option<(u64, u64)>,
}

/// The users that the hub knows.
#[derive(Clone, Debug, PartialEq)]
pub struct Users {
    /// All, and those of the last seven days; none where users cannot be read.
    pub counts: Option<(u64, u64)>,
    /// How good the figures are.
    pub state: State,
    /// SQL that counts them.
    pub sql: Option<String>,
}

impl Live {
    /// The time it is, by the clock that figures go by.
    pub fn now(&self) -> Micros {
        (self.shared.clock)()
    }

    /// Figures of a time.
    ///
    /// # Errors
    /// When history is not read yet, the time makes no sense, or the database is needed and
    /// does not answer in time.
    pub async fn figures(&self, asked: &Figures, zone: &Zone) -> Result<Told, LiveError> {
        let now = self.now();
        drop(self.shared.answering()?);
        let step = asked.step.filter(|_| asked.by == Some(By::Time));
        let stretch = Stretch::of(asked.when, step, now, zone)?;
        let folds = folded::holds(&self.shared, asked, &stretch)?;
        let mut told = if folds {
            folded::told(self, asked, &stretch, now).await?
        } else {
            rows::told(&self.shared, asked, &stretch, now).await?
        };
        sum::put_in_order(&mut told.rows, asked);
        told.sql = written::sums(&self.shared, asked, &stretch);
        Ok(told)
    }

    /// What the stat cards show.
    ///
    /// # Errors
    /// When today is not read yet.
    pub async fn glance(&self, zone: &Zone) -> Result<Glance, LiveError> {
        let asked = Figures {
            measures: vec![
                Measure::Queries,
                Measure::Cost,
                Measure::Errors,
                Measure::P95,
            ],
            by: None,
            step: None,
            filter: grammar::Filter::default(),
            when: grammar::When::Range(timeline::Range::Today),
            compare: true,
            order: grammar::Order::default(),
        };
        let today = self.figures(&asked, zone).await?;
        let figures = self.shared.answering()?;
        let count = |number: i64| u64::try_from(number).unwrap_or(0);
        Ok(Glance {
            today,
            servers: figures
                .servers
                .map(|servers| (count(servers.active), count(servers.total))),
            users: figures
                .users
                .map(|users| (count(users.total), count(users.new))),
        })
    }

    /// Single calls.
    ///
    /// # Errors
    /// As for figures.
    pub async fn calls(&self, asked: &Calls, zone: &Zone) -> Result<ToldCalls, LiveError> {
        calls::told(&self.shared, asked, zone).await
    }

    /// One call with all that may be told of it, and SQL that finds it.
    ///
    /// # Errors
    /// As for its details on the page.
    pub async fn one_call(
        &self,
        id: i64,
    ) -> Result<(shared_types::CallDetail, Option<String>), LiveError> {
        let detail = super::detail::detail(&self.shared, id).await?;
        Ok((detail, written::call(&self.shared, id)))
    }

    /// The MCP servers that the hub knows.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn servers(&self, only: Option<&str>) -> Result<Servers, LiveError> {
        servers::told(&self.shared, only).await
    }

    /// How many users the hub knows.
    ///
    /// # Errors
    /// When today is not read yet.
    pub fn users(&self) -> Result<Users, LiveError> {
        let figures = self.shared.answering()?;
        let count = |number: i64| u64::try_from(number).unwrap_or(0);
        let counts = figures
            .users
            .map(|users| (count(users.total), count(users.new)));
        let state = State::of(&figures, self.now());
        drop(figures);
        Ok(Users {
            counts,
            state,
            sql: written::users(&self.shared),
        })
    }

    /// What servers, tools and users are called; looked up again when it is some minutes old.
    ///
    /// # Errors
    /// When today is not read yet. While the database is away, what is known is told.
    pub async fn names(&self) -> Result<Arc<Names>, LiveError> {
        names::names(&self.shared).await
    }
}

impl State {
    pub(super) fn of(figures: &super::figures::Figures, now: Micros) -> State {
        State {
            now,
            costs_estimated: figures.costs_estimated(),
            stale_since: figures.condition.stale_since,
            progress: figures.progress,
        }
    }
}

/// Whether only errors are counted, which folds tell apart: but not what they cost and how
/// long they took.
fn counts_errors_only(asked: &Figures) -> bool {
    let counted = |measure: &Measure| matches!(measure, Measure::Queries | Measure::Errors);
    asked.filter.outcome == Some(Outcome::Error) && asked.measures.iter().all(counted)
}

/// Whether rows of the database are needed: folds know neither users nor tools.
fn wants_rows(asked: &Figures) -> bool {
    let filter = &asked.filter;
    let by_rows = matches!(asked.by, Some(By::User | By::Tool));
    let outcome = filter.outcome.is_some() && !counts_errors_only(asked);
    by_rows || outcome || filter.user.is_some() || filter.tool.is_some() || filter.text.is_some()
}
