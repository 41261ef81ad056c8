//! A clock that a story sets.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use api::clock::Clock;
use timeline::Micros;

/// `2026-03-29T10:30:30Z` as microseconds.
pub(crate) fn at(text: &str) -> Micros {
    text.parse::<jiff::Timestamp>().unwrap().as_microsecond()
}

/// The time that a program of its own reads: it has the wall's clock.
#[expect(clippy::disallowed_methods, reason = "stories of real programs")]
pub(crate) fn wall_clock() -> Micros {
    jiff::Timestamp::now().as_microsecond()
}

/// Microseconds as RFC 3339.
pub(crate) fn shown(at: Micros) -> String {
    jiff::Timestamp::from_microsecond(at).unwrap().to_string()
}

/// The time it is, until it is set anew.
#[derive(Clone)]
pub(crate) struct Moment(Arc<AtomicI64>);

impl Moment {
    pub(crate) fn new(text: &str) -> Moment {
        Moment::at(at(text))
    }

    pub(crate) fn at(now: Micros) -> Moment {
        Moment(Arc::new(AtomicI64::new(now)))
    }

    pub(crate) fn now(&self) -> Micros {
        self.0.load(Ordering::SeqCst)
    }

    pub(crate) fn pass(&self, time: Micros) {
        self.0.fetch_add(time, Ordering::SeqCst);
    }

    pub(crate) fn set(&self, text: &str) {
        self.0.store(at(text), Ordering::SeqCst);
    }

    pub(crate) fn clock(&self) -> Clock {
        let now = Arc::clone(&self.0);
        Arc::new(move || now.load(Ordering::SeqCst))
    }
}
