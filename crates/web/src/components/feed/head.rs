//! The feed's head: what is shown and how many, search, pause.

use gloo_timers::future::TimeoutFuture;
use leptos::prelude::*;

use super::state::{Feed, Held};
use crate::browser::intl::Locale;
use crate::components::icon::{Icon, glyph};
use crate::view::{clicked, dynamic, spawn, words};

/// How long typing has to rest before it is searched for, milliseconds.
const REST: u32 = 250;

pub(super) fn head(feed: Feed) -> AnyView {
    let open = words(move || (feed.choosing.get() > 0).to_string());
    let choose = move || feed.choosing.update(|open| *open = 1 - *open);
    view! {
        <header class="panel-head">
            <h2>"Activity"</h2>
            {count(feed)}
            {pause(feed)}
        </header>
        <div class="feed-find">
            {search(feed)}
            <button
                class="button round"
                data-testid="feed-filter"
                aria-label="Filter"
                aria-expanded=open
                on:click=clicked(choose)
            >
                {glyph(Icon::Filter)}
            </button>
        </div>
    }
    .into_any()
}

/// How many calls match, when only some are shown.
fn count(feed: Feed) -> AnyView {
    let locale = expect_context::<Locale>();
    dynamic(move || {
        let Some((matching, capped)) = feed.with(|held| held.matching) else {
            let says = feed.with(|held| {
                if held.filter.is_empty() {
                    "last calls"
                } else {
                    ""
                }
            });
            return view! { <small>{says}</small> }.into_any();
        };
        let least = if capped { "at least " } else { "" };
        let says = format!("{least}{}", locale.exact_count(matching as f64));
        let noun = if matching == 1 { " call" } else { " calls" };
        view! {
            <small data-testid="feed-count" data-value=matching.to_string() role="status">
                {says}{noun}
            </small>
        }
        .into_any()
    })
    .into_any()
}

fn pause(feed: Feed) -> AnyView {
    let paused = move || feed.with(|held| held.paused);
    let pressed = words(move || paused().to_string());
    let news = move || feed.with(Held::news);
    let label = dynamic(move || {
        if !paused() {
            return glyph(Icon::Pause);
        }
        let says = news().unwrap_or_else(|| "Paused".to_owned());
        view! { {glyph(Icon::Play)}{says} }.into_any()
    });
    let toggle = move || feed.pause(!untrack(paused));
    view! {
        <button
            class="button pause"
            data-testid="feed-pause"
            aria-label="Pause"
            aria-pressed=pressed
            title="Let the list stand still"
            on:click=clicked(toggle)
        >
            {label}
        </button>
    }
    .into_any()
}

fn search(feed: Feed) -> AnyView {
    let look = feed.look;
    let typed = StoredValue::new(0_u32);
    let search = move |event| {
        let text = event_target_value(&event);
        typed.update_value(|times| *times += 1);
        let turn = typed.get_value();
        spawn(async move {
            TimeoutFuture::new(REST).await;
            if typed.try_get_value() == Some(turn) {
                let text = Some(text.as_str()).filter(|text| !text.trim().is_empty());
                // The first letter is a step to go back from; the others are part of it.
                if untrack(|| look.one("q")).is_none() {
                    look.set(&[("q", text)]);
                } else {
                    look.amend(&[("q", text)]);
                }
            }
        });
    };
    let value = words(move || look.one("q").unwrap_or_default());
    // Who may not read what was asked cannot search in it.
    let hidden = Signal::derive(move || !feed.page().you().sees_people());
    view! {
        <input
            hidden=hidden
            id="feed-search"
            type="search"
            data-testid="feed-search"
            placeholder="Search calls"
            aria-label="Search calls"
            aria-keyshortcuts="/"
            maxlength="200"
            autocomplete="off"
            spellcheck="false"
            prop:value=value
            on:input=search
        />
    }
    .into_any()
}
