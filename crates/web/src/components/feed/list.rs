//! The list itself: of however many calls only those in view are in the document.

use std::sync::Arc;

use leptos::html;
use leptos::prelude::*;
use leptos::tachys::view::keyed::keyed;

use super::calls::{Call, place};
use super::keys;
use super::model::{ROW, Rows};
use super::row::row;
use super::state::{End, Feed, Held};
use crate::browser::clock::Clock;
use crate::browser::device::size_of;
use crate::browser::intl::Locale;
use crate::browser::{focus, scroll};
use crate::view::{Watched, alone, clicked, dynamic, effect, words};

pub(super) fn list(feed: Feed, at: NodeRef<html::Div>) -> AnyView {
    let size = size_of(at);
    // What is in the document changes every few rows, not with every pixel.
    effect(move || {
        let _resized = size.get();
        let rows = feed.rows(usize::try_from(scroll::height(at)).unwrap_or_default());
        keep_focus(feed, rows);
        for (signal, now) in [(feed.first, rows.first), (feed.end, rows.end)] {
            let now = u32::try_from(now).unwrap_or_default();
            if signal.get_untracked() != now {
                signal.set(now);
            }
        }
    });
    let scrolled = move |_| {
        let top = scroll::top(at);
        feed.top.set(u32::try_from(top).unwrap_or_default());
        if top > scroll::AT_TOP {
            feed.hold();
        } else {
            feed.release();
        }
    };
    view! {
        <div
            id="feed"
            node_ref=at
            class="feed-list"
            data-testid="feed"
            role="group"
            aria-label="Calls, newest first. Arrow keys move from call to call."
            tabindex="0"
            style:--row=format!("{ROW}px")
            on:scroll=scrolled
            on:keydown=move |event| keys::walk(feed, at, &event)
        >
            {rows(feed)}
        </div>
    }
    .into_any()
}

/// A row with the focus that leaves the document gives it to the list.
fn keep_focus(feed: Feed, rows: Rows) {
    let Some(id) = focus::number("call-") else {
        return;
    };
    let index = feed.peek(|held| Some(held.calls.find(id)?.saturating_sub(held.waiting())));
    if index.is_none_or(|index| index < rows.first || index >= rows.end) {
        focus::give("feed");
    }
}

fn rows(feed: Feed) -> AnyView {
    let locale = StoredValue::new(expect_context::<Locale>());
    let clock = expect_context::<Clock>();
    feed.follow_beat(clock);
    // What was on top before: only what is newer slides in.
    let before = StoredValue::new(None);
    let within = move || Rows {
        first: feed.first.get() as usize,
        end: feed.end.get() as usize,
    };
    let shown = move || {
        let rows = within();
        let (shown, top) = feed.with(|held| {
            let skip = held.waiting();
            let top = held.calls.get(skip).map(place);
            (held.calls.slice(skip + rows.first, skip + rows.end), top)
        });
        before.set_value(feed.seen(top));
        shown
    };
    let one = move |_, call: Arc<Call>| {
        let newer = |top: &_| place(&call.told) > *top;
        let slides = before.with_value(|top| top.as_ref().is_some_and(newer));
        let build = |locale: &_| row(feed, clock, &call.told, slides, locale);
        (drop, alone(|| locale.with_value(build)))
    };
    let above = words(move || format!("{}px", within().above()));
    let below = words(move || format!("{}px", within().below(feed.with(Held::shown))));
    view! {
        <ul aria-label="Calls">
            <li class="gap" aria-hidden="true" style:height=above></li>
            {move || keyed(shown(), |call| (call.told.id, call.version), one)}
            <li class="gap" aria-hidden="true" style:height=below></li>
            {foot(feed)}
        </ul>
    }
    .into_any()
}

/// What stands below the last call, or in the place of all.
fn foot(feed: Feed) -> AnyView {
    // Built anew only when it says another thing, not with every call.
    let says = Watched::new((End::Open, true));
    effect(move || {
        let has_figures = feed.page().has_figures();
        let end = feed.with(|held| match (&held.end, held.shown()) {
            (End::Open, 0) if held.filter.is_empty() && has_figures => {
                End::Reached("No calls yet. The next one shows here.".to_owned())
            }
            (End::Open, 0) => End::Loading,
            (end, _) => end.clone(),
        });
        says.set((end, feed.with(Held::shown) == 0));
    });
    dynamic(move || {
        let (end, is_empty) = says.get();
        match end {
            End::Open => ().into_any(),
            End::Loading => {
                let rows = if is_empty { 9 } else { 3 };
                let row = || view! { <li class="skeleton-row"><span class="skeleton"></span></li> };
                (0..rows).map(|_| row()).collect_view().into_any()
            }
            End::Reached(why) if is_empty => {
                view! { <li class="notice" data-testid="empty">{why}</li> }.into_any()
            }
            End::Reached(why) => {
                view! { <li class="feed-end" data-testid="feed-end">{why}</li> }.into_any()
            }
            End::Failed(why) => {
                let again = move || feed.retries.update(|times| *times = times.wrapping_add(1));
                view! {
                    <li class="feed-end" data-testid="feed-failed">
                        <p role="alert">{why}</p>
                        <button class="button" on:click=clicked(again)>"Try again"</button>
                    </li>
                }
                .into_any()
            }
        }
    })
    .into_any()
}
