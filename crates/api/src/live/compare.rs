//! Comparing quarter-hours with the database, and putting right what differs.

use std::time::Duration;

use timeline::{Micros, Span, Timeline};
use tokio::time::Instant;

use super::follow::Follower;
use super::recheck::AHEAD;
use super::rows;
use crate::store::{Reading, StoreError};

/// How long one poll may spend on comparing, so that new rows are never kept waiting.
const BUDGET: Duration = Duration::from_millis(200);

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
            let Some(span) = self.recheck.as_mut().and_then(|recheck| recheck.due(now)) else {
                break;
            };
            let digest = reading.digest(span.from, span.to).await?;
            if let Some(digest) = &digest
                && self.shared.figures.read().digests.knows(span.from, digest)
            {
                continue;
            }
            let fresh = self.read_anew(reading, span, now).await?;
            self.shared.change(|figures| {
                if figures.timeline.replace(span, fresh) {
                    tracing::debug!(
                        from = span.from,
                        "a quarter-hour differed from the database"
                    );
                    figures.touched(now, span.from);
                    figures.version += 1;
                }
                // Of what is further ahead, not every row is held yet.
                if let Some(digest) = digest.filter(|_| span.to <= now + AHEAD) {
                    figures.digests.learn(span.from, digest);
                }
                figures
                    .digests
                    .forget_before(self.shared.history_starts(now));
            });
        }
        Ok(())
    }

    /// What a quarter-hour is folded from the rows that the database has.
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
