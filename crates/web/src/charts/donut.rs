//! Cost by MCP server.

use leptos::prelude::*;

use super::canvas::CanvasChart;
use super::model::donut::{DonutChart, Part};
use super::panel::{Panel, covers, shown};
use crate::browser::intl::Locale;
use crate::state::Page;

/// The panel of cost by MCP server.
#[component]
pub(crate) fn CostPanel() -> impl IntoView {
    let page = expect_context::<Page>();
    let locale = StoredValue::new(expect_context::<Locale>());
    let chart = Memo::new(move |_| {
        page.cost.with(|chart| {
            chart
                .as_ref()
                .map(|chart| page.colours.with(|colours| DonutChart::of(chart, colours)))
        })
    });
    let window = move || {
        page.cost.with(|chart| {
            let say =
                |chart: &shared_types::CostChart| locale.with_value(|l| covers(&chart.window, l));
            chart.as_ref().map_or_else(String::new, say)
        })
    };
    let estimated = move || {
        page.cost
            .with(|chart| chart.as_ref().is_some_and(|c| c.costs_estimated))
    };
    let covered = Signal::derive(move || {
        if estimated() {
            format!("{}, estimated from tokens", window())
        } else {
            window()
        }
    });
    let drawing = Signal::derive(move || chart.get().unwrap_or_default());
    let total = move || locale.with_value(|l| l.money(drawing.with(|c| c.total)));
    let exact = move || locale.with_value(|l| l.exact_money(drawing.with(|c| c.total)));
    let summary =
        Signal::derive(move || locale.with_value(|locale| drawing.with(|c| say(c, locale))));
    let shown = shown(
        chart,
        DonutChart::is_empty,
        "Nothing was spent in this time.",
    );
    view! {
        <Panel title="Cost by MCP" covers=covered testid="chart-cost" shown=shown>
            <div class="donut">
                <div class="donut-ring">
                    <CanvasChart drawing=drawing summary=summary />
                    <p class="donut-total">
                        <b title=exact>{total}</b>
                        <span>{window}</span>
                    </p>
                </div>
                <ul class="donut-legend" tabindex="0" aria-label="Cost of each MCP server">
                    <For
                        each=move || drawing.with(rows)
                        key=|(part, share)| (part.mcp.clone(), part.cost.to_bits(), share.to_bits(), part.hue)
                        children=move |(part, share)| locale.with_value(|l| entry(&part, share, l))
                    />
                </ul>
            </div>
        </Panel>
    }
}

fn rows(chart: &DonutChart) -> Vec<(Part, f64)> {
    let costly = chart.parts.iter().filter(|part| part.cost > 0.0);
    costly
        .map(|part| (part.clone(), chart.share(part)))
        .collect()
}

fn entry(part: &Part, share: f64, locale: &Locale) -> impl IntoView + use<> {
    let exact = locale.exact_money(part.cost);
    view! {
        <li class=part.hue.class() title=format!("{}: {exact}", part.mcp)>
            <i aria-hidden="true"></i>
            <span class="name">{part.mcp.clone()}</span>
            <span class="figure">{locale.money(part.cost)}</span>
            <span class="share">{locale.percent(share)}</span>
        </li>
    }
}

fn say(chart: &DonutChart, locale: &Locale) -> String {
    let most = chart.parts.first().map_or_else(String::new, |part| {
        let share = locale.percent(chart.share(part));
        format!(
            " Most at {}: {}, {share}.",
            part.mcp,
            locale.money(part.cost)
        )
    });
    format!(
        "Cost by MCP server: {} in all.{most}",
        locale.money(chart.total)
    )
}
