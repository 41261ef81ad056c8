//! The dashboard's API.

use std::process::ExitCode;
use std::sync::Arc;
use std::time::{SystemTime, UNIX_EPOCH};

use api::clock::Clock;
use api::config::Settings;
use clap::Parser;

#[actix_web::main]
async fn main() -> ExitCode {
    let settings = match Settings::try_parse() {
        Ok(settings) => settings.check().map_err(|error| error.to_string()),
        Err(wrong) if wrong.use_stderr() => Err(first_line(&wrong.to_string())),
        // Help and the version are no errors.
        Err(wanted) => wanted.exit(),
    };
    let started = match settings {
        Ok(config) => api::startup::run(config, wall_clock()).await,
        Err(message) => Err(message),
    };
    match started {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("error: {message}");
            ExitCode::from(2)
        }
    }
}

/// What is wrong, without the usage below it.
fn first_line(told: &str) -> String {
    let line = told.lines().next().unwrap_or_default();
    line.trim_start_matches("error: ").to_owned()
}

/// The wall clock, read nowhere else.
fn wall_clock() -> Clock {
    #[expect(clippy::disallowed_methods, reason = "the one place that reads it")]
    let now = || {
        SystemTime::now()
            .duration_since(UNIX_EPOCH)
            .unwrap_or_default()
    };
    Arc::new(move || i64::try_from(now().as_micros()).unwrap_or(i64::MAX))
}
