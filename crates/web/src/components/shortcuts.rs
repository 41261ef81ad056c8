//! What can be done without a mouse.

use leptos::prelude::*;

/// Keys (one of each, where several stand), and what they do.
type Keys = (&'static [&'static str], &'static str);

const ANYWHERE: [Keys; 6] = [
    (&["Ctrl K", "⌘ K"], "Find any command"),
    (&["?"], "Show these shortcuts"),
    (&["/"], "Search in the calls"),
    (&["c"], "Ask in the chat"),
    (&["t"], "Change the theme"),
    (&["Esc"], "Close what is open"),
];

const CHART: [Keys; 5] = [
    (&["←", "→"], "Walk from point to point"),
    (&["Home", "End"], "Go to the first or last point"),
    (&["+", "−"], "Look closer over time, or less close"),
    (&["0"], "Show the whole range again"),
    (&["Esc"], "Put the figures away"),
];

const CHAT: [Keys; 4] = [
    (&["Enter"], "Send the question"),
    (&["Shift Enter"], "Break the line"),
    (&["←", "→"], "Move an edge of the window that has the focus"),
    (&["Esc"], "Close the chat"),
];

const RANGE: [Keys; 1] = [(&["←", "→"], "Choose the range before or after")];

/// The list.
pub(crate) fn shortcuts() -> AnyView {
    view! {
        <div class="shortcuts">
            {group("Anywhere", &ANYWHERE)}
            {group("On a focused chart", &CHART)}
            {group("On the range", &RANGE)}
            {group("In the chat", &CHAT)}
        </div>
    }
    .into_any()
}

fn group(title: &'static str, keys: &'static [Keys]) -> AnyView {
    let row = |(keys, does): &Keys| {
        let keys = keys.iter().map(|key| view! { <kbd>{*key}</kbd> });
        view! { <div><dt>{keys.collect_view()}</dt><dd>{*does}</dd></div> }
    };
    view! {
        <section>
            <h3>{title}</h3>
            <dl>{keys.iter().map(row).collect_view()}</dl>
        </section>
    }
    .into_any()
}
