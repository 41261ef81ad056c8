//! The dashboard's HTTP interface: follows a hub's audit log and serves its figures.
//!
//! Data flows one way: [`store`] (rows) to [`live`] (figures) to [`routes`] (answers).
//! [`chat`] answers questions in words, from a hub or from the figures. [`doors`] says who
//! may come in and what they may see.

pub mod app;
pub mod chat;
pub mod clock;
pub mod config;
pub mod doors;
pub mod error;
pub mod live;
pub mod metrics;
mod packed;
pub mod probe;
pub mod routes;
pub mod server;
pub mod startup;
pub mod store;
pub mod telemetry;
