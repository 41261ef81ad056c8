//! Comparing quarter-hours with the database, and putting right what differs.

use std::time::Duration;

use timeline::{Micros, QUARTER, Span, Timeline};
use tokio::time::Instant;

use super::follow::Follower;
use super::recheck::AHEAD;
use super::rows;
use crate::store::{Reading, StoreError};

/// How long one poll may spend on comparing, so that new rows are never kept waiting.
const BUDGET: Duration = Duration::from_millis(200);

/// Rows that are read in one go: a quarter-hour with more is compared minute by minute.
const AT_ONCE: u64 = 10_000;

impl Follower {
    /// Compares the quarter-hours that are due. Whatever is new was counted before, from the
    /// same state of the database.
    pub(super) async fn compare(
        &mut self,
        reading: &mut Reading,
        now: Micros,
    ) -> Result<(), StoreError> {
        let began = Instant::now();
        while began.elapsed() < BUDGET {
            let Some(span) = self.due(now) else {
                break;
            };
            self.compare_one(reading, span, now).await?;
        }
        Ok(())
    }

    /// What is compared next: a quarter-hour, or of one with many rows a minute.
    fn due(&mut self, now: Micros) -> Option<Span> {
        let recheck = self.recheck.as_mut()?;
        let span = recheck.due(now)?;
        let timeline = &self.shared.figures.read().timeline;
        if is_within_a_quarter(span)
            || timeline.tally(span).queries <= AT_ONCE
            || !timeline.is_in_minutes(span.from)
        {
            return Some(span);
        }
        recheck.in_minutes(span);
        recheck.due(now)
    }

    /// Compares a quarter-hour or a minute with the database.
    async fn compare_one(
        &self,
        reading: &mut Reading,
        span: Span,
        now: Micros,
    ) -> Result<(), StoreError> {
        let digest = reading.digest(span.from, span.to).await?;
        if let Some(digest) = &digest
            && self.shared.figures.read().digests.knows(span, digest)
        {
            return Ok(());
        }
        let fresh = self.read_anew(reading, span, now).await?;
        self.shared.change(|figures| {
            let replaced = if is_within_a_quarter(span) {
                figures.timeline.replace_minutes(span, fresh)
            } else {
                Some(figures.timeline.replace(span, fresh))
            };
            let Some(differed) = replaced else {
                // Held in minutes no more: it is compared as a whole when its turn comes.
                return;
            };
            if differed {
                tracing::debug!(
                    from = span.from,
                    to = span.to,
                    "what was counted differed from the database"
                );
                figures.touched(now, span.from);
                figures.version += 1;
            }
            // Of what is further ahead, not every row is held yet.
            match digest.filter(|_| span.to <= now + AHEAD) {
                Some(digest) => figures.digests.learn(span, digest),
                None => figures.digests.forget(span),
            }
            figures
                .digests
                .forget_before(self.shared.history_starts(now));
        });
        Ok(())
    }

    /// What a stretch of time is folded to from the rows that the database has.
    pub(super) async fn read_anew(
        &self,
        reading: &mut Reading,
        span: Span,
        now: Micros,
    ) -> Result<Timeline, StoreError> {
        let mut fresh = Timeline::new(self.shared.options.history_days);
        let price = self.shared.options.price;
        reading
            .span(span.from, span.to, |row| {
                rows::passing(row, price, |call| {
                    fresh.add(now, call);
                });
            })
            .await?;
        Ok(fresh)
    }
}

fn is_within_a_quarter(span: Span) -> bool {
    span.to - span.from < QUARTER
}
