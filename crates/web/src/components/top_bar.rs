//! Name, live state, what is watched, the viewer's time zone, theme.

use leptos::prelude::*;

use super::icon::{Glyph, Icon};
use super::live_pill::LivePill;
use crate::browser::intl::Locale;
use crate::browser::theme::{Choice, Theme};
use crate::state::Page;

/// The bar at the top of the page.
#[component]
pub(super) fn TopBar() -> impl IntoView {
    let page = expect_context::<Page>();
    let zone = expect_context::<Locale>().zone();
    let source = move || page.status.get().map(|status| status.source);
    view! {
        <header class="top-bar">
            <h1 class="logo"><span class="logo-mark" aria-hidden="true"></span>"Omni2"</h1>
            <LivePill />
            <span class="source" data-testid="source">{source}</span>
            <span class="space"></span>
            <span class="zone" title="Days and hours are those of this time zone, your browser's">
                {zone}
            </span>
            <ThemeButton />
        </header>
    }
}

#[component]
fn ThemeButton() -> impl IntoView {
    let theme = expect_context::<Theme>();
    let label = move || {
        let (now, next) = (theme.choice(), theme.choice().next());
        format!("Theme: {}. Change to {}", now.name(), next.name())
    };
    let icon = move || match theme.choice() {
        Choice::System => Icon::System,
        Choice::Dark => Icon::Moon,
        Choice::Light => Icon::Sun,
    };
    view! {
        <button
            class="button round"
            data-testid="theme"
            title=label
            aria-label=label
            on:click=move |_| theme.next()
        >
            {move || view! { <Glyph icon=icon() /> }}
        </button>
    }
}
