//! Queries over time.

use leptos::prelude::*;

use super::canvas::canvas_chart;
use super::draw::TICKS;
use super::model::area::AreaChart;
use super::panel::{Panel, covers, per_bucket, shown};
use crate::browser::intl::Locale;
use crate::state::{Page, Part};
use crate::view::words;

/// The panel of queries over time.
pub(crate) fn queries_panel() -> AnyView {
    let page = expect_context::<Page>();
    let locale = expect_context::<Locale>();
    let chart = move || {
        page.read(Part::Queries, |s| AreaChart::of(&s.queries))
            .unwrap_or_default()
    };
    let per = move || {
        page.read(Part::Queries, |s| {
            per_bucket(s.queries.window.bucket_seconds)
        })
    };
    let said = locale.clone();
    let covered = words(move || {
        let window = page.read(Part::Queries, |s| covers(&s.queries.window, &said));
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
    let is_empty = move || page.read(Part::Queries, |s| AreaChart::of(&s.queries).is_empty());
    Panel {
        title: "Queries",
        testid: "chart-queries",
        covers: covered,
        shown: shown(is_empty, "No queries in this time."),
        legend: || ().into_any(),
        chart: Box::new(move || canvas_chart(chart, summary, TICKS)),
    }
    .into_view()
}
