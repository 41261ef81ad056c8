//! The dashboard's page: Leptos in the browser, charts by plotters on canvas.
//!
//! Data flows one way: `api` (fetch, server-sent events) fills `state` (signals), which
//! `components` and `charts` show. `browser` wraps what the browser offers.

#![allow(
    unreachable_pub,
    reason = "the component macro makes every component `pub`"
)]
#![allow(
    clippy::needless_pass_by_value,
    reason = "a component owns its properties"
)]

pub mod api;
mod app;
pub mod browser;
pub mod charts;
mod components;
mod later;
pub mod state;
mod view;

pub use app::mount;
