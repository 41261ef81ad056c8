//! From settings to a running server, and back to none.

use std::net::TcpListener;
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};
use std::time::Duration;

use actix_web::web;
use hub_sim::SimError;
use hub_sim::embedded::Hub;
use parking_lot::Mutex;
use rand::SeedableRng;
use rand::TryRng;
use rand::rngs::{StdRng, SysRng};
use tokio_util::sync::CancellationToken;

use crate::app::State;
use crate::chat::{self, Chat};
use crate::clock::Clock;
use crate::config::Config;
use crate::doors::Doors;
use crate::live::{Live, Options};
use crate::metrics::Metrics;
use crate::server::{self, Patience};
use crate::store::{Database, Limits, Store};
use crate::telemetry;

/// How long it may take to keep what was folded once everybody has been answered.
const KEEPING: Duration = Duration::from_secs(5);
/// How much the simulated hub writes before it goes on live.
const FILLED_DAYS: u32 = 7;
/// What goes on until it has.
const FILLING: &str = "the simulated hub is writing its first seven days";
/// The first and the longest pause before that is tried again; each doubles the last.
const FIRST_PAUSE: Duration = Duration::from_millis(250);
const LONGEST_PAUSE: Duration = Duration::from_secs(5);

/// Runs until SIGINT or SIGTERM.
///
/// # Errors
/// When a setting is wrong or the port is taken: one line for people.
pub async fn run(config: Config, clock: Clock) -> Result<(), String> {
    telemetry::begin(&config)?;
    // Before anybody can know that we run: a signal must never find nobody listening.
    let asked = asked_to_stop().map_err(|error| error.to_string())?;
    let listener = bind(&config)?;
    let address = listener.local_addr().map_err(|error| error.to_string())?;
    let stop = CancellationToken::new();
    let state = state(&config, clock, &stop)?;
    let live = state.live.clone();
    let state = web::Data::new(state);
    tracing::info!(%address, "the dashboard's API serves");
    let workers = std::thread::available_parallelism().map_or(1, NonZeroUsize::get);
    let server = server::serve(listener, state, workers).map_err(|error| error.to_string())?;
    let handle = server.handle();
    let stopping = stop.clone();
    tokio::spawn(async move {
        asked.await;
        tracing::info!("stopping");
        // Streams end first: a server waits for its open answers.
        stopping.cancel();
        handle.stop(true).await;
    });
    let ended = server.await.map_err(|error| error.to_string());
    stop.cancel();
    if tokio::time::timeout(KEEPING, live.ended()).await.is_err() {
        tracing::warn!("history could not be kept in time");
    }
    ended
}

/// Everything behind the routes, following its database already.
///
/// # Errors
/// When the system has no randomness, or lacks what encrypted connections need.
pub fn state(config: &Config, clock: Clock, stop: &CancellationToken) -> Result<State, String> {
    let seed = || random().map(u64::from_ne_bytes);
    let options = Options {
        history_days: config.history_days,
        price: config.price_tokens,
        poll: config.poll,
        source: config.database.source().to_owned(),
        hub_tz: config.hub_tz.clone(),
        keep: Some(config.keep.clone()),
        epoch: seed()?,
    };
    let store = Store::new(&config.database, Limits::default());
    let live = Live::new(store, options, clock.clone(), stop);
    let doors = Doors::new(
        &config.auth,
        config.proxies.clone(),
        clock.clone(),
        random()?,
    );
    let metrics = Metrics::new().map_err(|error| error.to_string())?;
    let limits = chat::Limits::default();
    let (asked_at, meter) = (clock.clone(), metrics.chat());
    let chat = Chat::new(&config.chat, limits, &live, asked_at, meter, stop.clone())?;
    match &config.database {
        Database::Postgres(_) => live.follow(stop.clone()),
        Database::Sqlite(path) => {
            let simulated = simulate(live.clone(), path.clone(), clock, seed()?, stop.clone());
            tokio::spawn(simulated);
        }
    }
    Ok(State {
        live,
        chat,
        doors,
        metrics,
        patience: Patience::default(),
        ids: Mutex::new(StdRng::seed_from_u64(seed()?)),
    })
}

/// What nobody can guess, from the system.
///
/// # Errors
/// When the system has no randomness.
pub fn random<const N: usize>() -> Result<[u8; N], String> {
    let mut bytes = [0; N];
    let filled = SysRng.try_fill_bytes(&mut bytes);
    filled.map_err(|error| error.to_string())?;
    Ok(bytes)
}

