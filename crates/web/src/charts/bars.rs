//! Errors by MCP server.

use leptos::prelude::*;

use super::canvas::CanvasChart;
use super::model::bars::BarsChart;
use super::panel::{Panel, covers, shown};
use crate::browser::intl::Locale;
use crate::state::Page;

/// The panel of errors by MCP server.
#[component]
pub(crate) fn ErrorsPanel() -> impl IntoView {
    let page = expect_context::<Page>();
    let locale = expect_context::<Locale>();
    let chart = Memo::new(move |_| page.errors.get().as_ref().map(BarsChart::of));
    let words = locale.clone();
    let covered = Signal::derive(move || {
        let share = chart.with(|chart| chart.as_ref().map(BarsChart::share));
        page.errors.with(|chart| match (chart, share) {
            (Some(chart), Some(share)) => {
                format!(
                    "{}, {} overall",
                    covers(&chart.window, &words),
                    words.percent(share)
                )
            }
            _ => String::new(),
        })
    });
    let summary = Signal::derive(move || {
        chart.with(|chart| {
            let Some(chart) = chart else {
                return String::new();
            };
            let worst = chart.rows.iter().filter(|row| row.errors > 0);
            let worst = worst.max_by(|a, b| a.share().total_cmp(&b.share()));
            let most = worst.map_or_else(String::new, |row| {
                format!(
                    " Most of its own at {}: {}.",
                    row.mcp,
                    locale.percent(row.share())
                )
            });
            format!(
                "Errors by MCP server: {} of {} queries, {}.{most}",
                locale.exact_count(chart.errors as f64),
                locale.exact_count(chart.total as f64),
                locale.percent(chart.share()),
            )
        })
    });
    let drawing = Signal::derive(move || chart.get().unwrap_or_default());
    let height = move || {
        format!(
            "{}px",
            chart.with(|c| c.as_ref().map_or(0.0, BarsChart::least_height))
        )
    };
    let shown = shown(chart, BarsChart::is_empty, "No queries in this time.");
    view! {
        <Panel title="Errors by MCP" covers=covered testid="chart-errors" shown=shown>
            <div class="scroller">
                <div class="tall" style:min-height=height>
                    <CanvasChart drawing=drawing summary=summary letters=super::draw::LETTERS />
                </div>
            </div>
        </Panel>
    }
}
