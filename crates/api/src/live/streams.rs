//! Event streams: one fold and one serialisation per change and page, for any number of
//! readers.
//!
//! A topic is one page that somebody watches: a time zone and a range. It remembers what
//! it said last, says what changed since, at most once a second, and keeps its last
//! events for readers that come back. A reader that does not keep up is dropped: it
//! comes back by itself and is given what it missed, or a snapshot.

use std::collections::{HashMap, VecDeque};
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use bytes::Bytes;
use futures_util::{Stream, StreamExt, stream};
use parking_lot::Mutex;
use serde::Serialize;
use shared_types::{Activity, Range, Snapshot, event};
use timeline::Zone;
use tokio::sync::mpsc;
use tokio::time::Instant;
use tokio_util::sync::CancellationToken;

use super::delta::{Change, change};
use super::{Live, LiveError};

/// Calls compared from one event to the next.
pub(super) const COMPARED: usize = 200;
/// Streams that may be open at once.
const MOST_SUBSCRIBERS: usize = 4_096;
/// Pages that may be watched at once.
const MOST_TOPICS: usize = 256;
/// Events that a reader may lag behind before it is dropped.
const LAG: usize = 32;
/// Events kept for readers that come back.
const KEPT: usize = 64;
/// How long a topic without readers is kept for them.
const LINGER: Duration = Duration::from_mins(1);
const HEARTBEAT: Duration = Duration::from_secs(15);
const PACE: Duration = Duration::from_secs(1);

/// What one topic sees at one moment.
pub(super) struct Sight {
    pub(super) snapshot: Snapshot,
    /// The newest calls, more than the snapshot shows.
    pub(super) calls: Vec<Activity>,
}

struct Topic {
    zone: Zone,
    range: Option<Range>,
    said: Sight,
    sequence: u64,
    events: VecDeque<(u64, Bytes)>,
    readers: Vec<mpsc::Sender<Bytes>>,
    last_read: Instant,
}

type TopicKey = (String, Option<Range>);

/// All topics.
pub(super) struct Streams {
    epoch: u64,
    topics: Mutex<HashMap<TopicKey, Topic>>,
    dropped: AtomicU64,
}

impl Streams {
    pub(super) fn new(epoch: u64) -> Streams {
        Streams {
            epoch,
            topics: Mutex::default(),
            dropped: AtomicU64::new(0),
        }
    }

    /// Readers now, and readers dropped since the start.
    pub(super) fn counts(&self) -> (u64, u64) {
        let topics = self.topics.lock();
        let open: usize = topics.values().map(Topic::open).sum();
        (open as u64, self.dropped.load(Ordering::Relaxed))
    }

    /// Opens a stream: what was missed since the last event known, or a snapshot, and then
    /// every change.
    pub(super) fn subscribe(
        &self,
        zone: &Zone,
        range: Option<Range>,
        last_event_id: Option<&str>,
        see: &dyn Fn(&Zone, Option<Range>) -> Sight,
    ) -> Result<impl Stream<Item = Bytes> + use<>, LiveError> {
        let mut topics = self.topics.lock();
        let open: usize = topics.values().map(Topic::open).sum();
        let key = (zone.name().to_owned(), range);
        if open >= MOST_SUBSCRIBERS || (topics.len() >= MOST_TOPICS && !topics.contains_key(&key)) {
            return Err(LiveError::TooManyStreams(open));
        }
        let topic = topics
            .entry(key)
            .or_insert_with(|| Topic::new(zone.clone(), range, see(zone, range)));
        topic.say(self.epoch, see(zone, range), &self.dropped)?;
        let first = topic.catch_up(self.epoch, last_event_id)?;
        let (sender, mut receiver) = mpsc::channel(LAG);
        topic.readers.push(sender);
        let rest = stream::poll_fn(move |context| receiver.poll_recv(context));
        Ok(stream::iter(first).chain(rest))
    }

    /// Says what changed to everybody who watches.
    fn say(&self, see: &dyn Fn(&Zone, Option<Range>) -> Sight) {
        let mut topics = self.topics.lock();
        topics.retain(|_, topic| topic.open() > 0 || topic.last_read.elapsed() < LINGER);
        for topic in topics.values_mut().filter(|topic| !topic.readers.is_empty()) {
            let sight = see(&topic.zone, topic.range);
            if let Err(error) = topic.say(self.epoch, sight, &self.dropped) {
                tracing::error!(%error, "an event could not be written");
            }
        }
    }

    /// Tells every reader that the connection is alive.
    fn beat(&self) {
        let mut topics = self.topics.lock();
        let beat = Bytes::from_static(b": heartbeat\n\n");
        for topic in topics.values_mut() {
            topic.send(&beat, &self.dropped);
        }
    }

    fn close(&self) {
        self.topics.lock().clear();
    }
}

