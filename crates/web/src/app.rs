//! The app: providers, and the page that the address names.
//!
//! There is one page; what it shows is in the address's query, which [`crate::state::Look`]
//! keeps. A router would be 9 kB more to load (docs/ARCHITECTURE.md).

use leptos::prelude::*;

use crate::browser::{address, clock::Clock, start, theme::Theme};
use crate::components::dashboard::dashboard;
use crate::later::{Wanted, on_demand};
use crate::state::{PAGE, You, Zone};

/// Puts the app into the document, in the place of what was shown while it was loading.
pub fn mount() {
    start::clear();
    mount_to_body(app);
}

fn app() -> AnyView {
    provide_context(Zone::begin());
    provide_context(Theme::begin());
    provide_context(Clock::begin());
    provide_context(You::begin());
    if address::path().trim_end_matches('/') == PAGE.trim_end_matches('/') {
        dashboard()
    } else {
        view! { <main class="not-found">{on_demand(Wanted::NotFound)}</main> }.into_any()
    }
}
