//! The four stat cards: all about today.

use leptos::prelude::*;
use shared_types::{HourOfToday, Stats};

use super::icon::{Icon, glyph};
use crate::browser::intl::Locale;
use crate::browser::motion::followed;
use crate::charts::model::figures::change;
use crate::charts::model::frame::Words;
use crate::charts::model::spark::{Spark, Tone};
use crate::charts::sparkline;
use crate::state::{Look, Page, Part};
use crate::view::{Watched, clicked, dynamic, effect, words};

/// A figure with everything that is said about it.
#[derive(Clone)]
struct Figure {
    /// Instead of a number that cannot be known.
    words: String,
    /// How a number is put into words, on its way there too.
    say: fn(&Locale, f64) -> String,
    /// With every digit, for the tooltip.
    exact: String,
    /// The number itself; none when it cannot be known.
    value: Option<f64>,
    /// Set off before the note: `▲ 8.2 %`, and whether that is good.
    change: Option<(String, Trend)>,
    /// The note below the figure.
    note: String,
    /// What the note compares with.
    note_title: String,
}

impl Default for Figure {
    fn default() -> Figure {
        Figure {
            words: String::new(),
            say: |locale, value| locale.count(value.round()),
            exact: String::new(),
            value: None,
            change: None,
            note: String::new(),
            note_title: String::new(),
        }
    }
}

/// What a change means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Trend {
    Good,
    Bad,
    Neither,
}

/// The cards.
pub(super) fn cards() -> AnyView {
    let page = expect_context::<Page>();
    let spark = move |tone, value: fn(&HourOfToday) -> f64| {
        move || {
            let hours = page.read(Part::Stats, |s| s.stats.hours.iter().map(value).collect());
            Spark {
                tone,
                values: hours.unwrap_or_default(),
            }
        }
    };
    let queries = spark(Tone::Queries, |hour| hour.count as f64);
    let cost = spark(Tone::Cost, |hour| hour.cost);
    let nothing = || ().into_any();
    view! {
        <section class="cards" aria-label="Today">
            {card("purple", Icon::Servers, "Active MCPs", "card-active-mcps", servers, nothing())}
            {card("blue", Icon::Users, "Users", "card-users", users, nothing())}
            {card(
                "green", Icon::Pulse, "Queries today", "card-queries", queries_today,
                of_calls(sparkline(queries, "Queries in each hour of today")),
            )}
            {card(
                "orange", Icon::Dollar, "Cost today", "card-cost", cost_today,
                of_calls(sparkline(cost, "Cost of each hour of today")),
            )}
        </section>
    }
    .into_any()
}

/// What a card has that counts today's calls: pressed, it shows them.
fn of_calls(spark: AnyView) -> AnyView {
    let (page, look) = (expect_context::<Page>(), expect_context::<Look>());
    let open = clicked(move || {
        let since = untrack(|| page.read(Part::Stats, |s| s.stats.today_starts.clone()));
        if let Some(since) = since {
            look.filter_calls(&[("since", Some(&since))]);
        }
    });
    view! {
        {spark}
        <button class="card-open" on:click=open>"Show today's calls"</button>
    }
    .into_any()
}

fn card(
    hue: &'static str,
    icon: Icon,
    label: &'static str,
    testid: &'static str,
    figure: fn(&Stats, &Locale) -> Figure,
    more: AnyView,
) -> AnyView {
    let page = expect_context::<Page>();
    let locale = StoredValue::new(expect_context::<Locale>());
    let figure = move || {
        page.read(Part::Stats, |s| {
            locale.with_value(|locale| figure(&s.stats, locale))
        })
    };
    let value = words(move || {
        let value = figure().and_then(|figure| figure.value);
        value.map_or_else(String::new, |value| value.to_string())
    });
    let busy = words(move || figure().is_none().to_string());
    let moving = followed(move || figure()?.value);
    let shown_now = words(move || {
        let moving = moving.get();
        let figure = figure().unwrap_or_default();
        let say = |value| locale.with_value(|locale| (figure.say)(locale, value));
        moving.map_or(figure.words, say)
    });
    // Built once: what is built anew with every figure leaves its subscriptions behind in
    // what seldom changes.
    let known = Watched::new(false);
    effect(move || known.set(figure().is_some()));
    let told =
        move |tell: fn(Figure) -> String| words(move || figure().map_or_else(String::new, tell));
    let (exact, note) = (told(|figure| figure.exact), told(|figure| figure.note));
    let note_title = told(|figure| figure.note_title);
    let mark = move || dynamic(move || change_mark(figure().and_then(|figure| figure.change)));
    let shown = dynamic(move || {
        if !known.get() {
            return view! {
                <p class="figure skeleton skeleton-figure" aria-hidden="true"></p>
                <p class="note skeleton skeleton-note" aria-hidden="true"></p>
            }
            .into_any();
        }
        view! {
            <p class="figure" title=exact>{shown_now}</p>
            <p class="note" title=note_title>{mark()}{note}</p>
        }
        .into_any()
    });
    view! {
        <article
            class=format!("glass card {hue}")
            data-testid=testid
            data-value=value
            aria-busy=busy
        >
            <h2><span class="card-icon">{glyph(icon)}</span>{label}</h2>
            {shown}
            {more}
        </article>
    }
    .into_any()
}

