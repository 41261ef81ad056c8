//! Real programs for tests: a throw-away PostgreSQL cluster, PgBouncer, and the API itself; and
//! servers that play a part, a hub or a language model to chat with, in every mood; and a network
//! with its faults.
//!
//! Everything listens on the loopback on a port of its own, lives in a temporary folder
//! and ends, by its process id, when it is dropped. Waiting is for events, with a
//! deadline and a message that says what did not happen.

#![allow(
    clippy::panic,
    reason = "a test that lacks what it stands on should stop loudly"
)]

mod api;
mod copies;
mod forwarder;
mod limits;
mod pgbouncer;
mod port;
mod postgres;
mod programs;
mod stub;
mod wait;

pub use api::{ApiProcess, hash_of};
pub use forwarder::{Forwarder, Line};
pub use limits::raise_open_files;
pub use pgbouncer::Pgbouncer;
pub use port::free_port;
pub use postgres::{Postgres, create_database, shared_postgres};
pub use programs::{Missing, find, in_path, postgres_program, skip_or_fail};
pub use stub::{HubMood, ModelMood, Received, Spelling, Step, StubHub, StubModel};
pub use wait::{DEADLINE, until};
