//! A button that copies a text.

use gloo_timers::future::TimeoutFuture;
use leptos::prelude::*;

use crate::browser::clipboard;
use crate::view::{clicked, spawn, words};

/// How long it says that it has copied, milliseconds.
const SAID: u32 = 2_000;

/// Copies what `text` is worth when it is pressed. `what` is said to those who do not see
/// beside what it stands.
pub(super) fn copy(what: &'static str, text: impl Fn() -> String + 'static) -> AnyView {
    // 0: not yet; 1: copied; 2: the browser refused.
    let done = RwSignal::new(0_u32);
    let act = move || {
        let text = text();
        spawn(async move {
            let copied = clipboard::copy(&text).await;
            if done.try_set(if copied { 1 } else { 2 }).is_none() {
                TimeoutFuture::new(SAID).await;
                let _ = done.try_set(0);
            }
        });
    };
    let says = words(move || {
        let says = ["Copy", "Copied", "Not allowed"];
        says.get(done.get() as usize)
            .copied()
            .unwrap_or_default()
            .to_owned()
    });
    view! {
        <button
            class="button small"
            data-testid=format!("copy-{what}")
            aria-label=words(move || format!("{} {what}", says.get()))
            aria-live="polite"
            on:click=clicked(act)
        >
            {says}
        </button>
    }
    .into_any()
}
