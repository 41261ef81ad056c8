//! Response-time percentiles over time.

use leptos::prelude::*;

use super::canvas::canvas_chart;
use super::draw::TICKS;
use super::model::lines::{LinesChart, Percentile};
use super::panel::{Panel, covers, shown};
use crate::browser::intl::Locale;
use crate::state::{Page, Part};
use crate::view::words;

/// The panel of response times.
pub(crate) fn response_times_panel() -> AnyView {
    let page = expect_context::<Page>();
    let locale = expect_context::<Locale>();
    let read = move || page.read(Part::ResponseTimes, |s| LinesChart::of(&s.response_times));
    let said = locale.clone();
    let covered = words(move || {
        let window = page.read(Part::ResponseTimes, |s| {
            covers(&s.response_times.window, &said)
        });
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
            move || Some(read()?.is_empty()),
            "No response times in this time.",
        ),
        legend,
        chart: Box::new(move || canvas_chart(move || read().unwrap_or_default(), summary, TICKS)),
    }
    .into_view()
}

fn legend() -> AnyView {
    let entry = |percentile: Percentile| {
        let name = percentile.name();
        view! { <li class=name><i aria-hidden="true"></i>{name}</li> }
    };
    view! { <ul class="legend">{Percentile::ALL.map(entry)}</ul> }.into_any()
}
