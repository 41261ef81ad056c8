//! Stories of the whole dashboard: a hub's database, the API, the page, a browser.
#![allow(
    missing_docs,
    reason = "a test program has no readers of its documentation"
)]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test says what it saw by failing"
)]

mod accessible;
mod away;
mod call;
mod cards;
mod chat;
mod chat_failures;
mod chat_hostile;
mod chat_kept;
mod chat_rich;
mod chat_window;
mod clicking;
mod exports;
mod feed;
mod filters;
mod first_look;
mod fits;
mod front;
mod hands;
mod offline;
mod palette;
mod panels;
mod pixels;
mod pointing;
mod preferences;
mod ranges;
mod tabbing;
mod tables;
mod world;
mod zones;
mod zooming;
