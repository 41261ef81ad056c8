//! A hub that goes on: requests in the generator's rhythm, health of servers,
//! rows forgotten when they are old. The same loop serves both databases.

use std::{collections::BTreeMap, future::Future, time::Duration};

use tokio::time::{Instant, sleep};
use tokio_util::sync::CancellationToken;

use crate::{AuditRow, DAY, HOUR, Now, SECOND, SimError, generator::Generator, traffic::Traffic};

/// How long rows are kept, in days.
pub const KEEP_DAYS: i64 = 30;

/// How often rows are forgotten.
const FORGET_EVERY: i64 = HOUR;
/// How often the health of servers is written.
const HEALTH_EVERY: i64 = 15 * SECOND;
/// The clock is looked at at least this often, in case it was set.
const LONGEST_NAP: Duration = Duration::from_secs(1);
/// Rows kept for a database that is busy, full or away; older ones are lost.
const MOST_WAITING: usize = 5_000;
/// The first and the longest pause after a failure; each doubles the last.
const BACKOFF: (Duration, Duration) = (Duration::from_millis(200), Duration::from_secs(30));
/// So many failures in a row make a server unhealthy.
const UNHEALTHY_AFTER: u32 = 3;

/// How a server fared in the calls seen.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Health {
    /// The end of its last call that succeeded, microseconds UTC.
    pub last_seen: Option<i64>,
    /// Failures since.
    pub consecutive_failures: u32,
}

impl Health {
    /// Fewer than three failures in a row.
    pub fn is_healthy(&self) -> bool {
        self.consecutive_failures < UNHEALTHY_AFTER
    }
}

/// Where a live hub writes.
pub trait Sink: Send {
    /// Writes rows, all or none.
    fn insert(&mut self, rows: &[AuditRow]) -> impl Future<Output = Result<(), SimError>> + Send;
    /// Writes how servers fare, as of `now` (microseconds UTC).
    fn health(
        &mut self,
        now: i64,
        servers: &BTreeMap<String, Health>,
    ) -> impl Future<Output = Result<(), SimError>> + Send;
    /// Forgets rows with a timestamp before `before`, in bounded batches.
    fn forget(&mut self, before: i64) -> impl Future<Output = Result<u64, SimError>> + Send;
}

/// Writes live rows until told to stop. Failures of the database are logged and
/// tried again with growing pauses; they end nothing.
pub async fn run(sink: impl Sink, generator: Generator, now: Now, stop: CancellationToken) {
    let live = Live::new(sink, generator, now);
    // Dropped at its next pause: whatever transaction is open then is rolled back.
    stop.run_until_cancelled(live.go_on()).await;
}

struct Live<S> {
    sink: S,
    now: Now,
    traffic: Traffic,
    waiting: Vec<AuditRow>,
    servers: BTreeMap<String, Health>,
    next_health: i64,
    next_forget: i64,
    pause: Duration,
    not_before: Option<Instant>,
}

impl<S: Sink> Live<S> {
    fn new(sink: S, generator: Generator, now: Now) -> Self {
        let start = now();
        Self {
            sink,
            traffic: Traffic::new(generator, start),
            now,
            waiting: Vec::new(),
            servers: BTreeMap::new(),
            next_health: start,
            next_forget: start,
            pause: BACKOFF.0,
            not_before: None,
        }
    }

    async fn go_on(mut self) {
        loop {
            let now = (self.now)();
            self.collect(now);
            if self
                .not_before
                .is_none_or(|moment| Instant::now() >= moment)
            {
                match self.write(now).await {
                    Ok(()) => {
                        self.pause = BACKOFF.0;
                        self.not_before = None;
                    }
                    Err(error) => self.back_off(&error),
                }
            }
            sleep(self.nap()).await;
        }
    }

    /// Takes what has ended, and drops the oldest if too much waits.
    fn collect(&mut self, now: i64) {
        let ended = self.traffic.ended(now);
        for row in &ended {
            self.note_health(row);
        }
        self.waiting.extend(ended);
        let excess = self.waiting.len().saturating_sub(MOST_WAITING);
        if excess > 0 {
            self.waiting.drain(..excess);
            tracing::warn!(
                rows = excess,
                "simulated rows lost: the database takes none"
            );
        }
    }

    fn note_health(&mut self, row: &AuditRow) {
        // Of a request with several servers nobody can tell which one failed.
        let [Some(mcp)] = row.mcps.as_slice() else {
            return;
        };
        if row.was_blocked {
            return;
        }
        let health = self.servers.entry(mcp.clone()).or_default();
        if row.success {
            *health = Health {
                last_seen: Some(row.ended_at()),
                consecutive_failures: 0,
            };
        } else {
            health.consecutive_failures += 1;
        }
    }

