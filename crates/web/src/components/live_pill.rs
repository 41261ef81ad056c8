//! Whether the figures are live, in a word.

use leptos::prelude::*;

use crate::browser::intl::Locale;
use crate::state::{Liveness, Page};
use crate::view::words;

/// The pill in the top bar.
pub(super) fn live_pill() -> AnyView {
    let page = expect_context::<Page>();
    let locale = expect_context::<Locale>();
    let says = words(move || match page.liveness() {
        _ if page.wants_sign_in() => "Signed out".to_owned(),
        Liveness::Live => "Live".to_owned(),
        Liveness::Warming(part) => format!("Warming {:.0} %", (part * 100.0).floor()),
        Liveness::Reconnecting if page.has_figures() || page.failure().is_some() => {
            "Reconnecting".to_owned()
        }
        Liveness::Reconnecting => "Connecting".to_owned(),
        Liveness::Stale(Some(since)) => format!("Stale since {}", locale.clock_time(since)),
        Liveness::Stale(None) => "Stale".to_owned(),
    });
    let state = words(move || state(page.liveness()).to_owned());
    let title = words(move || title(page.liveness(), page.is_polling()).to_owned());
    view! {
        <span class="live" role="status" data-testid="live" data-state=state title=title>
            <b aria-hidden="true"></b>
            {says}
        </span>
    }
    .into_any()
}

fn state(liveness: Liveness) -> &'static str {
    match liveness {
        Liveness::Live => "live",
        Liveness::Warming(_) => "warming",
        Liveness::Reconnecting => "reconnecting",
        Liveness::Stale(_) => "stale",
    }
}

fn title(liveness: Liveness, polling: bool) -> &'static str {
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
