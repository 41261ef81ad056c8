//! What the timeline promises, told as stories and as properties of random rows.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::float_cmp,
    reason = "a test that cannot go on should stop loudly, and doubles are meant exactly"
)]

mod attribution;
mod before;
mod between;
mod clocks;
mod fine;
mod fuzz;
mod history;
mod many_servers;
mod memory;
mod money;
mod naive;
mod properties;
mod ranges;
mod replaced;
mod sketch;
mod worked_example;
mod zones;
