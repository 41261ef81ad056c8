//! What the follower has counted: everything that answers are folded from.

use std::collections::HashMap;

use shared_types::{HubState, Readiness, Status};
use timeline::{HOUR, Micros, Timeline};

use super::digests::Digests;
use super::gaps::Gaps;
use super::newest::Newest;
use super::rows::{Seen, rfc3339};
use super::{LiveError, Options};
use crate::store::{Generation, Servers, Users};

/// What goes on at start, unless something else is prepared.
const HISTORY: &str = "history is being read";

/// Rows younger than this are always told from memory, whatever the window.
const LATELY: Micros = 48 * HOUR;

/// The state behind every answer. One follower writes it, everybody reads it.
pub(super) struct Figures {
    pub(super) timeline: Timeline,
    pub(super) digests: Digests,
    pub(super) newest: Newest,
    pub(super) emails: HashMap<i64, Option<String>>,
    pub(super) servers: Option<Servers>,
    pub(super) users: Option<Users>,
    /// The highest id counted.
    pub(super) high: i64,
    pub(super) gaps: Gaps,
    pub(super) generation: Option<Generation>,
    /// What goes on before the table can be followed.
    pub(super) preparing: Option<String>,
    pub(super) progress: f64,
    /// History is read from here on.
    pub(super) reached: Micros,
    /// Enough is counted to answer about today and yesterday.
    pub(super) answers: bool,
    pub(super) condition: Condition,
    /// Grows when a row came, changed or went that is older than what memory tells in minutes.
    pub(super) disturbed: u64,
    /// Grows with every change: equal versions fold to equal answers.
    pub(super) version: u64,
    pub(super) rows_seen: u64,
    pub(super) last_poll: Option<Micros>,
}

/// How the connection to the database is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Condition {
    /// Since when it is away.
    pub(super) stale_since: Option<Micros>,
    /// What is wrong, for people.
    pub(super) detail: Option<String>,
    /// The schema is at fault, not the connection.
    pub(super) schema: bool,
}

impl Figures {
    pub(super) fn new(options: &Options) -> Figures {
        Figures {
            timeline: Timeline::new(options.history_days),
            digests: Digests::default(),
            newest: Newest::default(),
            emails: HashMap::new(),
            servers: None,
            users: None,
            high: 0,
            gaps: Gaps::default(),
            generation: None,
            preparing: None,
            progress: 0.0,
            reached: Micros::MAX,
            answers: false,
            condition: Condition::default(),
            disturbed: 0,
            version: 0,
            rows_seen: 0,
            last_poll: None,
        }
    }

    /// Forgets every row, before history is read anew.
    pub(super) fn clear(&mut self, options: &Options) {
        self.timeline = Timeline::new(options.history_days);
        self.digests = Digests::default();
        self.newest = Newest::default();
        self.high = 0;
        self.gaps = Gaps::default();
        self.progress = 0.0;
        self.reached = Micros::MAX;
        self.disturbed += 1;
        self.answers = false;
        self.version += 1;
    }

    /// Counts one new row.
    pub(super) fn count(&mut self, now: Micros, call: Seen) {
        self.touched(now, call.at);
        self.digests.forget_at(call.at);
        call.counted(|counted| self.timeline.add(now, counted));
        self.newest.put(call);
        self.rows_seen += 1;
    }

    /// Notes that something happened to a row of that time.
    pub(super) fn touched(&mut self, now: Micros, at: Micros) {
        self.disturbed += u64::from(at < now - LATELY);
    }

    /// The first moment of the history that is read and held.
    pub(super) fn begins(&self, now: Micros) -> Micros {
        self.timeline.reaches_back_to(now).max(self.reached)
    }

    /// Whether the e-mail of this user is known already.
    pub(super) fn knows_user(&self, id: i64) -> bool {
        self.emails.contains_key(&id)
    }

    pub(super) fn email(&self, user: Option<i64>) -> Option<&str> {
        self.emails.get(&user?)?.as_deref()
    }

    pub(super) fn costs_estimated(&self) -> bool {
        self.generation == Some(Generation::B)
    }

    pub(super) fn stale_since(&self) -> Option<String> {
        self.condition.stale_since.map(rfc3339)
    }

    pub(super) fn is_live(&self) -> bool {
        self.condition.stale_since.is_none() && self.progress >= 1.0
    }

    /// The state, for people.
    pub(super) fn status(&self, options: &Options) -> Status {
        let state = if self.condition.stale_since.is_some() {
            HubState::Stale
        } else if self.progress < 1.0 {
            HubState::Warming
        } else {
            HubState::Live
        };
        Status {
            state,
            progress: self.progress,
            stale_since: self.stale_since(),
            source: options.source.clone(),
            generation: self.generation.map(|generation| generation.to_string()),
            time_zone: options.hub_tz.clone(),
            version: env!("CARGO_PKG_VERSION").to_owned(),
            detail: self
                .condition
                .detail
                .clone()
                .or_else(|| self.preparing.clone()),
            costs_estimated: self.costs_estimated(),
            has_figures: self.answers,
        }
    }

    /// Why there is no answer yet.
    pub(super) fn refusal(&self) -> LiveError {
        match &self.condition.detail {
            Some(detail) if self.condition.schema => LiveError::Schema(detail.clone()),
            Some(detail) => LiveError::Unavailable(detail.clone()),
            None => LiveError::Warming {
                what: self.preparing.as_deref().unwrap_or(HISTORY).to_owned(),
                percent: percent(self.progress),
            },
        }
    }

    /// Readiness, for operators.
    pub(super) fn readiness(&self) -> Readiness {
        let reason = match (&self.condition.detail, self.condition.stale_since) {
            (Some(detail), Some(since)) if self.condition.schema => {
                Some(format!("{detail} (since {})", rfc3339(since)))
            }
            (detail, Some(since)) => Some(format!(
                "database unreachable since {}: {}",
                rfc3339(since),
                detail.as_deref().unwrap_or("no answer")
            )),
            (_, None) if self.progress < 1.0 => {
                let what = self.preparing.as_deref().unwrap_or(HISTORY);
                Some(format!(
                    "warming: {what}, {} % so far",
                    percent(self.progress)
                ))
            }
            _ => None,
        };
        Readiness {
            ready: reason.is_none(),
            reason,
            progress: self.progress,
        }
    }
}

/// Whole percent of a part from 0 to 1.
pub(super) fn percent(part: f64) -> u8 {
    let percent = (part.clamp(0.0, 1.0) * 100.0).floor();
    // In 0..=100 by the clamp above.
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "clamped"
    )]
    let percent = percent as u8;
    percent
}
