//! What calls are chosen with, and what is chosen.

use std::collections::BTreeSet;

use leptos::prelude::*;
use shared_types::OTHER;

use super::asking;
use super::state::Feed;
use crate::browser::intl::Locale;
use crate::charts::model::frame::Words;
use crate::charts::model::time::epoch_ms;
use crate::components::icon::{Icon, glyph};
use crate::state::CALLS;
use crate::view::{clicked, dynamic, words};

/// What a call's end is called in the address, and in words.
const ENDS: [(&str, &str); 5] = [
    ("errors", "All errors"),
    ("success", "Ok"),
    ("warning", "Warning"),
    ("error", "Error"),
    ("blocked", "Blocked"),
];
/// How many of the newest calls are looked through for users to propose.
const LOOKED_THROUGH: usize = 500;

/// The tools of the feed, which asks for calls from now on.
pub(crate) fn tools() -> AnyView {
    let feed = expect_context::<Feed>();
    asking::begin(feed);
    let choices = dynamic(move || match feed.choosing.get() {
        0 => ().into_any(),
        _ => choices(feed),
    });
    view! {
        {choices}
        {chips(feed)}
        {failure(feed)}
    }
    .into_any()
}

fn choices(feed: Feed) -> AnyView {
    let names = feed.page().with_colours(|colours| {
        let names = colours.names().filter(|name| *name != OTHER);
        names.map(str::to_owned).collect::<BTreeSet<String>>()
    });
    // A server that is chosen and has no calls of late is among them, too.
    let names: BTreeSet<String> = names.into_iter().chain(feed.look.one("mcp")).collect();
    let mcps = names.into_iter().map(|name| (name.clone(), name)).collect();
    let ends = ENDS
        .map(|(name, says)| (name.to_owned(), says.to_owned()))
        .to_vec();
    let hue = words(move || {
        let hue = |mcp: String| {
            feed.page()
                .with_colours(|colours| colours.get(&mcp).class())
        };
        format!("choice {}", feed.look.one("mcp").map_or("", hue))
    });
    view! {
        <div class="feed-choices" role="group" aria-label="Which calls">
            <span class=hue>{choice(feed, "mcp", "MCP server", "All servers", mcps)}</span>
            <span class="choice">{choice(feed, "status", "Status", "Any status", ends)}</span>
            {user(feed)}
        </div>
    }
    .into_any()
}

fn choice(
    feed: Feed,
    name: &'static str,
    label: &'static str,
    all: &'static str,
    values: Vec<(String, String)>,
) -> AnyView {
    let look = feed.look;
    let option = |(value, says): (String, String)| {
        let is = value.clone();
        let selected = Signal::derive(move || look.has(name, &is));
        view! { <option value=value prop:selected=selected>{says}</option> }
    };
    let chosen = move |event| look.set(&[(name, Some(&event_target_value(&event)))]);
    let none = Signal::derive(move || look.one(name).is_none());
    view! {
        <select
            class="field"
            data-testid=format!("feed-{name}")
            aria-label=label
            on:change=chosen
        >
            <option value="" prop:selected=none>{all}</option>
            {values.into_iter().map(option).collect_view()}
        </select>
    }
    .into_any()
}

fn user(feed: Feed) -> AnyView {
    let look = feed.look;
    let known: BTreeSet<String> = feed.peek(|held| {
        let calls = held.calls.slice(0, LOOKED_THROUGH);
        calls
            .iter()
            .filter_map(|call| call.told.user_email.clone())
            .collect()
    });
    let chosen = move |event| {
        let text = event_target_value(&event);
        look.set(&[("user", Some(text.trim()))]);
    };
    let value = words(move || look.one("user").unwrap_or_default());
    let hidden = Signal::derive(move || !feed.page().you().sees_people());
    let options = known
        .into_iter()
        .map(|email| view! { <option value=email></option> });
    view! {
        <input
            hidden=hidden
            class="field"
            type="email"
            data-testid="feed-user"
            placeholder="Any user"
            aria-label="User's e-mail address"
            list="feed-users"
            maxlength="255"
            autocomplete="off"
            prop:value=value
            on:change=chosen
        />
        <datalist id="feed-users">{options.collect_view()}</datalist>
    }
    .into_any()
}

/// What is chosen: each can be taken away.
fn chips(feed: Feed) -> AnyView {
    let locale = expect_context::<Locale>();
    dynamic(move || {
        let filter = feed.filter();
        if filter.is_empty() {
            return ().into_any();
        }
        let clear = move || feed.look.set(&CALLS.map(|name| (name, None)));
        let chip = |(name, value): (&'static str, String)| chip(feed, name, &value, &locale);
        view! {
            <ul class="chips" aria-label="Active filters">
                {filter.into_iter().map(chip).collect_view()}
                <li>
                    <button class="chip plain" data-testid="feed-clear" on:click=clicked(clear)>
                        "Clear"
                    </button>
                </li>
            </ul>
        }
        .into_any()
    })
    .into_any()
}

fn chip(feed: Feed, name: &'static str, value: &str, locale: &Locale) -> AnyView {
    let moment = |value: &str| {
        let at = epoch_ms(value);
        at.map_or_else(|| value.to_owned(), |at| locale.moment(at))
    };
    let end = |value: &str| {
        let end = ENDS.into_iter().find(|end| end.0 == value);
        end.map_or_else(|| value.to_owned(), |end| end.1.to_owned())
    };
    let (what, says) = match name {
        "mcp" => ("server", value.to_owned()),
        "status" => ("status", end(value)),
        "q" => ("text", format!("“{value}”")),
        "since" => ("beginning", format!("from {}", moment(value))),
        "until" => ("end", format!("before {}", moment(value))),
        _ => ("user", value.to_owned()),
    };
    let hue = if name == "mcp" {
        feed.page()
            .with_colours(|colours| colours.get(value).class())
    } else {
        ""
    };
    let remove = move || feed.look.set(&[(name, None)]);
    view! {
        <li>
            <button
                class=format!("chip {hue}")
                data-testid="feed-chip"
                data-name=name
                title=says.clone()
                aria-label=format!("Remove the filter by {what}: {says}")
                on:click=clicked(remove)
            >
                <bdi>{says.clone()}</bdi>
                {glyph(Icon::Cross)}
            </button>
        </li>
    }
    .into_any()
}

/// The list is shown as it was, and why. Where there is none, its own place says so.
fn failure(feed: Feed) -> AnyView {
    let again = move || feed.retries.update(|times| *times = times.wrapping_add(1));
    dynamic(move || {
        let failure = feed.with(|held| held.failure.clone().filter(|_| held.shown() > 0));
        match failure {
            None => ().into_any(),
            Some(why) => view! {
                <p class="feed-failure" role="alert">
                    {why}" "
                    <button class="link" on:click=clicked(again)>"Try again"</button>
                </p>
            }
            .into_any(),
        }
    })
    .into_any()
}