fn change_mark(change: Option<(String, Trend)>) -> AnyView {
    let Some((words, trend)) = change else {
        return ().into_any();
    };
    let class = match trend {
        Trend::Good => "good",
        Trend::Bad => "bad",
        Trend::Neither => "plain",
    };
    view! { <span class=class>{words}</span>" " }.into_any()
}

fn unknown(note: &str) -> Figure {
    Figure {
        words: "–".to_owned(),
        exact: "Not known".to_owned(),
        note: note.to_owned(),
        ..Figure::default()
    }
}

fn servers(stats: &Stats, locale: &Locale) -> Figure {
    let Some(active) = stats.active_mcps else {
        return unknown("the hub's servers cannot be read");
    };
    let note = match stats.total_mcps {
        Some(all) if all > active => {
            let (all, off) = (
                locale.count(all as f64),
                locale.count((all - active) as f64),
            );
            format!("of {all} · {off} disabled")
        }
        _ => "all that the hub knows".to_owned(),
    };
    count(active, note, locale)
}

fn users(stats: &Stats, locale: &Locale) -> Figure {
    let Some(users) = stats.total_users else {
        return unknown("the hub's users cannot be read");
    };
    match stats.new_users_7d {
        Some(new) if new > 0 => Figure {
            change: Some((format!("▲ {}", locale.count(new as f64)), Trend::Good)),
            ..count(users, "this week".to_owned(), locale)
        },
        _ => count(users, "no new ones this week".to_owned(), locale),
    }
}

fn queries_today(stats: &Stats, locale: &Locale) -> Figure {
    let (now, before) = (stats.queries_today as f64, stats.yesterday.queries as f64);
    let figure = count(stats.queries_today, String::new(), locale);
    let exact = locale.exact_count(before);
    compared(figure, now, before, &exact, Trend::Good, locale)
}

fn cost_today(stats: &Stats, locale: &Locale) -> Figure {
    let (now, before) = (stats.cost_today, stats.yesterday.cost);
    let estimated = if stats.costs_estimated {
        ", estimated from tokens"
    } else {
        ""
    };
    let figure = Figure {
        say: Locale::money,
        exact: format!("{}{estimated}", locale.exact_money(now)),
        value: Some(now),
        ..Figure::default()
    };
    compared(
        figure,
        now,
        before,
        &locale.exact_money(before),
        Trend::Bad,
        locale,
    )
}

fn count(value: u64, note: String, locale: &Locale) -> Figure {
    let number = value as f64;
    Figure {
        exact: locale.exact_count(number),
        value: Some(number),
        note,
        ..Figure::default()
    }
}

/// The figure beside yesterday's at the same time. `more` is what it means if it grew.
fn compared(
    figure: Figure,
    now: f64,
    before: f64,
    exact: &str,
    more: Trend,
    locale: &Locale,
) -> Figure {
    let note_title = format!("Yesterday until this time of day: {exact}");
    let Some(share) = change(now, before) else {
        return Figure {
            note: "nothing yesterday by now".to_owned(),
            note_title,
            ..figure
        };
    };
    let grew = share >= 0.0;
    let trend = match (more, grew) {
        _ if share.abs() < 0.0005 => Trend::Neither,
        (Trend::Bad, true) => Trend::Bad,
        (Trend::Bad, false) | (Trend::Good, true) => Trend::Good,
        _ => Trend::Neither,
    };
    let arrow = if grew { "▲" } else { "▼" };
    let words = format!("{arrow} {}", locale.percent(share.abs()));
    Figure {
        change: Some((words, trend)),
        note: "vs yesterday".to_owned(),
        note_title,
        ..figure
    }
}
