//! The page's clock: the only place that asks the browser for the time.

use std::time::Duration;

use leptos::leptos_dom::helpers::set_interval_with_handle;
use leptos::prelude::*;

/// The time, as a signal that moves every second.
#[derive(Clone, Copy)]
pub(crate) struct Clock(ReadSignal<i64>);

impl Clock {
    /// Begins to tick.
    pub(crate) fn begin() -> Clock {
        let (time, set) = signal(now_ms());
        let tick = set_interval_with_handle(move || set.set(now_ms()), Duration::from_secs(1));
        if let Ok(tick) = tick {
            on_cleanup(move || tick.clear());
        }
        Clock(time)
    }

    /// Milliseconds since 1970, at the last tick.
    pub(crate) fn get(self) -> i64 {
        self.0.get()
    }
}

/// Milliseconds since 1970.
#[expect(clippy::disallowed_methods, reason = "the clock that others are given")]
#[expect(
    clippy::cast_possible_truncation,
    reason = "a time is far below 2^63 milliseconds"
)]
pub(crate) fn now_ms() -> i64 {
    js_sys::Date::now() as i64
}
