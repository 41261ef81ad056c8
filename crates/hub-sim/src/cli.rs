//! What the program does with its arguments.

use std::{path::PathBuf, str::FromStr as _};

use clap::{Args, Parser};
use hub_sim::{
    AuditRow, Generation, Now, SimError,
    generator::Generator,
    live,
    postgres::{self, PostgresSink},
};
use sqlx::{
    ConnectOptions as _, Connection as _, PgPool,
    postgres::{PgConnectOptions, PgPoolOptions},
};
use tokio::sync::mpsc;
use tokio_util::sync::CancellationToken;

/// Rows of one insert: large enough to be fast, small enough to show progress.
const BATCH: usize = 5_000;

/// Microseconds in a day.
const DAY: i64 = 86_400_000_000;

/// Writes a simulated hub into a `PostgreSQL` database that it owns.
#[derive(Debug, Parser)]
#[command(version)]
pub(crate) struct Arguments {
    /// postgres://user:password@host:port/database
    #[arg(
        long,
        env = "DATABASE_URL",
        hide_env_values = true,
        required_unless_present = "database_url_file"
    )]
    database_url: Option<String>,
    /// A file that holds the database URL
    #[arg(long, env = "DATABASE_URL_FILE", conflicts_with = "database_url")]
    database_url_file: Option<PathBuf>,
    /// The schema generation: A, B or C
    #[arg(long, default_value = "A")]
    generation: Generation,
    /// This database belongs to the simulated hub
    #[arg(long, required = true)]
    own: bool,
    /// Drop what a simulated hub wrote here before, and begin anew
    #[arg(long)]
    recreate: bool,
    #[command(flatten)]
    past: Past,
    /// Go on live until interrupted
    #[arg(long)]
    live: bool,
    /// The same seed draws the same rows
    #[arg(long, default_value_t = 1)]
    seed: u64,
}

/// The history that is written before anything happens live.
#[derive(Debug, Args)]
struct Past {
    /// Fill so many rows, the last of them now
    #[arg(long, conflicts_with = "days")]
    rows: Option<usize>,
    /// Fill so many days, up to now
    #[arg(long, value_parser = clap::value_parser!(u32).range(..=3_650))]
    days: Option<u32>,
    /// Leave a database that has rows as it is: fill only an empty one
    #[arg(long)]
    if_empty: bool,
}