impl Topic {
    fn new(zone: Zone, range: Option<Range>, said: Sight) -> Topic {
        Topic {
            zone,
            range,
            said,
            sequence: 0,
            events: VecDeque::new(),
            readers: Vec::new(),
            last_read: Instant::now(),
        }
    }

    fn open(&self) -> usize {
        self.readers.iter().filter(|reader| !reader.is_closed()).count()
    }

    /// Makes an event of what changed since the last one, if anything did.
    fn say(&mut self, epoch: u64, sight: Sight, dropped: &AtomicU64) -> Result<(), LiveError> {
        let bytes = match change(&self.said, &sight) {
            Change::None => return Ok(()),
            Change::Parts(delta) => event_bytes(epoch, self.sequence + 1, event::DELTA, &*delta)?,
            Change::Whole => {
                event_bytes(epoch, self.sequence + 1, event::SNAPSHOT, &sight.snapshot)?
            }
        };
        self.said = sight;
        self.sequence += 1;
        self.events.push_back((self.sequence, bytes.clone()));
        if self.events.len() > KEPT {
            self.events.pop_front();
        }
        self.send(&bytes, dropped);
        Ok(())
    }

    fn send(&mut self, bytes: &Bytes, dropped: &AtomicU64) {
        self.readers.retain(|reader| match reader.try_send(bytes.clone()) {
            Ok(()) => true,
            Err(mpsc::error::TrySendError::Closed(_)) => false,
            Err(mpsc::error::TrySendError::Full(_)) => {
                dropped.fetch_add(1, Ordering::Relaxed);
                false
            }
        });
        if !self.readers.is_empty() {
            self.last_read = Instant::now();
        }
    }

    /// What a new reader is told first.
    fn catch_up(&self, epoch: u64, last_event_id: Option<&str>) -> Result<Vec<Bytes>, LiveError> {
        if let Some(seen) = last_event_id.and_then(|id| sequence_of(epoch, id)) {
            let oldest = self.events.front().map_or(self.sequence + 1, |(first, _)| *first);
            if seen <= self.sequence && seen + 1 >= oldest {
                let missed = self.events.iter().filter(|(sequence, _)| *sequence > seen);
                let hello = Bytes::from_static(b": resumed\n\n");
                let missed = missed.map(|(_, bytes)| bytes.clone());
                return Ok(std::iter::once(hello).chain(missed).collect());
            }
        }
        let retry = Bytes::from_static(b"retry: 2000\n");
        let snapshot = &self.said.snapshot;
        Ok(vec![retry, event_bytes(epoch, self.sequence, event::SNAPSHOT, snapshot)?])
    }
}

fn event_bytes(
    epoch: u64,
    sequence: u64,
    name: &str,
    data: &impl Serialize,
) -> Result<Bytes, LiveError> {
    // JSON has no line breaks, so one data line holds it.
    let data = serde_json::to_string(data).map_err(|e| LiveError::Internal(e.to_string()))?;
    Ok(Bytes::from(format!(
        "id: {epoch:016x}-{sequence}\nevent: {name}\ndata: {data}\n\n"
    )))
}

/// The sequence in an event id of this process; none for another's, or for junk.
fn sequence_of(epoch: u64, id: &str) -> Option<u64> {
    let (theirs, sequence) = id.split_once('-')?;
    let theirs = u64::from_str_radix(theirs, 16).ok()?;
    (theirs == epoch).then(|| sequence.parse().ok())?
}

/// Says what changed whenever something did, at most once a second, until stopped.
pub(super) async fn publish(live: Live, stop: CancellationToken) {
    let mut changed = live.shared.changed.subscribe();
    let mut beats = tokio::time::interval(HEARTBEAT);
    let mut said = Instant::now();
    loop {
        tokio::select! {
            () = stop.cancelled() => break,
            _ = beats.tick() => live.shared.streams.beat(),
            // Time alone moves windows on, and "yesterday at this time" with them.
            () = tokio::time::sleep_until(said + PACE) => {
                changed.borrow_and_update();
                live.shared.streams.say(&|zone, range| live.see(zone, range));
                said = Instant::now();
            }
            news = changed.changed(), if said.elapsed() >= PACE => {
                if news.is_err() {
                    break;
                }
                live.shared.streams.say(&|zone, range| live.see(zone, range));
                said = Instant::now();
            }
        }
    }
    live.shared.streams.close();
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_our_own_event_ids_are_known() {
        assert_eq!(sequence_of(0xabc, "0000000000000abc-7"), Some(7));
        assert_eq!(sequence_of(0xabd, "0000000000000abc-7"), None);
        for junk in ["", "-", "7", "abc-", "abc-x", "abc--1", "é-1"] {
            assert_eq!(sequence_of(0xabc, junk), None, "{junk}");
        }
    }
}
