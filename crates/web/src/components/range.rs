//! The range of the whole page: how far back every chart looks.

use leptos::prelude::*;
use shared_types::Range;

use super::overlay::Overlay;
use crate::browser::intl::Locale;
use crate::charts::model::frame::Words;
use crate::charts::model::time::epoch_ms;
use crate::later::Wanted;
use crate::state::{Look, Span};
use crate::view::{clicked, words};

/// Those that are one click away.
pub(crate) const RANGES: [(Range, &str, &str); 5] = [
    (Range::Hour, "1h", "last hour"),
    (Range::SixHours, "6h", "last 6 hours"),
    (Range::Day, "24h", "last 24 hours"),
    (Range::Week, "7d", "last 7 days"),
    (Range::Month, "30d", "last 30 days"),
];

/// The ranges, and the way to any other.
pub(super) fn range() -> AnyView {
    let (look, overlay) = (expect_context::<Look>(), expect_context::<Overlay>());
    let locale = expect_context::<Locale>();
    let label = words(move || match look.span() {
        Span::Between(from, to) => {
            let to = to.as_deref().and_then(epoch_ms);
            epoch_ms(&from).map_or(from, |from| between(from, to, &locale))
        }
        Span::Named(Range::Today) => "Today".to_owned(),
        Span::Named(_) => "Custom…".to_owned(),
    });
    let pressed = words(move || {
        let named = RANGES
            .iter()
            .any(|named| look.span() == Span::Named(named.0));
        (!named).to_string()
    });
    view! {
        <div class="range" data-testid="range">
            <div class="range-named" role="radiogroup" aria-label="Time range">
                {RANGES.map(|(range, name, title)| choice(look, range, name, title))}
            </div>
            <button
                class="button"
                data-testid="range-custom"
                data-range="custom"
                aria-haspopup="dialog"
                aria-pressed=pressed
                title="Choose from when to when"
                on:click=clicked(move || overlay.open(Wanted::Span))
            >
                {label}
            </button>
        </div>
    }
    .into_any()
}

/// The browser's own radio button, which knows arrow keys.
fn choice(look: Look, range: Range, name: &'static str, title: &'static str) -> AnyView {
    let chosen = Signal::derive(move || look.span() == Span::Named(range));
    view! {
        <label title=title>
            <input
                type="radio"
                name="range"
                data-range=name
                aria-label=title
                prop:checked=chosen
                on:change=move |_| look.choose(range)
            />
            <span aria-hidden="true">{name}</span>
        </label>
    }
    .into_any()
}

/// From one moment to another, or to now, in words: `23 Nov 10:00 – 12:30`.
pub(crate) fn between(from_ms: i64, to_ms: Option<i64>, locale: &Locale) -> String {
    let moment = |at| format!("{} {}", locale.tick(at, true), locale.tick(at, false));
    let Some(to_ms) = to_ms else {
        return format!("since {}", moment(from_ms));
    };
    let to = if locale.tick(from_ms, true) == locale.tick(to_ms, true) {
        locale.tick(to_ms, false)
    } else {
        moment(to_ms)
    };
    format!("{} – {to}", moment(from_ms))
}
