//! The event stream: a snapshot, then what changes.

use futures_util::StreamExt;
use futures_util::stream::{SelectAll, select_all};
use gloo_net::eventsource::futures::{EventSource, EventSourceSubscription};
use shared_types::{Delta, Snapshot, event, paths};

use super::{address, read};

/// One event.
pub(crate) enum Heard {
    /// Everything anew.
    Snapshot(Box<Snapshot>),
    /// What changed.
    Delta(Box<Delta>),
}

/// An open stream. Dropping it closes the connection.
pub(crate) struct Listening {
    // Closes when it is dropped.
    _source: EventSource,
    events: SelectAll<EventSourceSubscription>,
}

impl Listening {
    /// Opens the stream where `seen` (the id of an event) left off, or anew. Nothing when
    /// the browser refuses.
    pub(crate) fn open(
        zone: &str,
        span: &[(&str, String)],
        seen: Option<&str>,
    ) -> Option<Listening> {
        let resume = seen.map(|id| ("last_event_id", id.to_owned()));
        let asked: Vec<(&str, String)> = span.iter().cloned().chain(resume).collect();
        let address = address(paths::STREAM, zone, &asked);
        let mut source = EventSource::new(&address).ok()?;
        let snapshots = source.subscribe(event::SNAPSHOT).ok()?;
        let deltas = source.subscribe(event::DELTA).ok()?;
        Some(Listening {
            _source: source,
            events: select_all([snapshots, deltas]),
        })
    }

    /// The next event with its id; nothing once the stream is broken or cannot be read.
    pub(crate) async fn next(&mut self) -> Option<(Heard, String)> {
        let (name, message) = self.events.next().await?.ok()?;
        let text = message.data().as_string()?;
        let heard = if name == event::SNAPSHOT {
            Heard::Snapshot(read(&text).ok()?)
        } else {
            Heard::Delta(read(&text).ok()?)
        };
        Some((heard, message.last_event_id()))
    }
}
