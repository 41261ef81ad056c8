//! Whether anybody can see the page.

use leptos::prelude::*;

use super::listen::listen;

/// True while the page is shown.
pub(crate) fn visible() -> ReadSignal<bool> {
    let document = web_sys::window().and_then(|window| window.document());
    let (visible, set) = signal(document.as_ref().is_none_or(|document| !document.hidden()));
    if let Some(document) = document {
        let shown = document.clone();
        listen(&document, "visibilitychange", move || {
            set.set(!shown.hidden());
        });
    }
    visible
}

/// Counts how often the network came back.
pub(crate) fn online() -> ReadSignal<u32> {
    let (times, set) = signal(0);
    if let Some(window) = web_sys::window() {
        listen(&window, "online", move || set.update(|times| *times += 1));
    }
    times
}