/// Why the program ends early. Never shows the database URL.
#[derive(Debug, thiserror::Error)]
pub(crate) enum CliError {
    #[error("the database URL must be like postgres://user:password@host:5432/database")]
    BadUrl,
    #[error("cannot read the file of the database URL, {}: {source}", path.display())]
    UrlFile {
        path: PathBuf,
        source: std::io::Error,
    },
    #[error(
        "the database already has rows: leave out --rows and --days, or add --if-empty or --recreate"
    )]
    AlreadyFilled,
    #[error("drawing rows failed")]
    Drawing,
    #[error(transparent)]
    Sim(#[from] SimError),
    #[error("database: {0}")]
    Database(#[from] sqlx::Error),
}

/// Makes the schema, fills it, goes on live: what was asked for.
pub(crate) async fn run(arguments: Arguments, now: Now) -> Result<(), CliError> {
    let pool = connect(&arguments).await?;
    let generation = arguments.generation;
    if arguments.recreate {
        postgres::drop(&pool).await?;
    }
    postgres::create(&pool, generation).await?;
    if arguments.past.rows.is_some() || arguments.past.days.is_some() {
        // History is written once: a second one would overlap it.
        match (has_rows(&pool).await?, arguments.past.if_empty) {
            (false, _) => fill(&pool, &arguments, now()).await?,
            (true, true) => tracing::info!("the database has rows: no history is written"),
            (true, false) => return Err(CliError::AlreadyFilled),
        }
    }
    if arguments.live {
        tracing::info!(%generation, "live; Ctrl-C stops");
        let generator = Generator::new(arguments.seed ^ now().cast_unsigned());
        let sink = PostgresSink::new(pool.clone(), generation);
        live::run(sink, generator, now, stop_on_interrupt()).await;
    }
    pool.close().await;
    Ok(())
}

async fn connect(arguments: &Arguments) -> Result<PgPool, CliError> {
    let url = match (&arguments.database_url, &arguments.database_url_file) {
        (Some(url), _) => url.clone(),
        (None, Some(path)) => {
            tokio::fs::read_to_string(path)
                .await
                .map_err(|source| CliError::UrlFile {
                    path: path.clone(),
                    source,
                })?
        }
        (None, None) => return Err(CliError::BadUrl),
    };
    let scheme = url.starts_with("postgres://") || url.starts_with("postgresql://");
    let options = PgConnectOptions::from_str(url.trim())
        .ok()
        .filter(|_| scheme);
    // A crash of the server may cost the last rows of a simulation, not its speed.
    let options = options
        .ok_or(CliError::BadUrl)?
        .options([("synchronous_commit", "off")]);
    // A pool would try for its whole timeout and then not say why.
    options.connect().await?.close().await?;
    Ok(PgPoolOptions::new()
        .max_connections(4)
        .connect_with(options)
        .await?)
}

async fn has_rows(pool: &PgPool) -> Result<bool, CliError> {
    let filled = sqlx::query_scalar("SELECT EXISTS (SELECT FROM omni2.audit_logs)");
    Ok(filled.fetch_one(pool).await?)
}

/// Draws rows on a thread of its own while the last ones are being written.
/// Oldest first, so that ids grow with time.
async fn fill(pool: &PgPool, arguments: &Arguments, now: i64) -> Result<(), CliError> {
    let (sender, mut batches) = mpsc::channel::<Vec<AuditRow>>(2);
    let (seed, plan) = (arguments.seed, Plan::of(arguments, now));
    let from = plan.from();
    let drawing = tokio::task::spawn_blocking(move || plan.draw(seed, &sender));
    let mut written = 0;
    while let Some(batch) = batches.recv().await {
        let last = batch.last().map_or(now, |row| row.at);
        written += postgres::insert(pool, arguments.generation, &batch)
            .await?
            .len();
        if written % (BATCH * 20) < BATCH {
            let percent = (last - from) * 100 / (now - from).max(1);
            tracing::info!(rows = written, "{percent} % written");
        }
    }
    drawing.await.map_err(|_| CliError::Drawing)?;
    sqlx::raw_sql("ANALYZE omni2.audit_logs")
        .execute(pool)
        .await?;
    tracing::info!(rows = written, "history written");
    Ok(())
}

/// Which requests to draw.
enum Plan {
    /// At these times, oldest first.
    At(Vec<i64>),
    /// All between two times.
    Between(i64, i64),
}

impl Plan {
    fn of(arguments: &Arguments, now: i64) -> Self {
        match arguments.past.rows {
            Some(rows) => Self::At(Generator::new(arguments.seed).last_arrivals(now, rows)),
            None => Self::Between(now - i64::from(arguments.past.days.unwrap_or(0)) * DAY, now),
        }
    }

    fn from(&self) -> i64 {
        match self {
            Self::At(times) => times.first().copied().unwrap_or(0),
            Self::Between(from, _) => *from,
        }
    }

    /// Sends batches until all are sent or nobody takes them any more.
    fn draw(self, seed: u64, sender: &mpsc::Sender<Vec<AuditRow>>) {
        let mut generator = Generator::new(seed);
        match self {
            Self::At(times) => send(times.into_iter().map(|at| generator.call(at)), sender),
            Self::Between(from, to) => send(generator.history(from, to), sender),
        }
    }
}

fn send(mut rows: impl Iterator<Item = AuditRow>, sender: &mpsc::Sender<Vec<AuditRow>>) {
    loop {
        let batch: Vec<AuditRow> = rows.by_ref().take(BATCH).collect();
        if batch.is_empty() || sender.blocking_send(batch).is_err() {
            return;
        }
    }
}

/// Cancelled by Ctrl-C, or by SIGTERM as containers send it.
fn stop_on_interrupt() -> CancellationToken {
    use tokio::signal::unix::{SignalKind, signal};

    let stop = CancellationToken::new();
    let told = stop.clone();
    tokio::spawn(async move {
        let terminated = async {
            match signal(SignalKind::terminate()) {
                Ok(mut signal) => signal.recv().await,
                Err(_) => std::future::pending().await,
            }
        };
        tokio::select! {
            _ = tokio::signal::ctrl_c() => {}
            _ = terminated => {}
        }
        told.cancel();
    });
    stop
}
