//! The dashboard's API.

use std::process::ExitCode;
use std::sync::Arc;
use std::time::{SystemTime, UNIX_EPOCH};

use api::clock::Clock;
use api::config::{Settings, Task};
use api::{doors, probe, startup};
use clap::Parser;

#[actix_web::main]
async fn main() -> ExitCode {
    let settings = match Settings::try_parse() {
        Ok(settings) => settings,
        Err(wrong) if wrong.use_stderr() => return failed(2, &first_line(&wrong.to_string())),
        // Help and the version are no errors.
        Err(wanted) => wanted.exit(),
    };
    let done = match settings.task() {
        Task::Serve => match settings.check() {
            Ok(config) => startup::run(config, wall_clock()).await,
            Err(error) => Err(error.to_string()),
        },
        Task::HashPassword => hash_password(),
        Task::Probe(address) => match probe::probe(address).await {
            // Whoever checks on containers knows 0 and 1.
            Err(message) => return failed(1, &message),
            healthy => healthy,
        },
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => failed(2, &message),
    }
}

fn failed(code: u8, message: &str) -> ExitCode {
    eprintln!("error: {message}");
    ExitCode::from(code)
}

/// Prints the hash of the first line of the standard input.
fn hash_password() -> Result<(), String> {
    let mut line = String::new();
    let read = std::io::stdin().read_line(&mut line);
    read.map_err(|error| format!("the standard input cannot be read: {error}"))?;
    let password = line.trim_end_matches(['\r', '\n']);
    let salt = startup::random()?;
    let hash = doors::hashed(password, salt).map_err(|error| error.to_string())?;
    println!("{hash}");
    Ok(())
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
