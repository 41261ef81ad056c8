//! The only SQL. Questions about a hub's database, asked the same way of PostgreSQL and
//! of the embedded SQLite file; rows come back, never figures.
//!
//! Every question is read-only, bounded in rows or in time, and runs inside a
//! [`Reading`]: one transaction that sees one state of the database throughout.
//! Columns that may hold secrets (`auth_config`, `password_hash`, `api_key_hash`) are
//! in no text of this module.

mod around;
mod conditions;
mod connect;
mod detail;
mod digest;
mod error;
mod expressions;
mod filter;
mod grouped;
mod health;
mod identity;
mod line;
mod literal;
mod names;
mod pool;
mod reading;
mod rows;
mod schema;
mod session;
mod speaking;
mod written;

pub use connect::{Database, Limits, Store};
pub use detail::{DetailRow, LONGEST_TEXT};
pub use digest::Digest;
pub use error::StoreError;
pub use filter::{Filter, Place};
pub use grouped::{ToolRow, Top};
pub use health::ServerRow;
pub use names::Person;
pub use reading::Reading;
pub use rows::{AuditRow, Email, Passing, Pulse, Servers, Users};
pub use schema::{Generation, Schema};
pub use speaking::Speaking;
pub use written::WrittenSums;
