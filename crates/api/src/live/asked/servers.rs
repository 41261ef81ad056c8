//! The MCP servers that the hub knows, and how they are.

use timeline::Micros;

use super::{State, written};
use crate::live::calls::begin;
use crate::live::secrets::without_secrets;
use crate::live::{LiveError, Shared};
use crate::store::ServerRow;

/// The servers that the hub knows.
#[derive(Clone, Debug, PartialEq)]
pub struct Servers {
    /// Switched on.
    pub active: u64,
    /// All.
    pub total: u64,
    /// One by one, in the order of names; or the one that was asked for, if there is one.
    pub servers: Vec<Server>,
    /// How good the figures are.
    pub state: State,
    /// SQL that finds the same.
    pub sql: Option<String>,
}

/// One server.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Server {
    /// Its name.
    pub name: String,
    /// Switched on.
    pub active: bool,
    /// How the hub found it.
    pub health: Health,
    /// The hub says that it is in error.
    pub in_error: bool,
    /// When it was last looked at.
    pub checked_at: Option<Micros>,
    /// Failures in a row.
    pub failures: u64,
    /// Why the hub switched it off by itself, without secrets.
    pub disabled_because: Option<String>,
}

/// How the hub found a server.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Health {
    /// Well.
    Healthy,
    /// Well enough.
    Degraded,
    /// Not well.
    Unhealthy,
    /// It was not looked at.
    Unknown,
}

impl Server {
    fn of(row: ServerRow) -> Server {
        let health = match row.health.as_deref() {
            Some("healthy") => Health::Healthy,
            Some("degraded") => Health::Degraded,
            Some("unhealthy") => Health::Unhealthy,
            _ => Health::Unknown,
        };
        let reason = row.disabled_reason.filter(|reason| !reason.is_empty());
        Server {
            name: row.name,
            active: row.active,
            health,
            in_error: row.status.as_deref() == Some("error"),
            checked_at: row.checked_at,
            failures: u64::try_from(row.failures.unwrap_or(0)).unwrap_or(0),
            disabled_because: reason.map(|reason| without_secrets(&reason)),
        }
    }

    /// Whether it wants looking after: one that somebody switched off does not.
    pub fn is_unwell(&self) -> bool {
        let ill = matches!(self.health, Health::Degraded | Health::Unhealthy);
        self.in_error || self.disabled_because.is_some() || (self.active && ill)
    }
}

pub(super) async fn told(shared: &Shared, only: Option<&str>) -> Result<Servers, LiveError> {
    let now = (shared.clock)();
    let state = State::of(&*shared.answering()?, now);
    let mut reading = begin(shared).await?;
    let counts = reading.servers().await?;
    let rows = reading.health().await?;
    reading.close().await?;
    let count = |number: i64| u64::try_from(number).unwrap_or(0);
    let servers = rows.into_iter().map(Server::of);
    Ok(Servers {
        active: count(counts.active),
        total: count(counts.total),
        servers: servers
            .filter(|server| only.is_none_or(|only| only == server.name))
            .collect(),
        state,
        sql: written::servers(shared, only),
    })
}