    async fn write(&mut self, now: i64) -> Result<(), SimError> {
        if !self.waiting.is_empty() {
            self.sink.insert(&self.waiting).await?;
            self.waiting.clear();
        }
        if due(now, self.next_health, HEALTH_EVERY) {
            self.sink.health(now, &self.servers).await?;
            self.next_health = now + HEALTH_EVERY;
        }
        if due(now, self.next_forget, FORGET_EVERY) {
            let rows = self.sink.forget(now - KEEP_DAYS * DAY).await?;
            self.next_forget = now + FORGET_EVERY;
            tracing::debug!(rows, "forgot simulated rows older than {KEEP_DAYS} days");
        }
        Ok(())
    }

    fn back_off(&mut self, error: &SimError) {
        let retry_ms = self.pause.as_millis();
        tracing::warn!(%error, retry_ms, waiting = self.waiting.len(), "simulated hub cannot write");
        self.not_before = Some(Instant::now() + self.pause);
        self.pause = (self.pause * 2).min(BACKOFF.1);
    }

    /// Until the next request begins or ends, or the pause after a failure is over.
    fn nap(&self) -> Duration {
        let until_event = self.traffic.next_event() - (self.now)();
        let micros = u64::try_from(until_event).unwrap_or(0).max(1_000);
        let nap = Duration::from_micros(micros).min(LONGEST_NAP);
        match self.not_before {
            Some(moment) if !self.waiting.is_empty() => nap
                .min(moment.saturating_duration_since(Instant::now()))
                .max(BACKOFF.0 / 10),
            _ => nap,
        }
    }
}

/// Whether `next` has come, or the clock was set back by more than a period.
fn due(now: i64, next: i64, every: i64) -> bool {
    now >= next || next - now > every
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use tokio::sync::mpsc;

    use super::*;

    /// Tuesday 6 January 2026, 14:00 UTC: an office hour.
    const TUESDAY: i64 = 1_767_708_000 * SECOND;

    /// A database that is away for the first few writes.
    struct Moody {
        failures: u32,
        written: mpsc::UnboundedSender<Vec<AuditRow>>,
        failed: mpsc::UnboundedSender<Vec<AuditRow>>,
    }

    impl Sink for Moody {
        async fn insert(&mut self, rows: &[AuditRow]) -> Result<(), SimError> {
            if self.failures > 0 {
                self.failures -= 1;
                let _ = self.failed.send(rows.to_vec());
                return Err(SimError::Database(sqlx::Error::PoolTimedOut));
            }
            let _ = self.written.send(rows.to_vec());
            Ok(())
        }

        async fn health(
            &mut self,
            _now: i64,
            _servers: &BTreeMap<String, Health>,
        ) -> Result<(), SimError> {
            Ok(())
        }

        async fn forget(&mut self, _before: i64) -> Result<u64, SimError> {
            Ok(0)
        }
    }

    #[tokio::test]
    async fn rows_refused_by_the_database_are_written_once_it_is_back() {
        let start = Instant::now();
        let clock = move || TUESDAY + i64::try_from(start.elapsed().as_micros()).unwrap();
        let (written, mut seen) = mpsc::unbounded_channel();
        let (failed, mut refused) = mpsc::unbounded_channel();
        let stop = CancellationToken::new();
        let sink = Moody {
            failures: 2,
            written,
            failed,
        };
        let running = tokio::spawn(run(sink, Generator::new(8), Arc::new(clock), stop.clone()));
        let first = refused.recv().await.unwrap();
        let second = refused.recv().await.unwrap();
        let rows = seen.recv().await.unwrap();
        assert!(
            second.starts_with(&first),
            "what was refused is tried again"
        );
        assert!(rows.starts_with(&second), "and written in the end");
        stop.cancel();
        running.await.unwrap();
    }

    #[test]
    fn three_failures_in_a_row_make_a_server_unhealthy_until_a_success() {
        let (written, _) = mpsc::unbounded_channel();
        let (failed, _) = mpsc::unbounded_channel();
        let sink = Moody {
            failures: 0,
            written,
            failed,
        };
        let mut live = Live::new(sink, Generator::new(8), Arc::new(|| TUESDAY));
        let call = |success| AuditRow {
            at: TUESDAY,
            mcps: vec![Some("Git MCP".to_owned())],
            success,
            ..AuditRow::default()
        };
        for _ in 0..3 {
            assert!(live.servers.get("Git MCP").is_none_or(Health::is_healthy));
            live.note_health(&call(false));
        }
        assert!(!live.servers["Git MCP"].is_healthy());
        live.note_health(&call(true));
        let mended = Health {
            last_seen: Some(TUESDAY),
            consecutive_failures: 0,
        };
        assert_eq!(live.servers["Git MCP"], mended);
    }
}
