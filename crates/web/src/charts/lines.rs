//! Response-time percentiles over time.

use leptos::prelude::*;

use super::canvas::CanvasChart;
use super::model::lines::{LinesChart, Percentile};
use super::panel::{Panel, covers, shown};
use crate::browser::intl::Locale;
use crate::state::Page;

/// The panel of response times.
#[component]
pub(crate) fn ResponseTimesPanel() -> impl IntoView {
    let page = expect_context::<Page>();
    let locale = expect_context::<Locale>();
    let chart = Memo::new(move |_| page.response_times.get().as_ref().map(LinesChart::of));
    let words = locale.clone();
    let covered = Signal::derive(move || {
        page.response_times.with(|chart| {
            chart.as_ref().map_or_else(String::new, |c| {
                format!("ms, {}", covers(&c.window, &words))
            })
        })
    });
    let summary = Signal::derive(move || {
        let latest = chart
            .get()
            .and_then(|chart| chart.latest())
            .unwrap_or_default();
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
    let drawing = Signal::derive(move || chart.get().unwrap_or_default());
    let shown = shown(
        chart,
        LinesChart::is_empty,
        "No response times in this time.",
    );
    view! {
        <Panel
            title="Response times"
            covers=covered
            testid="chart-response-times"
            shown=shown
            legend=Legend
        >
            <CanvasChart drawing=drawing summary=summary />
        </Panel>
    }
}

#[component]
fn Legend() -> impl IntoView {
    let entry = |percentile: Percentile| {
        let name = percentile.name();
        view! { <li class=name><i aria-hidden="true"></i>{name}</li> }
    };
    view! { <ul class="legend">{Percentile::ALL.map(entry).collect_view()}</ul> }
}
