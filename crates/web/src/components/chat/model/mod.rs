//! What is told, how large the window is, and what is saved: without a browser.

pub(super) mod frame;
pub(super) mod markdown;
pub(super) mod turn;
