//! Writes a hub's schema and rows into a `PostgreSQL` database that it owns.
//!
//! Ownership is marked by a comment on the schema `omni2`, which also names the
//! generation. A database that has the schema without the mark is a real hub's
//! and is never touched.

mod columns;
mod insert;
mod schema;
mod seed;
mod sink;

pub use insert::insert;
pub use schema::{create, drop};
pub use sink::PostgresSink;
