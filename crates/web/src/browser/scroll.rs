//! Where a scrolled list is.

use leptos::html;
use leptos::prelude::*;

/// Within this many CSS pixels of its top, a list counts as being there.
const AT_TOP: i32 = 8;

/// Whether the list shows its first row.
pub(crate) fn at_top(list: NodeRef<html::Ul>) -> bool {
    list.get_untracked()
        .is_none_or(|list| list.scroll_top() <= AT_TOP)
}

/// Goes to the first row.
pub(crate) fn to_top(list: NodeRef<html::Ul>) {
    if let Some(list) = list.get_untracked() {
        list.set_scroll_top(0);
    }
}
