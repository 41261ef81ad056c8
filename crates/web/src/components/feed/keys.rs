//! Moving through the list with keys. The focus goes from row to row; Enter follows the
//! row's link, which is the browser's own doing.

use leptos::ev::KeyboardEvent;
use leptos::html;
use leptos::prelude::*;

use super::model::revealing;
use super::state::{Feed, Held};
use crate::browser::{focus, scroll};

/// Goes to another row, when the key says so.
pub(super) fn walk(feed: Feed, at: NodeRef<html::Div>, event: &KeyboardEvent) {
    if event.ctrl_key() || event.meta_key() || event.alt_key() {
        return;
    }
    let (top, height) = (scroll::top(at).max(0), scroll::height(at).max(0));
    let (Ok(top), Ok(height)) = (usize::try_from(top), usize::try_from(height)) else {
        return;
    };
    let count = feed.peek(Held::shown);
    let here = focus::number("call-");
    let here = here
        .and_then(|id| feed.peek(|held| Some(held.calls.find(id)?.saturating_sub(held.waiting()))));
    let first_in_view = top.div_ceil(super::model::ROW);
    let next = match (event.key().as_str(), here) {
        ("ArrowDown", Some(here)) => here + 1,
        ("ArrowUp", Some(here)) => here.saturating_sub(1),
        ("ArrowDown" | "ArrowUp", None) => first_in_view,
        ("Home", _) => 0,
        ("End", _) => count.saturating_sub(1),
        _ => return,
    };
    event.prevent_default();
    let next = next.min(count.saturating_sub(1));
    let Some(id) = feed.peek(|held| held.calls.get(held.waiting() + next).map(|call| call.id))
    else {
        return;
    };
    let place = revealing(next, top, height);
    if place != top {
        scroll::go(at, i32::try_from(place).unwrap_or_default());
        feed.top.set(u32::try_from(place).unwrap_or_default());
    }
    // Once the row is there.
    request_animation_frame(move || focus::give(&format!("call-{id}")));
}
