//! The last calls, newest on top. New ones slide in while the list shows its top; while
//! somebody reads further down they wait behind a pill, so that nothing moves.

pub(crate) mod asking;
mod calls;
mod head;
mod keys;
mod list;
mod model;
mod row;
pub(crate) mod state;
pub(crate) mod tools;

use leptos::html;
use leptos::prelude::*;

pub(crate) use row::badge;

use super::icon::{Icon, glyph};
use crate::browser::scroll;
use crate::later::{Wanted, on_demand};
use crate::state::{Look, Page};
use crate::view::{clicked, dynamic, effect};
use state::Feed;

/// The feed.
pub(super) fn feed() -> AnyView {
    let feed = Feed::begin(expect_context::<Look>(), expect_context::<Page>());
    provide_context(feed);
    let place = NodeRef::<html::Div>::new();
    effect(move || feed.follow());
    // Other calls are shown from their top.
    effect(move || {
        feed.turn.track();
        scroll::go(place, 0);
        feed.top.set(0);
    });
    // What asks for calls, and what they are chosen with, is fetched when it is wanted.
    effect(move || {
        let wanted = feed.choosing.get() > 0 || feed.wants_older() || !feed.filter().is_empty();
        if wanted && feed.asks.get_untracked() == 0 {
            feed.asks.set(1);
        }
    });
    let tools = dynamic(move || match feed.asks.get() {
        0 => ().into_any(),
        _ => on_demand(Wanted::Calls),
    });
    view! {
        <section id="activity" class="glass panel feed" aria-label="Activity">
            {head::head(feed)}
            <div class="feed-tools">{tools}</div>
            <div class="feed-body">
                {pill(feed, place)}
                {list::list(feed, place)}
            </div>
        </section>
    }
    .into_any()
}

/// How many calls wait above, while somebody reads further down. A list that is paused
/// says so in its head.
fn pill(feed: Feed, place: NodeRef<html::Div>) -> AnyView {
    let to_top = move || {
        feed.release();
        scroll::go(place, 0);
        feed.top.set(0);
    };
    dynamic(
        move || match feed.with(|held| held.news().filter(|_| !held.paused)) {
            None => ().into_any(),
            Some(waiting) => view! {
                <button class="new-pill" data-testid="feed-new" on:click=clicked(to_top)>
                    {glyph(Icon::ArrowUp)}
                    {waiting}
                </button>
            }
            .into_any(),
        },
    )
    .into_any()
}
