//! Reading history at start: newest first, from one state of the database, while new
//! rows are counted as they come.
//!
//! One transaction stays open throughout, so all of history is as of one moment; rows
//! above its highest id, and rows that were not visible in it, come by polling. Nothing
//! is in both, so nothing is counted twice.

use timeline::{HOUR, MINUTES_KEPT, Micros, QUARTER, Span, Timeline};
use tokio::time::Instant;

use super::follow::Follower;
use super::rows;
use crate::store::{Pulse, Reading, Speaking, StoreError};

/// What is read at a time: some seconds' worth even of the busiest hub...
const CHUNK: Micros = 6 * HOUR;
/// ...and at most, where there are few rows...
const LONGEST_CHUNK: Micros = 48 * HOUR;
/// ...which is fewer than that at a time.
const FEW: u64 = 20_000;
/// How far ahead of time rows are counted.
const AHEAD: Micros = 24 * HOUR;
/// Ids among which gaps are always looked for. Older gaps only matter while a transaction
/// that may fill them still runs.
const RECENT_IDS: i64 = 100_000;

impl Follower {
    /// Reads history, from now backwards, and polls in between.
    pub(super) async fn load(&mut self, speaking: &Speaking) -> Result<(), StoreError> {
        let now = (self.shared.clock)();
        let (mut base, pulse) = speaking.look().await?;
        let gaps = known_gaps(&mut base, pulse).await?;
        self.shared.change(|figures| {
            figures.clear(&self.shared.options);
            figures.high = pulse.max_id;
            for (low, high) in gaps {
                figures.gaps.open(low, high, pulse.xmax, now);
            }
        });
        self.read_newest(&mut base, now).await?;
        let begins = self.shared.history_starts(now);
        let mut chunks = Chunks::new(begins, now);
        let mut polled = None::<Instant>;
        while let Some(chunk) = chunks.next() {
            let (piece, rows) = self.read_chunk(&mut base, chunk, now).await?;
            chunks.held(rows);
            self.shared.change(|figures| {
                figures.timeline.merge(piece);
                figures.reached = chunk.from;
                figures.progress = progress(begins, now, chunk.from);
                // Today and yesterday are there, in whatever time zone: the cards are right.
                figures.answers |= chunk.from <= now - MINUTES_KEPT || chunk.from <= begins;
                figures.version += 1;
            });
            // At once for the first time: servers and users are counted with it.
            let pause = self.shared.options.poll;
            if polled.is_none_or(|polled| polled.elapsed() >= pause) {
                self.poll(speaking).await?;
                polled = Some(Instant::now());
            }
        }
        base.close().await?;
        // What has come meanwhile, and only then all is there.
        self.poll(speaking).await?;
        self.begin_rechecks((self.shared.clock)());
        self.shared.change(|figures| {
            figures.progress = 1.0;
            figures.version += 1;
        });
        tracing::info!("history is read");
        Ok(())
    }

    async fn read_chunk(
        &self,
        base: &mut Reading,
        chunk: Span,
        now: Micros,
    ) -> Result<(Timeline, u64), StoreError> {
        let mut piece = Timeline::new(self.shared.options.history_days);
        let price = self.shared.options.price;
        let mut seen = 0_u64;
        base.span(chunk.from, chunk.to, |row| {
            rows::passing(row, price, |call| {
                piece.add(now, call);
                seen += 1;
            });
        })
        .await?;
        self.shared.change(|figures| figures.rows_seen += seen);
        Ok((piece, seen))
    }
}

/// Ids that are missing in this state of the database and may still come.
async fn known_gaps(base: &mut Reading, pulse: Pulse) -> Result<Vec<(i64, i64)>, StoreError> {
    let transactions_run = pulse.xmin < pulse.xmax;
    let above = if transactions_run {
        0
    } else {
        pulse.max_id.saturating_sub(RECENT_IDS).max(0)
    };
    base.gaps(above).await
}

/// Spans from what lies ahead back to the beginning of history, newest first.
struct Chunks {
    begins: Micros,
    next: Span,
    length: Micros,
}

impl Chunks {
    fn new(begins: Micros, now: Micros) -> Chunks {
        let ends = ((now + AHEAD).div_euclid(QUARTER) + 1) * QUARTER;
        // The first one holds all that lies ahead, which is next to nothing, and the last hours.
        let first = (now.div_euclid(HOUR) - 5) * HOUR;
        Chunks {
            begins,
            next: Span {
                from: first.max(begins),
                to: ends,
            },
            length: CHUNK,
        }
    }

    fn next(&mut self) -> Option<Span> {
        let span = self.next;
        self.next = Span {
            from: (span.from - self.length).max(self.begins),
            to: span.from,
        };
        (span.to > self.begins).then_some(span)
    }

    /// The one that was told last held so many rows. Where there are few, more is read at once.
    fn held(&mut self, rows: u64) {
        self.length = if rows < FEW {
            (self.length * 2).min(LONGEST_CHUNK)
        } else {
            CHUNK
        };
        self.next.from = (self.next.to - self.length).max(self.begins);
    }
}

fn progress(begins: Micros, now: Micros, reached: Micros) -> f64 {
    let whole = (now - begins).max(1) as f64;
    ((now - reached) as f64 / whole).clamp(0.0, 0.999)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(begins: Micros, now: Micros, rows: u64) -> Vec<Span> {
        let mut chunks = Chunks::new(begins, now);
        let mut spans = Vec::new();
        while let Some(span) = chunks.next() {
            chunks.held(rows);
            spans.push(span);
        }
        spans
    }

    #[test]
    fn an_empty_hub_is_read_in_a_few_steps() {
        let now = 1_767_225_600_123_456;
        let begins = (now - 32 * 24 * HOUR).div_euclid(QUARTER) * QUARTER;
        let spans = all(begins, now, 0);
        assert!(spans.len() < 20, "{}", spans.len());
        assert_eq!(spans.last().unwrap().from, begins);
        for pair in spans.windows(2) {
            assert_eq!(pair[0].from, pair[1].to);
        }
    }

    #[test]
    fn chunks_are_whole_quarters_newest_first_and_leave_no_hole() {
        let now = 1_767_225_600_123_456;
        let begins = (now - 30 * 24 * HOUR).div_euclid(QUARTER) * QUARTER;
        let spans = all(begins, now, FEW);
        assert!(spans.first().unwrap().to > now + AHEAD);
        assert_eq!(spans.last().unwrap().from, begins);
        for pair in spans.windows(2) {
            assert_eq!(pair[0].from, pair[1].to);
        }
        for span in &spans {
            assert_eq!((span.from % QUARTER, span.to % QUARTER), (0, 0));
        }
        assert!(
            progress(begins, now, begins) < 1.0,
            "not before the last look"
        );
        assert!(progress(begins, now, spans[3].from) < progress(begins, now, spans[9].from));
    }
}
