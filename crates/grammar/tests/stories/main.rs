//! What people ask and what is understood, told as stories and as properties.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test that cannot go on should stop loudly"
)]

mod fuzz;
mod hostile;
mod names;
mod notation;
mod properties;
mod refusals;
mod suggestions;
mod table;
mod times;
mod world;
