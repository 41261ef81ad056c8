//! Servers that play a part: they say what a story tells them to, in time and byte by byte, and
//! keep what they were asked.

mod http;
mod hub;
mod model;
mod server;
mod step;

pub use http::Received;
pub use hub::{HubMood, StubHub};
pub use model::{ModelMood, Spelling, StubModel};
pub use step::Step;
