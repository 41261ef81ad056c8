//! What the page is made of. Leaves take plain values or signals; panels read state.

pub(crate) mod account;
mod banner;
pub(crate) mod call;
mod cards;
pub(crate) mod chat;
pub(crate) mod dashboard;
pub(crate) mod feed;
pub(crate) mod icon;
mod keys;
mod live_pill;
pub(crate) mod not_found;
pub(crate) mod overlay;
pub(crate) mod palette;
mod picker;
pub(crate) mod range;
pub(crate) mod shortcuts;
pub(crate) mod sign_in;
pub(crate) mod span;
mod top_bar;
pub(crate) mod zones;
