//! Whether the figures are live, in a word.

use leptos::prelude::*;

use crate::browser::intl::Locale;
use crate::state::{Liveness, Page};

/// The pill in the top bar.
#[component]
pub(super) fn LivePill() -> impl IntoView {
    let page = expect_context::<Page>();
    let locale = expect_context::<Locale>();
    let liveness = Memo::new(move |_| page.liveness());
    let words = move || match liveness.get() {
        Liveness::Live => "Live".to_owned(),
        Liveness::Warming(part) => format!("Warming {:.0} %", (part * 100.0).floor()),
        Liveness::Reconnecting if page.has_figures() || page.failure().is_some() => {
            "Reconnecting".to_owned()
        }
        Liveness::Reconnecting => "Connecting".to_owned(),
        Liveness::Stale(Some(since)) => format!("Stale since {}", locale.clock_time(since)),
        Liveness::Stale(None) => "Stale".to_owned(),
    };
    view! {
        <span
            class="live"
            role="status"
            data-testid="live"
            data-state=move || state(&liveness.get())
            title=move || title(&liveness.get(), page.is_polling())
        >
            <b aria-hidden="true"></b>
            {words}
        </span>
    }
}

fn state(liveness: &Liveness) -> &'static str {
    match liveness {
        Liveness::Live => "live",
        Liveness::Warming(_) => "warming",
        Liveness::Reconnecting => "reconnecting",
        Liveness::Stale(_) => "stale",
    }
}

fn title(liveness: &Liveness, polling: bool) -> &'static str {
    match liveness {
        Liveness::Live => "Every call shows within about a second",
        Liveness::Warming(_) => "The hub's history is being read: older figures are still growing",
        Liveness::Reconnecting if polling => {
            "The event stream does not get through: figures come every 5 seconds meanwhile"
        }
        Liveness::Reconnecting => "Waiting for the dashboard's API",
        Liveness::Stale(_) => "The last good figures: they catch up by themselves",
    }
}
