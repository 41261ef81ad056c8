//! From call to call, as they stand in the feed.

use leptos::leptos_dom::helpers::window_event_listener;
use leptos::prelude::*;

use super::copy::copy;
use crate::browser::{address, focus};
use crate::components::feed::state::Feed;
use crate::view::{Watched, clicked, dynamic};

/// Goes to the newer or the older call, by button or arrow key, and copies the link.
pub(super) fn steps(named: Watched<Option<i64>>) -> AnyView {
    let feed = expect_context::<Feed>();
    let beside = move |older: bool| {
        let id = named.get()?;
        feed.with(|held| {
            let index = held.calls.find(id)?;
            let index = if older {
                index + 1
            } else {
                index.checked_sub(1)?
            };
            held.calls.get(index).map(|call| call.id)
        })
    };
    // Going on is no step of its own: going back closes the sheet.
    let go = move |older: bool| {
        if let Some(id) = untrack(|| beside(older)) {
            feed.look.amend(&[("call", Some(&id.to_string()))]);
        }
    };
    let listening = window_event_listener(leptos::ev::keydown, move |event| {
        let with_others = event.ctrl_key() || event.meta_key() || event.alt_key();
        if with_others || focus::is_in_text(&event) {
            return;
        }
        match event.key().as_str() {
            "ArrowLeft" => go(false),
            "ArrowRight" => go(true),
            _ => return,
        }
        event.prevent_default();
    });
    on_cleanup(move || listening.remove());
    let button = move |older: bool, says: &'static str, key: &'static str| {
        dynamic(move || {
            let none = beside(older).is_none();
            view! {
                <button
                    class="button small"
                    data-testid=format!("call-{}", says.to_lowercase())
                    aria-keyshortcuts=key
                    disabled=none
                    on:click=clicked(move || go(older))
                >
                    {if older { "Older →" } else { "← Newer" }}
                </button>
            }
            .into_any()
        })
    };
    view! {
        <div class="call-steps">
            {button(false, "Newer", "ArrowLeft")}
            {button(true, "Older", "ArrowRight")}
            <span class="call-link">"Link "{copy("link", address::whole)}</span>
        </div>
    }
    .into_any()
}
