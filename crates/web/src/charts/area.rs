//! Queries over time.

use leptos::prelude::*;

use super::canvas::CanvasChart;
use super::model::area::AreaChart;
use super::panel::{Panel, covers, per_bucket, shown};
use crate::browser::intl::Locale;
use crate::state::Page;

/// The panel of queries over time.
#[component]
pub(crate) fn QueriesPanel() -> impl IntoView {
    let page = expect_context::<Page>();
    let locale = expect_context::<Locale>();
    let chart = Memo::new(move |_| page.queries.get().as_ref().map(AreaChart::of));
    let words = locale.clone();
    let covered = Signal::derive(move || {
        page.queries.with(|chart| {
            chart.as_ref().map_or_else(String::new, |chart| {
                let window = &chart.window;
                format!(
                    "{}, {}",
                    per_bucket(window.bucket_seconds),
                    covers(window, &words)
                )
            })
        })
    });
    let summary = Signal::derive(move || {
        let chart = chart.get().unwrap_or_default();
        format!(
            "Queries over time: {} in all, {} at most {}.",
            locale.exact_count(chart.total()),
            locale.exact_count(chart.peak()),
            page.queries.with(|q| q
                .as_ref()
                .map_or("per bucket", |q| per_bucket(q.window.bucket_seconds))),
        )
    });
    let drawing = Signal::derive(move || chart.get().unwrap_or_default());
    let shown = shown(chart, AreaChart::is_empty, "No queries in this time.");
    view! {
        <Panel title="Queries" covers=covered testid="chart-queries" shown=shown>
            <CanvasChart drawing=drawing summary=summary />
        </Panel>
    }
}
