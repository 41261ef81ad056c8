//! The last calls, newest on top. New ones slide in while the list shows its top; while
//! somebody reads further down they wait behind a pill, so that nothing moves.

mod row;

use leptos::html;
use leptos::prelude::*;
use shared_types::Activity;

use super::icon::{Glyph, Icon};
use crate::browser::intl::Locale;
use crate::browser::scroll;
use crate::charts::model::time::epoch_ms;
use crate::state::Page;
use row::Row;

/// Where a call stands in the order of the feed.
type Place = (i64, i64);

/// The feed.
#[component]
pub(super) fn Feed() -> impl IntoView {
    let page = expect_context::<Page>();
    let list = NodeRef::<html::Ul>::new();
    // The newest call that was shown when the reader left the top.
    let held = RwSignal::new(None::<Place>);
    let waiting = Memo::new(move |_| {
        page.activities
            .with(|rows| newer(rows.as_deref(), held.get()))
    });
    let shown = move || {
        let rows = page.activities.get().unwrap_or_default();
        rows.into_iter().skip(waiting.get()).collect::<Vec<_>>()
    };
    let newest = Memo::new(move |_| shown().first().map(place));
    let scrolled = move |_| {
        if scroll::at_top(list) {
            held.set(None);
        } else if held.with_untracked(Option::is_none) {
            held.set(newest.get_untracked());
        }
    };
    let to_top = move |_| {
        held.set(None);
        scroll::to_top(list);
    };
    view! {
        <section class="glass panel feed" aria-label="Activity">
            <header class="panel-head">
                <h2>"Activity"</h2>
                <small>"last calls"</small>
            </header>
            <Show when=move || waiting.with(|waiting| *waiting != 0)>
                <button class="new-pill" data-testid="feed-new" on:click=to_top>
                    <Glyph icon=Icon::ArrowUp />
                    {move || format!("{} new", waiting.get())}
                </button>
            </Show>
            <ul
                node_ref=list
                data-testid="feed"
                aria-label="Last calls, newest first"
                tabindex="0"
                on:scroll=scrolled
            >
                <Rows shown=Signal::derive(shown) newest=newest />
            </ul>
        </section>
    }
}

#[component]
fn Rows(shown: Signal<Vec<Activity>>, newest: Memo<Option<Place>>) -> impl IntoView {
    let page = expect_context::<Page>();
    let locale = StoredValue::new(expect_context::<Locale>());
    // What was on top before: only what is newer slides in.
    let before = StoredValue::new(None::<Place>);
    Effect::new(move |_| before.set_value(newest.get()));
    let skeleton =
        || (0..9).map(|_| view! { <li class="skeleton-row"><span class="skeleton"></span></li> });
    move || {
        if !page.has_figures() {
            return view! { {skeleton().collect_view()} }.into_any();
        }
        view! {
            <For
                each=move || shown.get()
                key=fingerprint
                children=move |call| {
                    let slides = before.get_value().is_some_and(|top| place(&call) > top);
                    locale.with_value(|locale| view! { <Row call=call slides=slides locale=locale.clone() /> })
                }
            />
            <Show when=move || shown.with(Vec::is_empty)>
                <li class="notice" data-testid="empty">"No calls yet. The next one shows here."</li>
            </Show>
        }
        .into_any()
    }
}

fn place(call: &Activity) -> Place {
    (epoch_ms(&call.timestamp).unwrap_or_default(), call.id)
}

/// How many calls are newer than this place.
fn newer(rows: Option<&[Activity]>, than: Option<Place>) -> usize {
    let (Some(rows), Some(than)) = (rows, than) else {
        return 0;
    };
    rows.iter().take_while(|row| place(row) > than).count()
}

/// What makes a row another one: its id, and everything that a correction may change.
fn fingerprint(call: &Activity) -> (i64, String) {
    let more = (
        &call.user_email,
        &call.action,
        &call.mcp,
        call.duration_ms,
        call.cost,
    );
    (
        call.id,
        format!("{more:?} {} {}", call.status.as_str(), call.timestamp),
    )
}
