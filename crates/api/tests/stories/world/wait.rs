//! Waiting for what the API comes to know.

use std::time::{Duration, Instant};

/// How long anything may take on a slow machine.
const DEADLINE: Duration = Duration::from_mins(2);

/// Looks again and again until `look` sees something; fails saying what did not happen.
pub(crate) async fn until<T>(what: &str, mut look: impl AsyncFnMut() -> Option<T>) -> T {
    let began = Instant::now();
    loop {
        if let Some(seen) = look().await {
            return seen;
        }
        assert!(
            began.elapsed() < DEADLINE,
            "waited {DEADLINE:?} in vain: {what}"
        );
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}
