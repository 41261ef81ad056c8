//! What the page is made of. Leaves take plain values or signals; panels read state.

mod banner;
pub(crate) mod call;
mod cards;
pub(crate) mod dashboard;
mod feed;
mod icon;
mod keys;
mod live_pill;
pub(crate) mod not_found;
pub(crate) mod overlay;
pub(crate) mod palette;
pub(crate) mod shortcuts;
mod top_bar;
