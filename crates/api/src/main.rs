//! The dashboard's API.

use std::process::ExitCode;
use std::sync::Arc;
use std::time::{SystemTime, UNIX_EPOCH};

use api::clock::Clock;
use api::config::Settings;
use clap::Parser;

#[actix_web::main]
async fn main() -> ExitCode {
    let started = match Settings::parse().check() {
        Ok(config) => api::startup::run(config, wall_clock()).await,
        Err(error) => Err(error.to_string()),
    };
    match started {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("error: {message}");
            ExitCode::from(2)
        }
    }
}

/// The wall clock, read nowhere else.
fn wall_clock() -> Clock {
    #[expect(clippy::disallowed_methods, reason = "the one place that reads it")]
    let now = || SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    Arc::new(move || i64::try_from(now().as_micros()).unwrap_or(i64::MAX))
}
