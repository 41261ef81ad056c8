//! Response-time percentiles over time.

use leptos::prelude::*;

use super::canvas::canvas_chart;
use super::closer::with_way_back;
use super::draw::TICKS;
use super::model::lines::{LinesChart, Percentile};
use super::panel::{Panel, closer, covers, shown};
use crate::browser::intl::Locale;
use crate::state::{Look, Page, Part, Zoom};
use crate::view::{clicked, words};

/// The panel of response times.
pub(crate) fn response_times_panel() -> AnyView {
    let page = expect_context::<Page>();
    let locale = expect_context::<Locale>();
    let (zoom, look) = (expect_context::<Zoom>(), expect_context::<Look>());
    let live = move || page.read(Part::ResponseTimes, |s| LinesChart::of(&s.response_times));
    let read = move || {
        let mut chart = zoom.response_times(LinesChart::of)?;
        chart.hidden = Percentile::ALL.map(|line| look.has("hide", line.name()));
        Some(chart)
    };
    let said = locale.clone();
    let covered = words(move || {
        let window = zoom.response_times(|chart| covers(&chart.window, &said));
        let window = zoom.view().map(|view| closer(view, &said)).or(window);
        window.map_or_else(String::new, |window| format!("ms, {window}"))
    });
    let summary = words(move || {
        let latest = read().and_then(|chart| chart.latest()).unwrap_or_default();
        let say = |(percentile, ms): (Percentile, Option<f64>)| {
            Some(format!("{} {}", percentile.name(), locale.duration(ms?)))
        };
        let figures: Vec<String> = Percentile::ALL
            .into_iter()
            .zip(latest)
            .filter_map(say)
            .collect();
        format!("Response times over time, lately: {}.", figures.join(", "))
    });
    Panel {
        title: "Response times",
        testid: "chart-response-times",
        covers: covered,
        shown: shown(
            move || Some(live()?.is_empty()),
            "No response times in this time.",
        ),
        legend,
        chart: Box::new(move || {
            let chart = canvas_chart(move || read().unwrap_or_default(), summary, TICKS);
            with_way_back(Part::ResponseTimes, chart)
        }),
    }
    .into_view()
}

/// Each entry switches its line.
fn legend() -> AnyView {
    let look = expect_context::<Look>();
    let entry = |percentile: Percentile| {
        let name = percentile.name();
        let pressed = words(move || (!look.has("hide", name)).to_string());
        view! {
            <li class=name>
                <button
                    aria-pressed=pressed
                    data-series=name
                    on:click=clicked(move || look.toggle("hide", name))
                >
                    <i aria-hidden="true"></i>
                    {name}
                </button>
            </li>
        }
    };
    view! { <ul class="legend">{Percentile::ALL.map(entry)}</ul> }.into_any()
}
