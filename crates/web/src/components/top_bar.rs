//! Name, live state, what is watched, range, commands, time zone, theme.

use leptos::prelude::*;

use super::icon::{Icon, glyph};
use super::live_pill::live_pill;
use super::overlay::Overlay;
use super::range::range;
use crate::browser::intl::Locale;
use crate::browser::theme::{Choice, Theme};
use crate::later::Wanted;
use crate::state::{Page, You};
use crate::view::{clicked, dynamic, words};

/// The bar at the top of the page.
pub(super) fn top_bar() -> AnyView {
    let page = expect_context::<Page>();
    let zone = expect_context::<Locale>().zone();
    let source = words(move || {
        page.status()
            .map_or_else(String::new, |status| status.source)
    });
    view! {
        <header class="top-bar">
            <h1 class="logo"><span class="logo-mark" aria-hidden="true"></span>"Omni2"</h1>
            {live_pill()}
            <span class="source" data-testid="source">{source}</span>
            <span class="space"></span>
            {range()}
            {opens(Wanted::Palette, "palette", Icon::Search, "Commands (Ctrl K, ⌘ K)", view! { <kbd>"Ctrl K"</kbd> }.into_any())}
            {opens(Wanted::Zones, "zone", Icon::Globe, "Time zone", zone.into_any())}
            {theme_button()}
            {account()}
        </header>
    }
    .into_any()
}

/// A button that opens something over the page; `words` are left out where there is no room.
fn opens(
    wanted: Wanted,
    testid: &'static str,
    icon: Icon,
    title: &'static str,
    words: AnyView,
) -> AnyView {
    let overlay = expect_context::<Overlay>();
    view! {
        <button
            class="button opens"
            data-testid=testid
            aria-haspopup="dialog"
            title=title
            on:click=clicked(move || overlay.open(wanted.clone()))
        >
            {glyph(icon)}
            <span class="unseen">{title}</span>
            <span class="opens-words">{words}</span>
        </button>
    }
    .into_any()
}

/// Who is signed in, where one has to.
fn account() -> AnyView {
    let you = expect_context::<You>();
    dynamic(move || match you.name() {
        None => ().into_any(),
        Some(name) => opens(
            Wanted::Account,
            "account",
            Icon::Users,
            "Account",
            name.into_any(),
        ),
    })
    .into_any()
}

fn theme_button() -> AnyView {
    let theme = expect_context::<Theme>();
    let label = words(move || {
        let (now, next) = (theme.choice(), theme.choice().next());
        format!("Theme: {}. Change to {}", now.name(), next.name())
    });
    let icon = dynamic(move || {
        glyph(match theme.choice() {
            Choice::System => Icon::System,
            Choice::Dark => Icon::Moon,
            Choice::Light => Icon::Sun,
        })
    });
    view! {
        <button
            class="button round"
            data-testid="theme"
            title=label
            aria-label=label
            on:click=move |_| theme.next()
        >
            {icon}
        </button>
    }
    .into_any()
}
