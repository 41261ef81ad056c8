//! The app: providers, router, the page.

use leptos::prelude::*;
use leptos_router::components::{Route, Router, Routes};
use leptos_router::path;
use shared_types::paths;

use crate::browser::{clock::Clock, start, theme::Theme};
use crate::components::dashboard::Dashboard;
use crate::later::{Wanted, on_demand};
use crate::state::Zone;

/// Puts the app into the document, in the place of what was shown while it was loading.
pub fn mount() {
    start::clear();
    mount_to_body(App);
}

#[component]
fn App() -> impl IntoView {
    provide_context(Zone::begin());
    provide_context(Theme::begin());
    provide_context(Clock::begin());
    view! {
        <Router base=paths::PREFIX>
            <Routes fallback=|| view! { <main class="not-found">{on_demand(Wanted::NotFound)}</main> }>
                <Route path=path!("") view=Dashboard />
            </Routes>
        </Router>
    }
}
