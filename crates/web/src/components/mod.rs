//! What the page is made of. Leaves take plain values or signals; panels read state.

mod banner;
mod cards;
pub(crate) mod dashboard;
mod feed;
mod icon;
mod live_pill;
pub(crate) mod not_found;
mod top_bar;
