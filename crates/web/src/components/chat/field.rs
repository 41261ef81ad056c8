//! Where questions are written.

use leptos::ev::KeyboardEvent;
use leptos::prelude::*;
use shared_types::LONGEST_MESSAGE;

use super::signs::{Sign, sign};
use super::talks::Talks;
use crate::browser::focus;
use crate::components::icon::{Icon, glyph};
use crate::view::{clicked, dynamic, words};

/// The element that is written into.
const FIELD: &str = "chat-field";
/// From so many bytes on it is told how many there are.
const TOLD_FROM: usize = LONGEST_MESSAGE * 3 / 4;
/// What a browser calls the key of an input method that has not written yet.
const UNWRITTEN: u32 = 229;

/// Gives the focus to the field, once what is being changed has changed.
pub(super) fn give_focus() {
    request_animation_frame(|| focus::give(FIELD));
}

pub(super) fn field(talks: Talks) -> AnyView {
    let pressed = move |event: KeyboardEvent| {
        let chooses = event.is_composing() || event.key_code() == UNWRITTEN;
        if event.key() == "Enter" && !event.shift_key() && !chooses {
            event.prevent_default();
            talks.send_draft();
        }
    };
    let draft = words(move || talks.draft.get());
    let wrong = words(move || (!problem(talks).is_empty()).to_string());
    view! {
        <form
            class="chat-form"
            on:submit=move |event| {
                event.prevent_default();
                talks.send_draft();
            }
        >
            // What is written is also its own measure: the field grows with it.
            <div class="chat-grows" data-text=draft>
                <textarea
                    id=FIELD
                    data-testid="chat-field"
                    rows="1"
                    placeholder="Ask about cost, errors, latency…"
                    aria-label="Your question"
                    aria-describedby="chat-hint"
                    aria-invalid=wrong
                    enterkeyhint="send"
                    autocomplete="off"
                    dir="auto"
                    prop:value=draft
                    on:input=move |event| talks.write(event_target_value(&event))
                    on:keydown=pressed
                ></textarea>
            </div>
            {button(talks)}
        </form>
        {hint(talks)}
    }
    .into_any()
}

/// Sends, or stops what was sent.
fn button(talks: Talks) -> AnyView {
    dynamic(move || match talks.running.get() {
        Some(_) => view! {
            <button
                type="button"
                class="chat-send stops"
                data-testid="chat-stop"
                aria-label="Stop the answer"
                title="Stop the answer"
                on:click=clicked(move || {
                    talks.stop();
                    give_focus();
                })
            >
                {sign(Sign::Stop)}
            </button>
        }
        .into_any(),
        None => view! {
            <button
                type="submit"
                class="chat-send"
                data-testid="chat-send"
                aria-label="Send"
                title="Send (Enter)"
            >
                {glyph(Icon::ArrowUp)}
            </button>
        }
        .into_any(),
    })
    .into_any()
}

/// Why it cannot be sent: it was refused, or is too long already.
fn problem(talks: Talks) -> String {
    let refusal = talks.refusal.get();
    let over = talks
        .draft
        .get()
        .trim()
        .len()
        .saturating_sub(LONGEST_MESSAGE);
    match over {
        0 => refusal,
        over => super::model::turn::Refused::TooLong(over).to_string(),
    }
}

fn hint(talks: Talks) -> AnyView {
    let problem = words(move || problem(talks));
    let counted = words(move || match talks.draft.get().trim().len() {
        length if length >= TOLD_FROM => {
            format!(
                "{:.2} of {} KiB",
                length as f64 / 1024.0,
                LONGEST_MESSAGE / 1024
            )
        }
        _ => String::new(),
    });
    view! {
        <div class="chat-hint" id="chat-hint">
            <p class="chat-problem" data-testid="chat-problem" role="alert">{problem}</p>
            <p class="chat-keys">"Enter sends, Shift+Enter breaks the line"</p>
            <p class="chat-count" data-testid="chat-count">{counted}</p>
        </div>
    }
    .into_any()
}
