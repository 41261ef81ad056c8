//! What is printed: what is done, and how long it took.

use std::time::{Duration, Instant};

/// Says what begins now.
pub(crate) fn doing(what: &str) {
    println!("==> {what}");
}

/// Says something that must not be overlooked.
pub(crate) fn loudly(what: &str) {
    println!("\n!!! {what} !!!\n");
}

/// Says what begins, does it, and says how long it took.
pub(crate) fn timed<T>(what: &str, act: impl FnOnce() -> T) -> T {
    doing(what);
    let began = Instant::now();
    let answer = act();
    println!("    took {}", time(began.elapsed()));
    answer
}

/// A duration as people say it.
pub(crate) fn time(duration: Duration) -> String {
    let seconds = duration.as_secs();
    match seconds {
        0..10 => format!("{:.1} s", duration.as_secs_f64()),
        10..60 => format!("{seconds} s"),
        _ => format!("{} min {} s", seconds / 60, seconds % 60),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_times_have_a_decimal_and_long_ones_minutes() {
        assert_eq!(time(Duration::from_millis(1_240)), "1.2 s");
        assert_eq!(time(Duration::from_secs(42)), "42 s");
        assert_eq!(time(Duration::from_secs(125)), "2 min 5 s");
    }
}
