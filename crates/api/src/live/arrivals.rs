//! Counting rows that are new: each once, whatever the order in which they were committed.

use timeline::{Micros, running_minute_end};

use super::follow::Follower;
use crate::store::{Pulse, Reading, StoreError};

/// Rows of one batch: what is held at once between the database and the timeline.
const BATCH: i64 = 2_000;

impl Follower {
    /// Counts rows above the highest id, and rows that fill a gap below it.
    pub(super) async fn count_new(
        &mut self,
        reading: &mut Reading,
        pulse: Pulse,
        now: Micros,
    ) -> Result<(), StoreError> {
        let (mut high, mut open) = {
            let figures = self.shared.figures.read();
            (figures.high, figures.gaps.intervals())
        };
        if pulse.max_id < high {
            self.put_back(pulse, now);
            high = pulse.max_id;
        }
        while high < pulse.max_id {
            let rows = reading.above(high, BATCH).await?;
            let Some(last) = rows.last().map(|row| row.id) else {
                break;
            };
            self.learn_emails(reading, &rows).await?;
            self.shared.change(|figures| {
                for row in &rows {
                    figures
                        .gaps
                        .open(figures.high + 1, row.id - 1, pulse.xmax, now);
                    figures.high = row.id;
                    self.shared.count(figures, now, row);
                }
                figures.newest.trim(running_minute_end(now));
                figures.version += 1;
            });
            high = last;
        }
        while !open.is_empty() {
            let rows = reading.within(&open, BATCH).await?;
            if rows.is_empty() {
                break;
            }
            self.learn_emails(reading, &rows).await?;
            open = self.shared.change(|figures| {
                for row in &rows {
                    if figures.gaps.fill(row.id) {
                        self.shared.count(figures, now, row);
                    }
                }
                figures.newest.trim(running_minute_end(now));
                figures.version += 1;
                figures.gaps.intervals()
            });
        }
        Ok(())
    }

    /// The highest id went down: an older state was restored, or the newest rows are gone.
    /// What was counted is compared with the database from end to end.
    fn put_back(&mut self, pulse: Pulse, now: Micros) {
        tracing::warn!(
            max_id = pulse.max_id,
            "the audit log went back; comparing all of it"
        );
        self.shared.change(|figures| {
            figures.high = pulse.max_id;
            figures.gaps.truncate(pulse.max_id);
        });
        if let Some(recheck) = &mut self.recheck {
            recheck.everything(now);
        }
        self.newest_due = 0;
    }
}
