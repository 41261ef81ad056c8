//! Waiting for what other processes do.

use std::time::{Duration, Instant};

/// How long anything that is waited for may take on a slow machine.
pub const DEADLINE: Duration = Duration::from_mins(2);

/// Looks again and again until `look` sees something.
///
/// # Panics
/// After [`DEADLINE`], saying what did not happen.
pub fn until<T>(what: &str, mut look: impl FnMut() -> Option<T>) -> T {
    let began = Instant::now();
    loop {
        if let Some(seen) = look() {
            return seen;
        }
        assert!(
            began.elapsed() < DEADLINE,
            "waited {DEADLINE:?} in vain: {what}"
        );
        std::thread::sleep(Duration::from_millis(20));
    }
}
