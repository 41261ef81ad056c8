//! Queries over time.

use leptos::prelude::*;

use super::canvas::canvas_chart;
use super::closer::with_way_back;
use super::draw::TICKS;
use super::model::area::AreaChart;
use super::panel::{Panel, closer, covers, per_bucket, shown};
use crate::browser::intl::Locale;
use crate::state::{Page, Part, Zoom};
use crate::view::words;

/// The panel of queries over time.
pub(crate) fn queries_panel() -> AnyView {
    let zoom = expect_context::<Zoom>();
    let locale = expect_context::<Locale>();
    let chart = move || zoom.queries(AreaChart::of).unwrap_or_default();
    let per = move || zoom.queries(|chart| per_bucket(chart.window.bucket_seconds));
    let said = locale.clone();
    let covered = words(move || {
        let window = zoom.queries(|chart| covers(&chart.window, &said));
        let window = zoom.view().map(|view| closer(view, &said)).or(window);
        window
            .zip(per())
            .map_or_else(String::new, |(window, per)| format!("{per}, {window}"))
    });
    let summary = words(move || {
        let chart = chart();
        let (total, peak) = (
            locale.exact_count(chart.total()),
            locale.exact_count(chart.peak()),
        );
        format!(
            "Queries over time: {total} in all, {peak} at most {}.",
            per().unwrap_or_default()
        )
    });
    let page = expect_context::<Page>();
    let is_empty = move || page.read(Part::Queries, |s| AreaChart::of(&s.queries).is_empty());
    Panel {
        title: "Queries",
        testid: "chart-queries",
        covers: covered,
        shown: shown(is_empty, "No queries in this time."),
        legend: || ().into_any(),
        chart: Box::new(move || with_way_back(Part::Queries, canvas_chart(chart, summary, TICKS))),
    }
    .into_view()
}