fn bind(config: &Config) -> Result<TcpListener, String> {
    let (host, port) = (config.host, config.port);
    TcpListener::bind((host, port)).map_err(|error| {
        let hint = match error.kind() {
            std::io::ErrorKind::AddrInUse => {
                "another process serves there: stop it or set API_PORT"
            }
            std::io::ErrorKind::PermissionDenied => "not allowed to: set API_PORT above 1023",
            _ => "set API_HOST to an address of this machine",
        };
        format!("API_HOST={host} API_PORT={port}: {error} ({hint})")
    })
}

/// Runs the simulated hub in the embedded database, and follows it once it has a past. Where
/// it cannot have one, it says why; a full disk may have room again, so that is tried anew.
async fn simulate(live: Live, path: PathBuf, clock: Clock, seed: u64, stop: CancellationToken) {
    let mut pause = FIRST_PAUSE;
    let hub = loop {
        match hub_with_a_past(&live, &path, &clock, seed).await {
            Ok(hub) => break hub,
            Err(SimError::AlreadyRunning { .. }) => {
                tracing::info!("another process simulates the hub in this file; only reading");
                return live.follow(stop);
            }
            Err(error) => {
                tracing::error!(%error, "the simulated hub cannot run");
                live.broken(&told(&error));
                if !matches!(error, SimError::Io { .. } | SimError::Database(_)) {
                    return;
                }
            }
        }
        let over = tokio::time::sleep(pause);
        if stop.run_until_cancelled(over).await.is_none() {
            return;
        }
        pause = (pause * 2).min(LONGEST_PAUSE);
    };
    live.follow(stop.clone());
    if let Err(error) = hub.run(stop).await {
        tracing::error!(%error, "the simulated hub has stopped");
    }
}

/// The simulated hub, once its first days are written.
async fn hub_with_a_past(
    live: &Live,
    path: &Path,
    clock: &Clock,
    seed: u64,
) -> Result<Hub, SimError> {
    let mut hub = Hub::open(path, clock.clone(), seed).await?;
    live.preparing(FILLING, 0.0);
    let watcher = live.clone();
    let filled = hub.fill(FILLED_DAYS, move |part| {
        watcher.preparing(FILLING, part.into());
    });
    let rows = filled.await?;
    if rows > 0 {
        tracing::info!(rows, "the simulated hub has a past");
    }
    Ok(hub)
}

/// Listens for SIGINT and SIGTERM from here on; what is returned ends with the first.
fn asked_to_stop() -> std::io::Result<impl Future<Output = ()>> {
    use tokio::signal::unix::{SignalKind, signal};
    let mut interrupted = signal(SignalKind::interrupt())?;
    let mut terminated = signal(SignalKind::terminate())?;
    Ok(async move {
        tokio::select! {
            _ = interrupted.recv() => {}
            _ = terminated.recv() => {}
        }
    })
}

/// What is wrong with the simulated hub, for everybody who asks: where its file lies is for the
/// log alone.
fn told(error: &SimError) -> String {
    match error {
        SimError::Io { source, .. } => format!(
            "The file that DATABASE_URL names cannot be used: {source}. Trying again by itself."
        ),
        SimError::ForeignFile { .. } => {
            "The file that DATABASE_URL names is not a database of the simulated hub, so it is left \
             alone. Name a file that does not exist yet, or point DATABASE_URL at the PostgreSQL \
             database of a hub, and start again."
                .to_owned()
        }
        SimError::TooNew { found, known, .. } => format!(
            "The file that DATABASE_URL names was made by a newer version (layout {found}, this one \
             knows {known}). Use that version, or move the file away to have a new one made."
        ),
        other => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_is_told_where_the_file_lies() {
        let path = PathBuf::from("/srv/hidden/omni2.db");
        let source = std::io::Error::from(std::io::ErrorKind::PermissionDenied);
        for error in [
            SimError::Io {
                path: path.clone(),
                source,
            },
            SimError::ForeignFile { path: path.clone() },
            SimError::TooNew {
                path,
                found: 9,
                known: 1,
            },
        ] {
            let told = told(&error);
            assert!(!told.contains("hidden"), "{told}");
            assert!(told.contains("DATABASE_URL"), "{told}");
        }
    }
}
