//! The frame around a chart: title, what it covers, and what stands in its place while
//! there is nothing to draw.

use leptos::prelude::*;

use crate::browser::intl::Locale;
use crate::charts::model::frame::Words;
use crate::charts::model::time::epoch_ms;
use crate::charts::model::view::View;
use crate::components::icon::{Icon, glyph};
use crate::components::range::between;
use crate::later::{Wanted, on_demand};
use crate::state::{Look, Page};
use crate::view::{Watched, clicked, dynamic, effect, words};

/// What a panel has to show.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) enum Shown {
    /// Nothing has come yet.
    #[default]
    Loading,
    /// There is nothing in the window: why that is no fault.
    Empty(&'static str),
    /// A chart.
    Chart,
    /// Its figures in its place.
    Table,
    /// What is asked for cannot be had: why.
    Failed(String),
}

/// A chart's panel.
pub(super) struct Panel {
    pub(super) title: &'static str,
    pub(super) testid: &'static str,
    /// What the chart covers: `per hour, last 24 h`.
    pub(super) covers: Signal<String>,
    pub(super) shown: Signal<Shown>,
    /// A legend beside the title.
    pub(super) legend: fn() -> AnyView,
    /// The chart itself.
    pub(super) chart: Box<dyn Fn() -> AnyView>,
}

impl Panel {
    /// The panel on the page.
    pub(super) fn into_view(self) -> AnyView {
        let Panel {
            title,
            testid,
            covers,
            shown,
            legend,
            chart,
        } = self;
        let name = testid.trim_start_matches("chart-");
        let (page, look) = (expect_context::<Page>(), expect_context::<Look>());
        let now = move || match (page.failure().filter(|_| page.is_behind()), shown.get()) {
            (Some(error), _) => Shown::Failed(error.to_string()),
            (None, Shown::Chart) if look.has("table", name) => Shown::Table,
            (None, shown) => shown,
        };
        // Built anew only when what is shown is another thing, not with every figure.
        let shown = Watched::new(untrack(now));
        effect(move || shown.set(now()));
        let legend = dynamic(move || match shown.get() {
            Shown::Chart => legend(),
            _ => ().into_any(),
        });
        let body = dynamic(move || {
            match shown.get() {
            Shown::Loading => {
                view! { <div class="skeleton skeleton-chart" aria-hidden="true"></div> }.into_any()
            }
            Shown::Empty(why) => {
                view! { <p class="notice" data-testid="empty">{why}</p> }.into_any()
            }
            Shown::Chart => chart(),
            Shown::Table => on_demand(Wanted::Table(name)),
            Shown::Failed(why) => view! {
                <div class="notice" data-testid="panel-failed">
                    <p>{why}</p>
                    <button class="button" on:click=clicked(move || page.retry())>"Try again"</button>
                </div>
            }
            .into_any(),
        }
        });
        view! {
            <section class="glass panel" data-testid=testid aria-label=title>
                <header class="panel-head">
                    <h2>{title}</h2>
                    <small>{covers}</small>
                    {legend}
                    {tools(name, look)}
                </header>
                <div class="panel-body">{body}</div>
            </section>
        }
        .into_any()
    }
}

/// What can be done with a chart's figures.
fn tools(name: &'static str, look: Look) -> AnyView {
    let open = RwSignal::new(false);
    let pressed = words(move || look.has("table", name).to_string());
    let expanded = words(move || open.get().to_string());
    let menu = dynamic(move || {
        if open.get() {
            on_demand(Wanted::Exports(name, open))
        } else {
            ().into_any()
        }
    });
    view! {
        <div class="panel-tools menu-place">
            <button
                class="tool"
                data-testid="table"
                aria-pressed=pressed
                aria-label="As a table"
                title="Show the figures as a table"
                on:click=clicked(move || look.toggle("table", name))
            >
                {glyph(Icon::Table)}
            </button>
            <button
                id=format!("export-{name}")
                class="tool"
                data-testid="export"
                aria-haspopup="menu"
                aria-expanded=expanded
                aria-label="Save as"
                title="Save as PNG or CSV"
                on:click=clicked(move || open.set(!open.get_untracked()))
            >
                {glyph(Icon::Download)}
            </button>
            {menu}
        </div>
    }
    .into_any()
}

/// What a panel shows of a part that is there or not, and empty or not.
pub(super) fn shown(
    is_empty: impl Fn() -> Option<bool> + Send + Sync + 'static,
    why: &'static str,
) -> Signal<Shown> {
    Signal::derive(move || match is_empty() {
        None => Shown::Loading,
        Some(true) => Shown::Empty(why),
        Some(false) => Shown::Chart,
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
            let (from, to) = (epoch_ms(&window.from), epoch_ms(&window.to));
            from.map_or_else(String::new, |from| between(from, to, locale))
        }
    }
}

/// A closer look in words: from when to when.
pub(super) fn closer(view: View, locale: &Locale) -> String {
    format!("{} – {}", locale.moment(view.from), locale.moment(view.to))
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
