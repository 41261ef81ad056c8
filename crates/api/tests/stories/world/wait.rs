//! Waiting for what the API comes to know.

use std::time::{Duration, Instant};

/// How long anything may take on a slow machine.
const DEADLINE: Duration = Duration::from_mins(2);

/// Looks again and again until `look` sees something; fails saying what did not happen.
pub(crate) async fn until<T>(what: &str, mut look: impl AsyncFnMut() -> Option<T>) -> T {
    until_well(what, async || look().await.ok_or_else(String::new)).await
}

/// As [`until`], where a look that sees something else says what.
pub(crate) async fn until_well<T>(
    what: &str,
    mut look: impl AsyncFnMut() -> Result<T, String>,
) -> T {
    let began = Instant::now();
    loop {
        let seen = match look().await {
            Ok(seen) => return seen,
            Err(seen) => seen,
        };
        assert!(
            began.elapsed() < DEADLINE,
            "waited {DEADLINE:?} in vain: {what}. {seen}"
        );
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}
