//! Servers that play a part: they say what a story tells them to, in time and byte by byte, and
//! keep what they were asked.

mod http;
mod hub;
mod server;
mod step;

pub use http::Received;
pub use hub::{HubMood, StubHub};
pub use step::Step;
