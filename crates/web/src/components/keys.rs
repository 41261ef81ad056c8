//! Keys that work wherever one is on the page.

use leptos::leptos_dom::helpers::window_event_listener;
use leptos::prelude::*;

use super::overlay::Overlay;
use crate::browser::focus;
use crate::browser::theme::Theme;
use crate::later::Wanted;
use crate::state::You;

/// Listens for as long as the page is there.
pub(super) fn listen() {
    let overlay = expect_context::<Overlay>();
    let theme = expect_context::<Theme>();
    let you = expect_context::<You>();
    let listening = window_event_listener(leptos::ev::keydown, move |event| {
        let key = event.key();
        if (event.ctrl_key() || event.meta_key()) && key.eq_ignore_ascii_case("k") {
            event.prevent_default();
            overlay.open(Wanted::Palette);
            return;
        }
        let with_others = event.ctrl_key() || event.meta_key() || event.alt_key();
        if with_others || focus::is_in_text(&event) || overlay.is_open() {
            return;
        }
        match key.as_str() {
            "?" => overlay.open(Wanted::Shortcuts),
            "t" => theme.next(),
            "c" if untrack(|| you.may_chat()) => overlay.chat().open(),
            "/" => focus::give("feed-search"),
            _ => return,
        }
        event.prevent_default();
    });
    on_cleanup(move || listening.remove());
}
