//! `cargo xtask dev`: the API and the page, running while they are worked on.

mod api;
mod env_file;
mod group;
mod ports;
mod sources;
mod trunk;

use std::path::PathBuf;
use std::process::ExitStatus;
use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::time::{Duration, Instant};

use crate::error::TaskError;
use crate::process::ProcessError;
use crate::project::Project;
use crate::say;
use crate::tools::{self, ToolError};
use api::Api;
use group::Group;
use sources::Sources;

/// How often we look whether something happened.
const LOOK_EVERY: Duration = Duration::from_millis(200);
/// How often the API's sources are looked at.
const SOURCES_EVERY: Duration = Duration::from_secs(1);

/// What `cargo xtask dev` can be told.
#[derive(clap::Args, Debug)]
pub(crate) struct Options {
    /// Build both as for production: slower to build, faster to run
    #[arg(long)]
    release: bool,
    /// The hub's database; the embedded simulated hub when not given
    #[arg(long, env = "DATABASE_URL", hide_env_values = true)]
    database_url: Option<String>,
    /// Port of the page
    #[arg(long, env = "TRUNK_SERVE_PORT", default_value_t = 3000)]
    port: u16,
    /// Port of the API
    #[arg(long, env = "API_PORT", default_value_t = 8100)]
    api_port: u16,
}

/// Why it does not run, or runs no more.
#[derive(Debug, thiserror::Error)]
pub(crate) enum DevError {
    #[error("port {port} ({what}) is taken: stop what serves there, or choose another with {flag}")]
    PortTaken {
        port: u16,
        what: &'static str,
        flag: &'static str,
    },
    #[error("--port and --api-port are both {0}: the page and the API need a port each")]
    SamePort(u16),
    #[error(transparent)]
    Process(#[from] ProcessError),
    #[error(transparent)]
    Tool(#[from] ToolError),
    #[error("{path}: {source}", path = path.display())]
    File {
        path: PathBuf,
        source: std::io::Error,
    },
    #[error("Ctrl-C cannot be listened for: {0}")]
    CtrlC(#[from] ctrlc::Error),
    #[error("{what} ended by itself ({status})")]
    Ended {
        what: &'static str,
        status: ExitStatus,
    },
    #[error("the API did not serve within {} s", .0.as_secs())]
    NotServing(Duration),
}

/// Runs both until Ctrl-C, or until one of them ends.
///
/// # Errors
/// When something is missing, does not build, or ends by itself.
pub(crate) fn run(project: &Project, options: Options) -> Result<(), TaskError> {
    Ok(develop(project, options)?)
}

fn develop(project: &Project, options: Options) -> Result<(), DevError> {
    let env = env_file::read(&project.root().join(".env"))?;
    ports::check(options.port, options.api_port)?;
    tools::prepare(project)?;
    let stop = stopped()?;
    let api = Api::new(
        project,
        options.release,
        options.api_port,
        env,
        options.database_url,
    );
    let sources = Sources::of(project);
    api.build()?;
    let running = api.start(&stop)?;
    let Some(running) = running else {
        return Ok(());
    };
    let page = trunk::serve(project, options.release, options.port, options.api_port)?;
    let ended = watch(
        &Watched {
            options_port: options.port,
            stop,
            api,
        },
        running,
        page,
        sources,
    );
    say::doing("Stopped");
    ended
}

/// What does not change while both run.
struct Watched<'a> {
    options_port: u16,
    stop: Receiver<()>,
    api: Api<'a>,
}

/// Waits for whatever comes first, and stops both when it is an end.
fn watch(
    watched: &Watched<'_>,
    mut running: Group,
    mut page: Group,
    mut sources: Sources,
) -> Result<(), DevError> {
    let ended = look(watched, &mut running, &mut page, &mut sources);
    // Both at once, so that neither waits for the other.
    running.ask_to_stop();
    page.ask_to_stop();
    running.stop();
    page.stop();
    ended
}

fn look(
    watched: &Watched<'_>,
    running: &mut Group,
    page: &mut Group,
    sources: &mut Sources,
) -> Result<(), DevError> {
    let port = watched.options_port;
    let mut told = false;
    let mut looked = Instant::now();
    loop {
        match watched.stop.recv_timeout(LOOK_EVERY) {
            Err(RecvTimeoutError::Timeout) => {}
            Ok(()) | Err(RecvTimeoutError::Disconnected) => return Ok(()),
        }
        running.check()?;
        page.check()?;
        if !told && ports::answers(port) {
            told = true;
            say::doing(&format!(
                "The dashboard: http://127.0.0.1:{port}/dashboard/ (Ctrl-C stops it)"
            ));
        }
        if looked.elapsed() >= SOURCES_EVERY {
            if sources.changed() && !watched.api.renew(running, &watched.stop)? {
                return Ok(());
            }
            looked = Instant::now();
        }
    }
}

/// Says something once Ctrl-C is pressed, or we are told to end.
fn stopped() -> Result<Receiver<()>, DevError> {
    let (sender, receiver) = mpsc::channel();
    ctrlc::set_handler(move || {
        // Fails once nobody listens, which is when we end anyway.
        let _ = sender.send(());
    })?;
    Ok(receiver)
}
