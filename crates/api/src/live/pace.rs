//! When streams speak.

use std::time::Duration;

use tokio::sync::watch;
use tokio::time::{Instant, timeout_at};

/// How often at most, in the long run.
const PACE: Duration = Duration::from_secs(1);
/// How much sooner than that it may be after one that was late.
const LATE: Duration = Duration::from_millis(100);
/// How much longer an event waits for the next look at the database.
const PATIENCE: Duration = Duration::from_millis(600);

/// Once a second, right after a look at the database: what was found waits for nothing, so that
/// a row is told of within a second of its commit. Time alone moves windows on, too, and
/// "yesterday at this time" with them: where nobody looks, it is time all the same.
#[derive(Debug)]
pub(super) struct Pace {
    due: Instant,
}

impl Pace {
    /// From now on.
    pub(super) fn new() -> Pace {
        Pace {
            due: Instant::now() + PACE,
        }
    }

    /// Waits until it is time to speak.
    pub(super) async fn next(&mut self, looked: &mut watch::Receiver<()>) {
        let longest = self.due.max(Instant::now()) + PATIENCE;
        // Looks come by themselves: a timer until it is due would only wake it once more.
        while timeout_at(longest, looked.changed()).await.is_ok() {
            if Instant::now() >= self.due {
                break;
            }
        }
        // What was late does not make the next one late, too, which would then miss the look that
        // it is meant to follow.
        self.due = (self.due + PACE).max(Instant::now() + PACE - LATE);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Somebody looks every so many milliseconds from a moment on. When it was time to speak
    /// in the first 40 seconds, and how long after the look before, in milliseconds.
    async fn told(first: u64, every: u64) -> Vec<(u128, u128)> {
        let (looks, mut looked) = watch::channel(());
        let began = Instant::now();
        let looking = tokio::spawn(async move {
            let first = began + Duration::from_millis(first);
            let mut looking = tokio::time::interval_at(first, Duration::from_millis(every));
            loop {
                looking.tick().await;
                looks.send_replace(());
            }
        });
        let mut pace = Pace::new();
        let mut told = Vec::new();
        while began.elapsed() < Duration::from_secs(40) {
            pace.next(&mut looked).await;
            let at = began.elapsed().as_millis();
            let since = at.saturating_sub(u128::from(first)) % u128::from(every);
            told.push((at, since));
        }
        looking.abort();
        told
    }

    #[tokio::test(start_paused = true)]
    async fn it_is_time_right_after_a_look_however_often_somebody_looks() {
        for every in [50, 200, 500, 700, 1_000, 1_200, 1_400] {
            for first in (0..every).step_by(50) {
                // It takes some rounds to fall into step with looks that are further apart.
                for (at, since) in told(first, every).await.iter().skip(12) {
                    assert!(*since <= 2, "{every} ms from {first} on: {at} {since}");
                }
            }
        }
    }

    #[tokio::test(start_paused = true)]
    async fn it_is_time_once_a_second_at_most_in_the_long_run() {
        for every in [50, 130, 500, 990] {
            let told = told(0, every).await;
            assert!(
                (20..=40).contains(&told.len()),
                "{every} ms: {}",
                told.len()
            );
            for pair in told.windows(2) {
                assert!(pair[1].0 - pair[0].0 >= 890, "{every} ms: {pair:?}");
            }
        }
    }

    #[tokio::test(start_paused = true)]
    async fn where_nobody_looks_it_is_time_all_the_same() {
        let told = told(60_000, 500).await;
        assert!(told.len() >= 24, "{}", told.len());
        for pair in told.windows(2) {
            assert!(pair[1].0 - pair[0].0 <= 1_610, "{pair:?}");
        }
    }
}
