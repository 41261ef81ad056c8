//! What servers, tools and users are called: read rarely, kept for some minutes.

use std::sync::Arc;
use std::time::Duration;

use parking_lot::Mutex;
use timeline::{Micros, OTHER, Span, UNATTRIBUTED};
use tokio::time::Instant;

use crate::live::calls::begin;
use crate::live::{LiveError, Shared};

pub use crate::store::Person;

/// How long names hold.
const HOLD: Duration = Duration::from_mins(2);

/// Names, each once and in order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Names {
    /// MCP servers: those the hub knows and those that calls touched.
    pub servers: Vec<String>,
    /// Tools, without their servers' names.
    pub tools: Vec<String>,
    /// Users with an address.
    pub users: Vec<Person>,
}

/// The names that were read last.
#[derive(Default)]
pub(in crate::live) struct Kept {
    names: Mutex<Option<(Instant, Arc<Names>)>>,
    reading: tokio::sync::Mutex<()>,
}

impl Kept {
    fn young(&self) -> Option<Arc<Names>> {
        let kept = self.names.lock();
        let (read, names) = kept.as_ref()?;
        (read.elapsed() < HOLD).then(|| Arc::clone(names))
    }

    fn any(&self) -> Option<Arc<Names>> {
        let kept = self.names.lock();
        kept.as_ref().map(|(_, names)| Arc::clone(names))
    }
}

pub(super) async fn names(shared: &Shared) -> Result<Arc<Names>, LiveError> {
    drop(shared.answering()?);
    if let Some(young) = shared.names.young() {
        return Ok(young);
    }
    let _turn = shared.names.reading.lock().await;
    // Somebody else may have read them while we waited.
    if let Some(young) = shared.names.young() {
        return Ok(young);
    }
    match read(shared).await {
        Ok(names) => {
            let names = Arc::new(names);
            *shared.names.names.lock() = Some((Instant::now(), Arc::clone(&names)));
            Ok(names)
        }
        Err(error) => {
            tracing::debug!(%error, "names could not be read");
            let touched = Names {
                servers: touched(shared)?,
                ..Names::default()
            };
            Ok(shared.names.any().unwrap_or_else(|| Arc::new(touched)))
        }
    }
}

async fn read(shared: &Shared) -> Result<Names, LiveError> {
    let mut reading = begin(shared).await?;
    let mut servers = reading.server_names().await?;
    let tools = reading.tool_names().await?;
    let users = reading.people().await?;
    reading.close().await?;
    servers.extend(touched(shared)?);
    servers.sort_unstable();
    servers.dedup();
    Ok(Names {
        servers,
        tools,
        users,
    })
}

/// Servers that calls touched, as far as history reaches.
fn touched(shared: &Shared) -> Result<Vec<String>, LiveError> {
    let figures = shared.answering()?;
    let always = Span {
        from: Micros::MIN,
        to: Micros::MAX,
    };
    let touched = figures.timeline.by_mcp(always).into_iter();
    let named = touched.filter(|mcp| mcp.name != UNATTRIBUTED && mcp.name != OTHER);
    Ok(named.map(|mcp| mcp.name).collect())
}
