//! The frame around a chart: title, what it covers, and what stands in its place while
//! there is nothing to draw.

use leptos::prelude::*;

use crate::browser::intl::Locale;
use crate::charts::model::time::epoch_ms;

/// What a panel has to show.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shown {
    /// Nothing has come yet.
    Loading,
    /// There is nothing in the window: why that is no fault.
    Empty(&'static str),
    /// A chart.
    Chart,
}

/// A chart's panel.
#[component]
pub(super) fn Panel(
    title: &'static str,
    /// What the chart covers: `per hour, last 24 h`.
    #[prop(into)]
    covers: Signal<String>,
    testid: &'static str,
    shown: Memo<Shown>,
    /// A legend beside the title.
    #[prop(optional, into)]
    legend: ViewFn,
    /// The chart itself.
    children: ChildrenFn,
) -> impl IntoView {
    let children = StoredValue::new(children);
    view! {
        <section class="glass panel" data-testid=testid aria-label=title>
            <header class="panel-head">
                <h2>{title}</h2>
                <small>{move || covers.get()}</small>
                {move || (shown.get() == Shown::Chart).then(|| legend.run())}
            </header>
            <div class="panel-body">
                {move || match shown.get() {
                    Shown::Loading => {
                        view! { <div class="skeleton skeleton-chart" aria-hidden="true"></div> }
                            .into_any()
                    }
                    Shown::Empty(why) => {
                        view! { <p class="notice" data-testid="empty">{why}</p> }.into_any()
                    }
                    Shown::Chart => children.with_value(|children| children()).into_any(),
                }}
            </div>
        </section>
    }
}

/// What stands in a panel that shows a chart made of this part of the page's figures.
pub(super) fn shown<T: Send + Sync + 'static>(
    part: Memo<Option<T>>,
    is_empty: fn(&T) -> bool,
    why: &'static str,
) -> Memo<Shown> {
    Memo::new(move |_| {
        part.with(|part| match part {
            None => Shown::Loading,
            Some(part) if is_empty(part) => Shown::Empty(why),
            Some(_) => Shown::Chart,
        })
    })
}

/// A window in words: `last 24 h`, `today`, or from when to when.
pub(super) fn covers(window: &shared_types::Window, locale: &Locale) -> String {
    match window.range {
        Some(shared_types::Range::Today) => "today".to_owned(),
        Some(shared_types::Range::Hour) => "last hour".to_owned(),
        Some(shared_types::Range::SixHours) => "last 6 h".to_owned(),
        Some(shared_types::Range::Day) => "last 24 h".to_owned(),
        Some(shared_types::Range::Week) => "last 7 days".to_owned(),
        Some(shared_types::Range::Month) => "last 30 days".to_owned(),
        None => {
            let say = |text: &str| {
                epoch_ms(text)
                    .map(|at| locale.exact_time(at))
                    .unwrap_or_default()
            };
            format!("{} – {}", say(&window.from), say(&window.to))
        }
    }
}

/// A bucket's length in words: `per hour`.
pub(super) fn per_bucket(seconds: u32) -> &'static str {
    match seconds {
        60 => "per minute",
        300 => "per 5 min",
        3_600 => "per hour",
        21_600 => "per 6 h",
        86_400 => "per day",
        _ => "per bucket",
    }
}
