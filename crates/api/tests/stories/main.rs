//! What the API promises, told over HTTP against real databases: the embedded one, and
//! PostgreSQL in each generation of the hub's schema.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::float_cmp,
    reason = "a test that cannot go on should stop loudly, and printed figures are meant exactly"
)]

mod away;
mod bad_input;
mod changes;
mod chat;
mod chat_asker;
mod chat_input;
mod chat_log;
mod chat_model;
mod chat_model_trouble;
mod chat_stream;
mod chat_trouble;
mod commands;
mod described;
mod detail;
mod doors;
mod doors_forward;
mod doors_programs;
mod doors_sessions;
mod doors_streams;
mod faults;
mod figures;
mod grants;
mod hostile;
mod http;
mod many_writers;
mod network;
mod process;
mod roles;
mod schema;
mod secrets;
mod settings;
mod stream;
mod watched;
mod whole_answers;
mod worked_example;
mod world;
