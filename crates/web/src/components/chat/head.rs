//! Who answers, and what one can do with the conversation.

use gloo_timers::future::TimeoutFuture;
use leptos::prelude::*;

use super::field;
use super::model::markdown;
use super::signs::{Sign, sign};
use super::talks::{Known, Talks};
use crate::browser::clock::now_ms;
use crate::browser::{download, focus};
use crate::components::icon::{Icon, glyph};
use crate::view::{clicked, dynamic, effect, words};

/// The button that has back what was cleared.
const BACK: &str = "chat-undo";
/// How long it can be had back, milliseconds; longer while the button has the focus.
const PATIENCE: u32 = 8_000;

pub(super) fn head(talks: Talks) -> AnyView {
    let about = words(move || match (talks.running.get(), talks.about.get()) {
        (Some(_), _) => "answering…".to_owned(),
        (None, Known::About(about)) => about.about,
        (None, _) => String::new(),
    });
    let small = move || talks.chat.state() == "small";
    let smaller = words(move || if small() { "Show all" } else { "Minimise" }.to_owned());
    let size = dynamic(move || sign(if small() { Sign::Larger } else { Sign::Smaller }));
    view! {
        <header class="chat-head">
            <span class="chat-mark" aria-hidden="true">"O2"</span>
            <div class="chat-who">
                <h2>{words(move || talks.name())}</h2>
                <p data-testid="chat-about" title=about>{about}</p>
            </div>
            {dynamic(move || kept(talks))}
            <button
                class="chat-tool"
                data-testid="chat-small"
                aria-label=smaller
                title=smaller
                on:click=clicked(move || talks.chat.toggle_small())
            >
                {size}
            </button>
            <button
                class="chat-tool"
                data-testid="chat-close"
                aria-label="Close chat"
                title="Close (Esc)"
                on:click=clicked(move || talks.chat.close())
            >
                {glyph(Icon::Cross)}
            </button>
        </header>
    }
    .into_any()
}

/// What one can do with a conversation, when there is one.
fn kept(talks: Talks) -> AnyView {
    if talks.all().is_empty() || talks.chat.state() == "small" {
        return ().into_any();
    }
    view! {
        <button
            class="chat-tool"
            data-testid="chat-export"
            aria-label="Save as Markdown"
            title="Save as Markdown"
            on:click=clicked(move || save(talks))
        >
            {glyph(Icon::Download)}
        </button>
        <button
            class="chat-tool"
            data-testid="chat-clear"
            aria-label="Clear the conversation"
            title="Clear the conversation"
            on:click=clicked(move || talks.clear())
        >
            {sign(Sign::Bin)}
        </button>
    }
    .into_any()
}

fn save(talks: Talks) {
    let (now, name) = (now_ms(), untrack(|| talks.name()));
    let text = talks.with(|turns| markdown::written(turns, &name, now));
    if let Some(text) = text {
        let name = markdown::file_name(now);
        download::text(&name, "text/markdown;charset=utf-8", &text);
    }
}

/// The way back to what was cleared, for a while.
pub(super) fn undo(talks: Talks) -> AnyView {
    let turn = StoredValue::new(0_u32);
    effect(move || {
        if talks.cleared.get().is_empty() {
            return;
        }
        turn.update_value(|turn| *turn += 1);
        let this = turn.get_value();
        request_animation_frame(|| focus::give(BACK));
        talks.work(async move {
            loop {
                TimeoutFuture::new(PATIENCE).await;
                if turn.try_get_value() != Some(this) {
                    return;
                }
                if !focus::is_at(BACK) {
                    talks.cleared.set(Vec::new());
                    return;
                }
            }
        });
    });
    let back = move || {
        talks.bring_back();
        field::give_focus();
    };
    let bar = dynamic(move || {
        if talks.cleared.get().is_empty() {
            return ().into_any();
        }
        view! {
            <div class="chat-undo" data-testid="chat-undo">
                <p>"The conversation is cleared."</p>
                <button id=BACK class="chat-small" on:click=clicked(back)>"Undo"</button>
            </div>
        }
        .into_any()
    });
    view! { <div role="status">{bar}</div> }.into_any()
}
