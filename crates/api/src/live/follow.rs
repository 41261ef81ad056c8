//! The follower: one reader of the audit log for everybody who watches.
//!
//! It polls. Where nothing is expected, a poll only glances at the highest id. Any other, and one
//! whose glance found another id, looks at one state of the database: rows above the highest id,
//! rows that fill a gap below it, then, when they are due, quarter-hours to compare and the
//! newest calls to read again. Since all of a look comes from one snapshot in which the
//! new rows are counted first, reading a quarter-hour anew neither misses nor doubles one.

use std::sync::Arc;
use std::time::Duration;

use timeline::Micros;
use tokio::time::Instant;
use tokio_util::sync::CancellationToken;

use super::advice::advice;
use super::feed::NEWEST_EVERY;
use super::figures::Condition;
use super::kept;
use super::recheck::Recheck;
use super::shared::Shared;
use crate::store::{Generation, Pulse, Speaking, StoreError};

const FIRST_BACKOFF: Duration = Duration::from_millis(250);
const LONGEST_BACKOFF: Duration = Duration::from_secs(5);

/// Follows the table until told to stop.
pub(super) struct Follower {
    pub(super) shared: Arc<Shared>,
    stop: CancellationToken,
    pub(super) recheck: Option<Recheck>,
    generation: Option<Generation>,
    pub(super) counts_due: Micros,
    pub(super) newest_due: Micros,
    pub(super) emails_due: Micros,
    pub(super) keep_due: kept::Due,
    speaking: Option<Speaking>,
    /// The last look found rows: the next one likely does, too.
    found_some: bool,
}

impl Follower {
    pub(super) fn new(shared: Arc<Shared>, stop: CancellationToken) -> Follower {
        Follower {
            shared,
            stop,
            recheck: None,
            generation: None,
            counts_due: 0,
            newest_due: 0,
            emails_due: 0,
            keep_due: kept::Due::default(),
            speaking: None,
            found_some: false,
        }
    }

    /// Runs until stopped: connects, follows, and after any failure waits and begins again.
    pub(super) async fn run(mut self) {
        let mut backoff = FIRST_BACKOFF;
        let stop = self.stop.clone();
        loop {
            let failure = tokio::select! {
                () = stop.cancelled() => return self.leave().await,
                failure = self.session(&mut backoff) => failure,
            };
            self.away(&failure);
            tokio::select! {
                () = stop.cancelled() => return self.leave().await,
                () = tokio::time::sleep(backoff) => {}
            }
            backoff = (backoff * 2).min(LONGEST_BACKOFF);
        }
    }

    /// Keeps what was folded for the next start.
    async fn leave(&mut self) {
        if let Some(speaking) = self.speaking.take() {
            self.keep(&speaking).await;
        }
    }

    /// One connection's life; returns why it ended.
    async fn session(&mut self, backoff: &mut Duration) -> StoreError {
        match self.follow(backoff).await {
            Err(failure) => failure,
            Ok(never) => match never {},
        }
    }

    async fn follow(
        &mut self,
        backoff: &mut Duration,
    ) -> Result<std::convert::Infallible, StoreError> {
        let schema = self.shared.store.schema().await?;
        let speaking = self.shared.store.speak(&schema)?;
        self.arrive(&speaking);
        self.speaking = Some(speaking.clone());
        if self.recheck.is_none() {
            if !self.take_up(&speaking).await? {
                self.load(&speaking).await?;
            }
        } else if let Some(recheck) = &mut self.recheck {
            // While we were away anything may have happened to the recent rows.
            recheck.the_recent((self.shared.clock)());
            self.newest_due = 0;
        }
        loop {
            if self.has_lost() {
                tracing::warn!("the clock was ahead of itself; reading history again");
                self.recheck = None;
                self.load(&speaking).await?;
            }
            let began = Instant::now();
            self.poll(&speaking).await?;
            *backoff = FIRST_BACKOFF;
            self.keep_now_and_then(&speaking).await;
            tokio::time::sleep(self.rest(began.elapsed())).await;
        }
    }

