//! The window: beside the board, which stays usable.

use leptos::ev::KeyboardEvent;
use leptos::prelude::*;

use super::button::Chat;
use super::edges::{Placed, edges};
use super::talks::{Known, Talks};
use super::{field, head, suggestions, turns};
use crate::browser::{sheet, viewport};
use crate::view::{effect, words};

/// It comes with the window, since nothing else needs it.
const STYLES: &str = concat!(
    include_str!("../../../styles/chat/window.css"),
    include_str!("../../../styles/chat/turns.css"),
    include_str!("../../../styles/chat/answer.css"),
    include_str!("../../../styles/chat/code.css"),
    include_str!("../../../styles/chat/field.css"),
);

/// The window.
pub(crate) fn window(chat: Chat) -> AnyView {
    sheet::adopt(STYLES);
    let (talks, placed) = (Talks::begin(chat), Placed::begin());
    effect(move || {
        // Each time that it is opened.
        let _ = chat.calls();
        if matches!(talks.about.peek(), Known::Nothing | Known::Failed(_)) {
            talks.look_up();
        }
        field::give_focus();
        request_animation_frame(move || talks.paint.follow());
    });
    let pressed = move |event: KeyboardEvent| {
        if event.key() == "Escape" && !event.is_composing() && !event.default_prevented() {
            event.prevent_default();
            chat.close();
        }
    };
    let in_sight = viewport::in_sight();
    let sight = move |of: fn((f64, f64)) -> f64| {
        words(move || {
            in_sight
                .get()
                .map_or_else(String::new, |seen| format!("{:.0}px", of(seen)))
        })
    };
    view! {
        <section
            class="chat glass"
            role="dialog"
            aria-label="Chat"
            data-testid="chat"
            data-state=words(move || chat.state().to_owned())
            data-unread=words(move || chat.is_unread().to_string())
            style:--right=placed.length(|frame| frame.right)
            style:--bottom=placed.length(|frame| frame.bottom)
            style:--width=placed.length(|frame| frame.width)
            style:--height=placed.length(|frame| frame.height)
            style:--seen-top=sight(|(top, _)| top)
            style:--seen-height=sight(|(_, height)| height)
            on:keydown=pressed
        >
            {edges(placed)}
            {head::head(talks)}
            <div class="chat-body">
                {turns::turns(talks)}
                <div class="chat-foot">
                    {turns::to_end(talks)}
                    {head::undo(talks)}
                    {suggestions::suggestions(talks)}
                    {field::field(talks)}
                </div>
            </div>
            <p class="unseen" role="status" data-testid="chat-aloud">
                {words(move || talks.aloud.get())}
            </p>
        </section>
    }
    .into_any()
}
