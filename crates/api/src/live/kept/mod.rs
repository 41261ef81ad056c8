//! Folded history in a file of our own, so that a restart need not read all rows again.
//!
//! What was kept is checked before it is used: it has to be whole, of this form, folded under
//! the same settings, and it has to fit the database, whose ids have not gone back and of
//! which a sample of quarter-hours, read anew, is equal. And it is never trusted: as soon as
//! figures are served from it, every quarter-hour is compared with the database.

mod file;
mod sample;

use std::io;
use std::sync::Arc;
use std::time::Duration;

use serde::{Deserialize, Serialize};
use timeline::{Micros, Timeline};
use tokio::time::Instant;

use super::follow::Follower;
use super::shared::Shared;
use crate::store::{Pulse, Reading, Speaking, StoreError};

/// How often history is kept.
const EVERY: Duration = Duration::from_mins(5);
/// With more ids than that to catch up with, reading newest first shows today sooner.
const FAR_BEHIND: i64 = 500_000;

/// What folded history depends on: under other terms the same rows fold to something else.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Terms {
    /// What is read of a row, as a hash.
    columns: u64,
    /// USD per million tokens.
    price: String,
    history_days: u32,
}

/// Where the follower was.
#[derive(Debug, Serialize, Deserialize)]
struct Place {
    terms: Terms,
    at: Micros,
    /// The highest id counted.
    high: i64,
    /// Ids below it that may still come, both ends in.
    gaps: Vec<(i64, i64)>,
}

/// When to keep history next.
#[derive(Debug, Default)]
pub(super) struct Due {
    next: Option<Instant>,
    /// The version of the figures that was kept last.
    kept: Option<u64>,
}

impl Follower {
    /// Keeps history if that is due.
    pub(super) async fn keep_now_and_then(&mut self, speaking: &Speaking) {
        let now = Instant::now();
        if self.keep_due.next.is_none_or(|due| due <= now) {
            self.keep_due.next = Some(now + EVERY);
            self.keep(speaking).await;
        }
    }

    /// Keeps history, if all of it is there and anything has come since. A folder that cannot be
    /// written to costs time at the next start, and nothing else.
    pub(super) async fn keep(&mut self, speaking: &Speaking) {
        let Some(file) = self.shared.options.keep.clone() else {
            return;
        };
        let version = Some(self.shared.figures.read().version);
        if self.recheck.is_none() || self.keep_due.kept == version {
            return;
        }
        let (shared, terms) = (Arc::clone(&self.shared), terms(&self.shared, speaking));
        let kept = tokio::task::spawn_blocking(move || {
            // Nobody but the follower writes figures, and it waits: readers are not held up.
            let figures = shared.figures.read();
            let place = Place {
                terms,
                at: (shared.clock)(),
                high: figures.high,
                gaps: figures.gaps.intervals(),
            };
            file::write(&file, &place, &figures.timeline)
        });
        match kept.await.map_err(io::Error::other).flatten() {
            Ok(bytes) => {
                tracing::debug!(bytes, "history is kept for the next start");
                self.keep_due.kept = version;
            }
            Err(error) => tracing::warn!(
                %error,
                "history could not be kept in STATE_DIR: the next start reads all of it again"
            ),
        }
    }

    /// Takes up what was kept, if it fits; whether it did.
    pub(super) async fn take_up(&mut self, speaking: &Speaking) -> Result<bool, StoreError> {
        let Some(file) = self.shared.options.keep.clone() else {
            return Ok(false);
        };
        let read = tokio::task::spawn_blocking(move || file::read(&file));
        let (place, timeline) = match read.await.map_err(io::Error::other).flatten() {
            Ok(Some(kept)) => kept,
            Ok(None) => return Ok(false),
            Err(error) => {
                tracing::info!(%error, "what was kept of history cannot be used");
                return Ok(false);
            }
        };
        let now = (self.shared.clock)();
        let (mut base, pulse) = speaking.look().await?;
        if let Some(why) = misfit(&place, &terms(&self.shared, speaking), pulse, now) {
            tracing::info!(why, "what was kept of history is not used");
            return Ok(false);
        }
        let Some(timeline) = self.sampled(&mut base, &place, timeline, now).await? else {
            tracing::info!("what was kept of history is not used: rows have changed");
            return Ok(false);
        };
        self.shared.change(|figures| {
            figures.clear(&self.shared.options);
            figures.timeline = timeline;
            figures.timeline.advance(now);
            figures.high = place.high;
            for (low, high) in &place.gaps {
                figures.gaps.open(*low, *high, pulse.xmax, now);
            }
        });
        self.read_newest(&mut base, now).await?;
        base.close().await?;
        // What has come since, and only then the figures are right.
        self.poll(speaking).await?;
        self.shared.change(|figures| {
            figures.reached = self.shared.history_starts(now);
            figures.progress = 1.0;
            figures.answers = true;
            figures.version += 1;
        });
        self.begin_rechecks((self.shared.clock)());
        if let Some(recheck) = &mut self.recheck {
            recheck.everything(now);
        }
        tracing::info!("history is taken up from where it was kept");
        Ok(true)
    }

    /// What was kept, when a sample of it is equal to what the database has.
    async fn sampled(
        &self,
        base: &mut Reading,
        place: &Place,
        mut kept: Timeline,
        now: Micros,
    ) -> Result<Option<Timeline>, StoreError> {
        let begins = self.shared.history_starts(now);
        for span in sample::quarters(begins, place.at, self.shared.options.epoch) {
            let fresh = self.read_anew(base, span, now).await?;
            if kept.replace(span, fresh) {
                return Ok(None);
            }
        }
        Ok(Some(kept))
    }
}

fn terms(shared: &Shared, speaking: &Speaking) -> Terms {
    Terms {
        columns: speaking.fingerprint(),
        price: shared.options.price.to_string(),
        history_days: shared.options.history_days,
    }
}

/// Why what was kept cannot be used, if it cannot.
fn misfit(place: &Place, terms: &Terms, pulse: Pulse, now: Micros) -> Option<&'static str> {
    if place.terms != *terms {
        Some("it was folded under other settings")
    } else if pulse.max_id < place.high {
        Some("the audit log went back")
    } else if pulse.max_id.saturating_sub(place.high) > FAR_BEHIND {
        Some("it is far behind")
    } else if now < place.at {
        Some("the clock went back")
    } else {
        None
    }
}
