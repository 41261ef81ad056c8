//! Cost by MCP server.

use leptos::prelude::*;

use super::canvas::canvas_chart;
use super::draw::TICKS;
use super::model::donut::{DonutChart, Part as Slice};
use super::panel::{Panel, covers, shown};
use crate::browser::intl::Locale;
use crate::state::{Look, Page, Part};
use crate::view::{clicked, dynamic, words};

/// The name under which the address keeps the slices that are switched off.
const HIDE: &str = "hide-mcp";

/// The panel of cost by MCP server.
pub(crate) fn cost_panel() -> AnyView {
    let page = expect_context::<Page>();
    let locale = StoredValue::new(expect_context::<Locale>());
    let look = expect_context::<Look>();
    let all = move || {
        page.with_colours(|colours| {
            page.read(Part::Cost, |s| DonutChart::of(&s.cost, colours, &|_| false))
        })
    };
    let read = move || {
        let is_hidden = |mcp: &str| look.has(HIDE, mcp);
        page.with_colours(|colours| {
            page.read(Part::Cost, |s| DonutChart::of(&s.cost, colours, &is_hidden))
        })
    };
    let chart = move || read().unwrap_or_default();
    let window = words(move || {
        let window = page.read(Part::Cost, |s| {
            locale.with_value(|l| covers(&s.cost.window, l))
        });
        window.unwrap_or_default()
    });
    let covered = words(move || {
        let estimated = page
            .read(Part::Cost, |s| s.cost.costs_estimated)
            .unwrap_or_default();
        let how = if estimated {
            ", estimated from tokens"
        } else {
            ""
        };
        format!("{}{how}", window.get())
    });
    let total = words(move || locale.with_value(|locale| locale.money(chart().total)));
    let exact = words(move || locale.with_value(|locale| locale.exact_money(chart().total)));
    let summary = words(move || locale.with_value(|locale| say(&chart(), locale)));
    let legend = dynamic(move || {
        locale.with_value(|locale| legend(&all().unwrap_or_default(), &chart(), look, locale))
    });
    let whole = Box::new(move || {
        view! {
            <div class="donut">
                <div class="donut-ring">
                    {canvas_chart(chart, summary, TICKS)}
                    <p class="donut-total"><b title=exact>{total}</b><span>{window}</span></p>
                </div>
                <ul class="donut-legend" aria-label="Cost of each MCP server">
                    {legend.clone()}
                </ul>
            </div>
        }
        .into_any()
    });
    Panel {
        title: "Cost by MCP",
        testid: "chart-cost",
        covers: covered,
        shown: shown(
            move || Some(all()?.is_empty()),
            "Nothing was spent in this time.",
        ),
        legend: || ().into_any(),
        chart: whole,
    }
    .into_view()
}

/// Each entry switches its slice; shares are of what is switched on.
fn legend(all: &DonutChart, chart: &DonutChart, look: Look, locale: &Locale) -> AnyView {
    let entry = |part: &Slice| {
        let exact = format!("{}: {}", part.mcp, locale.exact_money(part.cost));
        let is_shown = !look.has(HIDE, &part.mcp);
        let share = if is_shown {
            locale.percent(chart.share(part))
        } else {
            "off".to_owned()
        };
        let mcp = part.mcp.clone();
        let toggle = clicked(move || look.toggle(HIDE, &mcp));
        view! {
            <li class=part.hue.class() title=exact>
                <button
                    aria-pressed=is_shown.to_string()
                    data-series=part.mcp.clone()
                    on:click=toggle
                >
                    <i aria-hidden="true"></i>
                    <span class="name">{part.mcp.clone()}</span>
                    <span class="figure">{locale.money(part.cost)}</span>
                    <span class="share">{share}</span>
                </button>
            </li>
        }
    };
    all.costly().map(entry).collect_view().into_any()
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
