//! Where a scrolled list is.

use leptos::html;
use leptos::prelude::*;

/// Within this many CSS pixels of its top, a list counts as being there.
pub(crate) const AT_TOP: i32 = 8;

/// So many CSS pixels of an element have to be in view.
const SEEN: f64 = 200.0;

/// How far a list is scrolled down, CSS pixels.
pub(crate) fn top(list: NodeRef<html::Div>) -> i32 {
    list.get_untracked().map_or(0, |list| list.scroll_top())
}

/// How high the view of a list is, CSS pixels.
pub(crate) fn height(list: NodeRef<html::Div>) -> i32 {
    list.get_untracked().map_or(0, |list| list.client_height())
}

/// Scrolls a list so far down, CSS pixels.
pub(crate) fn go(list: NodeRef<html::Div>, top: i32) {
    if let Some(list) = list.get_untracked() {
        list.set_scroll_top(top);
    }
}

/// Within this many CSS pixels of its end, a list counts as being there.
const AT_END: i32 = 32;

/// Whether a list is scrolled to its end.
pub(crate) fn is_at_end(list: NodeRef<html::Div>) -> bool {
    list.get_untracked().is_none_or(|list| {
        list.scroll_height() - list.scroll_top() - list.client_height() <= AT_END
    })
}

/// Scrolls a list to its end.
pub(crate) fn to_end(list: NodeRef<html::Div>) {
    if let Some(list) = list.get_untracked() {
        list.set_scroll_top(list.scroll_height());
    }
}

/// Brings the element with this id into view, unless a good part of it is to be seen.
pub(crate) fn bring(id: &str) {
    let Some(window) = web_sys::window() else {
        return;
    };
    let element = window
        .document()
        .and_then(|page| page.get_element_by_id(id));
    let height = window
        .inner_height()
        .ok()
        .and_then(|height| height.as_f64());
    let (Some(element), Some(height)) = (element, height) else {
        return;
    };
    let place = element.get_bounding_client_rect();
    if place.top() > height - SEEN || place.bottom() < SEEN {
        element.scroll_into_view();
    }
}
