//! Waiting for what other processes do, while this one goes on with everything else.

use std::time::Duration;

use testkit::DEADLINE;
use tokio::time::{Instant, interval};

/// Between two looks.
const PAUSE: Duration = Duration::from_millis(50);

/// Looks again and again until `look` sees it; whether it did in time.
pub(crate) async fn in_time<F: Future<Output = bool>>(mut look: impl FnMut() -> F) -> bool {
    let began = Instant::now();
    let mut turn = interval(PAUSE);
    while !look().await {
        if began.elapsed() > DEADLINE {
            return false;
        }
        turn.tick().await;
    }
    true
}

/// Looks again and again until `look` sees it; says what it was that never happened.
pub async fn until<F: Future<Output = bool>>(what: &str, look: impl FnMut() -> F) {
    assert!(in_time(look).await, "waited in vain: {what}");
}
