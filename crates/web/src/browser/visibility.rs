//! Whether anybody can see the page, and whether it can see the network.

use leptos::prelude::*;

use super::listen::listen;
use crate::view::Watched;

/// True while the page is shown.
pub(crate) fn visible() -> Watched<bool> {
    let document = web_sys::window().and_then(|window| window.document());
    let visible = Watched::new(document.as_ref().is_none_or(|document| !document.hidden()));
    if let Some(document) = document {
        let shown = document.clone();
        listen(&document, "visibilitychange", move || {
            visible.set(!shown.hidden());
        });
    }
    visible
}

/// Counts how often the network went or came back.
pub(crate) fn network() -> RwSignal<u32> {
    let times = RwSignal::new(0);
    if let Some(window) = web_sys::window() {
        for event in ["offline", "online"] {
            listen(&window, event, move || times.update(|times| *times += 1));
        }
    }
    times
}

/// Whether the browser knows that there is no network.
pub(crate) fn is_offline() -> bool {
    web_sys::window().is_some_and(|window| !window.navigator().on_line())
}

/// Calls back when the page is left, for good or not.
pub(crate) fn on_leave(left: impl FnMut() + 'static) {
    if let Some(window) = web_sys::window() {
        listen(&window, "pagehide", left);
    }
}
