//! Errors by MCP server.

use leptos::prelude::*;

use super::canvas::canvas_chart;
use super::draw::LETTERS;
use super::model::bars::BarsChart;
use super::panel::{Panel, covers, shown};
use crate::browser::intl::Locale;
use crate::state::{Page, Part};
use crate::view::words;

/// The panel of errors by MCP server.
pub(crate) fn errors_panel() -> AnyView {
    let page = expect_context::<Page>();
    let locale = expect_context::<Locale>();
    let read = move || page.read(Part::Errors, |s| BarsChart::of(&s.errors));
    let said = locale.clone();
    let covered = words(move || {
        let window = page.read(Part::Errors, |s| covers(&s.errors.window, &said));
        let share = read().map(|chart| said.percent(chart.share()));
        let both = window.zip(share);
        both.map_or_else(String::new, |(window, share)| {
            format!("{window}, {share} overall")
        })
    });
    let summary = words(move || say(&read().unwrap_or_default(), &locale));
    let height = words(move || format!("{}px", read().map_or(0.0, |chart| chart.least_height())));
    let chart = Box::new(move || {
        let canvas = canvas_chart(move || read().unwrap_or_default(), summary, LETTERS);
        view! {
            <div class="scroller">
                <div class="tall" style:min-height=height>{canvas}</div>
            </div>
        }
        .into_any()
    });
    Panel {
        title: "Errors by MCP",
        testid: "chart-errors",
        covers: covered,
        shown: shown(move || Some(read()?.is_empty()), "No queries in this time."),
        legend: || ().into_any(),
        chart,
    }
    .into_view()
}

fn say(chart: &BarsChart, locale: &Locale) -> String {
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
}
