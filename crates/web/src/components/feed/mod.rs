//! The last calls, newest on top. New ones slide in while the list shows its top; while
//! somebody reads further down they wait behind a pill, so that nothing moves.

mod row;

use leptos::html;
use leptos::prelude::*;
use shared_types::Activity;

use super::icon::{Icon, glyph};
use crate::browser::intl::Locale;
use crate::browser::scroll;
use crate::charts::model::time::epoch_ms;
use crate::state::{Page, Part};
use crate::view::dynamic;
use row::row;

/// Where a call stands in the order of the feed.
type Place = (i64, i64);

/// The feed.
pub(super) fn feed() -> AnyView {
    let page = expect_context::<Page>();
    let list = NodeRef::<html::Ul>::new();
    // The newest call that was shown when the reader left the top.
    let held = RwSignal::new(None::<Place>);
    let waiting = move || {
        let newer = page.read(Part::Activities, |s| newer(&s.activities, held.get()));
        newer.unwrap_or_default()
    };
    let shown = move || {
        let rows = page
            .read(Part::Activities, |s| s.activities.clone())
            .unwrap_or_default();
        rows.into_iter().skip(waiting()).collect::<Vec<_>>()
    };
    let scrolled = move |_| {
        if scroll::at_top(list) {
            held.set(None);
        } else if held.with_untracked(Option::is_none) {
            held.set(untrack(shown).first().map(place));
        }
    };
    let to_top = move |_| {
        held.set(None);
        scroll::to_top(list);
    };
    let pill = dynamic(move || match waiting() {
        0 => ().into_any(),
        waiting => view! {
            <button class="new-pill" data-testid="feed-new" on:click=to_top>
                {glyph(Icon::ArrowUp)}
                {format!("{waiting} new")}
            </button>
        }
        .into_any(),
    });
    view! {
        <section id="activity" class="glass panel feed" aria-label="Activity">
            <header class="panel-head">
                <h2>"Activity"</h2>
                <small>"last calls"</small>
            </header>
            {pill}
            <ul
                node_ref=list
                data-testid="feed"
                aria-label="Last calls, newest first"
                tabindex="0"
                on:scroll=scrolled
            >
                {rows(shown)}
            </ul>
        </section>
    }
    .into_any()
}

fn rows(shown: impl Fn() -> Vec<Activity> + Copy + Send + Sync + 'static) -> AnyView {
    let page = expect_context::<Page>();
    let locale = StoredValue::new(expect_context::<Locale>());
    // What was on top before: only what is newer slides in.
    let before = StoredValue::new(None::<Place>);
    Effect::new(move |_| before.set_value(shown().first().map(place)));
    let instead = dynamic(move || {
        if !page.has_figures() {
            let row = || view! { <li class="skeleton-row"><span class="skeleton"></span></li> };
            return (0..9).map(|_| row()).collect_view().into_any();
        }
        if shown().is_empty() {
            let says = "No calls yet. The next one shows here.";
            return view! { <li class="notice" data-testid="empty">{says}</li> }.into_any();
        }
        ().into_any()
    });
    view! {
        {instead}
        <For
            each=shown
            key=fingerprint
            children=move |call| {
                let slides = before.get_value().is_some_and(|top| place(&call) > top);
                locale.with_value(|locale| row(call, slides, locale))
            }
        />
    }
    .into_any()
}

fn place(call: &Activity) -> Place {
    (epoch_ms(&call.timestamp).unwrap_or_default(), call.id)
}

/// How many calls are newer than this place.
fn newer(rows: &[Activity], than: Option<Place>) -> usize {
    than.map_or(0, |than| {
        rows.iter().take_while(|row| place(row) > than).count()
    })
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