    /// How long to wait after a poll that took so long: polls begin in an even rhythm, but never
    /// without a pause for a database that is slow.
    fn rest(&self, took: Duration) -> Duration {
        let poll = self.shared.options.poll;
        poll.saturating_sub(took).max(poll / 4)
    }

    /// Whether rows were forgotten that a clock which was ahead had made old before their time.
    fn has_lost(&self) -> bool {
        let now = (self.shared.clock)();
        self.shared.figures.read().timeline.has_lost(now)
    }

    /// Notes which schema was found; rows of another generation are counted anew.
    fn arrive(&mut self, speaking: &Speaking) {
        let generation = speaking.generation();
        *self.shared.speaking.write() = Some(speaking.clone());
        if self.generation == Some(generation) {
            return;
        }
        tracing::info!(
            %generation,
            users = speaking.knows_users(),
            source = self.shared.options.source,
            "the hub's schema is known"
        );
        self.generation = Some(generation);
        self.recheck = None;
        self.shared.change(|figures| {
            figures.generation = Some(generation);
            figures.version += 1;
        });
    }

    /// Says that the database is away, since the last poll that went well.
    fn away(&self, failure: &StoreError) {
        let now = (self.shared.clock)();
        self.shared
            .failures
            .fetch_add(1, std::sync::atomic::Ordering::Relaxed);
        self.shared.change(|figures| {
            let since = figures.condition.stale_since;
            let condition = Condition {
                stale_since: since.or(figures.last_poll).or(Some(now)),
                detail: Some(advice(failure)),
                schema: matches!(failure, StoreError::Schema(_)),
            };
            if figures.condition != condition {
                tracing::warn!(error = %failure, "the database cannot be followed");
                figures.condition = condition;
                figures.version += 1;
            }
        });
        self.shared.looked.send_replace(());
    }

    /// Reads one state of the database and counts what is new in it.
    pub(super) async fn poll(&mut self, speaking: &Speaking) -> Result<(), StoreError> {
        let now = (self.shared.clock)();
        if self.expects_nothing(now) {
            let pulse = speaking.glance().await?;
            if pulse.max_id == self.shared.figures.read().high {
                self.has_looked(pulse, now);
                return Ok(());
            }
        }
        let (mut reading, pulse) = speaking.look().await?;
        self.found_some = pulse.max_id != self.shared.figures.read().high;
        self.count_new(&mut reading, pulse, now).await?;
        if self.shared.figures.read().condition == Condition::default() {
            // Nobody waits for the rest to hear of new rows.
            self.shared.looked.send_replace(());
        }
        self.compare(&mut reading, now).await?;
        self.refresh(&mut reading, now).await?;
        reading.close().await?;
        self.has_looked(pulse, now);
        Ok(())
    }

    /// Whether likely nothing is new, and nothing else is due: then where the table stands is all
    /// that needs to be asked.
    fn expects_nothing(&self, now: Micros) -> bool {
        let nothing_due = |recheck: &Recheck| !recheck.is_due(now);
        !self.found_some
            && self.recheck.as_ref().is_some_and(nothing_due)
            && !self.is_refresh_due(now)
            && self.shared.figures.read().gaps.len() == 0
    }

    /// All that was new at `now` is counted.
    fn has_looked(&self, pulse: Pulse, now: Micros) {
        self.shared.change(|figures| {
            figures.gaps.close_ended(pulse.xmin, now);
            figures.timeline.advance(now);
            figures.last_poll = Some(now);
            if figures.condition != Condition::default() {
                tracing::info!("the database is followed again");
                figures.condition = Condition::default();
                figures.version += 1;
            }
        });
        self.shared.looked.send_replace(());
    }

    /// Begins the comparing, once history is read.
    pub(super) fn begin_rechecks(&mut self, now: Micros) {
        let history = now - self.shared.history_starts(now);
        self.recheck = Some(Recheck::new(history, now));
        self.newest_due = now + NEWEST_EVERY;
    }
}
