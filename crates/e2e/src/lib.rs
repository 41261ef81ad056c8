//! The whole dashboard for stories: a hub's database, the API, the built page behind a
//! gateway with a strict Content-Security-Policy, and people with browsers.
//!
//! Everything panics with what did not happen: only tests use it.
#![allow(
    clippy::panic,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::missing_panics_doc,
    reason = "a test says what it saw by failing"
)]

mod audit;
mod contrast;
mod dist;
mod front;
mod gateway;
mod hub;
mod viewer;
mod wait;

pub use audit::{Audit, Axe, Finding};
pub use contrast::{Contrast, Worst};
pub use dist::{Dist, DistFile};
pub use front::Front;
pub use gateway::Gateway;
pub use hub::{Hub, now};
pub use viewer::{Chromium, Counts, Device, Opening, Place, Preference, Viewer};
pub use wait::until;
