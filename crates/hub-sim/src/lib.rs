//! A simulated hub: it writes the audit rows that a real hub would write.
//!
//! * [`generator`] makes rows from a recording of real MCP calls, under users, a
//!   daily rhythm and token prices of its own. What it adds is labelled.
//! * [`embedded`] keeps a hub in one `SQLite` file: filled once, then live.
//! * [`postgres`] writes any of the three schema generations into a `PostgreSQL`
//!   database that it is told to own.
//! * [`live`] goes on in the rhythm of the generator, in either database.
//!
//! Absent on purpose: no clock of its own (see [`Now`]), and no reading of a
//! database beyond what writing needs.

mod error;
mod generation;
mod recording;
mod row;
mod seed;
mod traffic;

pub mod embedded;
pub mod generator;
pub mod live;
pub mod postgres;

use std::sync::Arc;

pub use error::SimError;
pub use generation::{Generation, UnknownGeneration};
pub use row::AuditRow;
pub use seed::SECRET_MARK;

/// The injected clock: microseconds since the epoch, UTC.
pub type Now = Arc<dyn Fn() -> i64 + Send + Sync>;

/// Microseconds in a second.
pub(crate) const SECOND: i64 = 1_000_000;
/// Microseconds in an hour.
pub(crate) const HOUR: i64 = 3_600 * SECOND;
/// Microseconds in a day of 24 hours.
pub(crate) const DAY: i64 = 24 * HOUR;
