//! The log.

use tracing_subscriber::EnvFilter;
use tracing_subscriber::util::SubscriberInitExt;

use crate::config::{Config, LogFormat};

/// Writes the log to standard error from here on, as the settings say.
///
/// # Errors
/// When `RUST_LOG` is no filter, or a log is written already.
pub fn begin(config: &Config) -> Result<(), String> {
    let filter = EnvFilter::try_new(&config.log_filter)
        .map_err(|error| format!("RUST_LOG={}: {error}", config.log_filter))?;
    let log = tracing_subscriber::fmt()
        .with_env_filter(filter)
        // Where nobody reads what is written, the work goes on: to complain there, too, would panic.
        .log_internal_errors(false)
        .with_writer(std::io::stderr);
    let begun = match config.log_format {
        LogFormat::Pretty => log.with_target(false).finish().try_init(),
        LogFormat::Json => log.json().flatten_event(true).finish().try_init(),
    };
    begun.map_err(|error| error.to_string())
}
