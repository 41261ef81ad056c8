//! What can be done without a mouse.

use leptos::prelude::*;

/// Every key, and what it does.
const KEYS: [(&str, &str); 9] = [
    ("?", "Show these shortcuts"),
    ("Ctrl K, ⌘ K", "Open the command palette"),
    ("t", "Change the theme"),
    ("← →", "Walk through a focused chart"),
    ("Home, End", "Go to a chart's first or last point"),
    ("+, −", "Zoom a focused chart over time"),
    ("0", "Reset the zoom"),
    ("/", "Search in the calls"),
    ("Esc", "Close what is open"),
];

/// The list.
pub(crate) fn shortcuts() -> AnyView {
    let key = |(keys, does): (&'static str, &'static str)| {
        view! { <dt><kbd>{keys}</kbd></dt><dd>{does}</dd> }
    };
    view! { <dl class="shortcuts">{KEYS.map(key)}</dl> }.into_any()
}
