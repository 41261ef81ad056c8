//! One page that somebody watches: what it said last, and who reads it.

use std::collections::VecDeque;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use bytes::Bytes;
use serde::Serialize;
use shared_types::{Activity, Snapshot, event};
use timeline::Zone;
use tokio::sync::mpsc;
use tokio::time::Instant;

use super::delta::{Change, change};
use super::{LiveError, View};

/// Calls compared from one event to the next: as many may come in a second, and each is told of.
pub(super) const COMPARED: usize = 500;
/// Events that a reader may lag behind before it is dropped.
pub(super) const LAG: usize = 32;
/// Events kept for readers that come back...
const KEPT: usize = 64;
/// ...as long as they have no more bytes than that together: a snapshot has some twenty thousand,
/// and is all that who missed more needs.
const KEPT_BYTES: usize = 512 * 1024;
/// How long a topic without readers is kept for them.
const LINGER: Duration = Duration::from_mins(1);

/// What one topic sees at one moment.
pub(super) struct Sight {
    pub(super) snapshot: Snapshot,
    /// The newest calls, more than the snapshot shows.
    pub(super) calls: Vec<Activity>,
}

/// A time zone and a window, watched.
pub(super) struct Topic {
    pub(super) zone: Zone,
    pub(super) view: View,
    said: Sight,
    sequence: u64,
    recent: Recent,
    readers: Vec<mpsc::Sender<Bytes>>,
    pub(super) last_read: Instant,
}

/// The last events, by their sequence, oldest first.
#[derive(Default)]
struct Recent {
    events: VecDeque<(u64, Bytes)>,
    /// Of all of them.
    bytes: usize,
}

impl Recent {
    /// Keeps one more, and lets old ones go for it.
    fn keep(&mut self, sequence: u64, bytes: Bytes) {
        self.bytes += bytes.len();
        self.events.push_back((sequence, bytes));
        while self.events.len() > KEPT || self.bytes > KEPT_BYTES {
            let Some((_, gone)) = self.events.pop_front() else {
                break;
            };
            self.bytes -= gone.len();
        }
    }
}

impl Topic {
    pub(super) fn new(zone: Zone, view: View, said: Sight) -> Topic {
        Topic {
            zone,
            view,
            said,
            sequence: 0,
            recent: Recent::default(),
            readers: Vec::new(),
            last_read: Instant::now(),
        }
    }

    pub(super) fn open(&self) -> usize {
        self.readers
            .iter()
            .filter(|reader| !reader.is_closed())
            .count()
    }

    /// A reader of everything that is said from here on.
    pub(super) fn reader(&mut self) -> mpsc::Receiver<Bytes> {
        let (sender, receiver) = mpsc::channel(LAG);
        self.readers.push(sender);
        receiver
    }

    /// Whether somebody reads.
    pub(super) fn is_read(&self) -> bool {
        !self.readers.is_empty()
    }

    /// Whether readers may still come back.
    pub(super) fn is_wanted(&self) -> bool {
        self.open() > 0 || self.last_read.elapsed() < LINGER
    }

    /// Makes an event of what changed since the last one, if anything did.
    pub(super) fn say(
        &mut self,
        epoch: u64,
        sight: Sight,
        dropped: &AtomicU64,
    ) -> Result<(), LiveError> {
        let bytes = match change(&self.said, &sight) {
            Change::None => return Ok(()),
            Change::Parts(delta) => event_bytes(epoch, self.sequence + 1, event::DELTA, &*delta)?,
            Change::Whole => {
                event_bytes(epoch, self.sequence + 1, event::SNAPSHOT, &sight.snapshot)?
            }
        };
        self.said = sight;
        self.sequence += 1;
        self.recent.keep(self.sequence, bytes.clone());
        self.send(&bytes, dropped);
        Ok(())
    }

    pub(super) fn send(&mut self, bytes: &Bytes, dropped: &AtomicU64) {
        self.readers
            .retain(|reader| match reader.try_send(bytes.clone()) {
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
    pub(super) fn catch_up(
        &self,
        epoch: u64,
        last_event_id: Option<&str>,
    ) -> Result<Vec<Bytes>, LiveError> {
        if let Some(seen) = last_event_id.and_then(|id| sequence_of(epoch, id)) {
            let oldest = self
                .recent
                .events
                .front()
                .map_or(self.sequence + 1, |(first, _)| *first);
            if seen <= self.sequence && seen + 1 >= oldest {
                let missed = self
                    .recent
                    .events
                    .iter()
                    .filter(|(sequence, _)| *sequence > seen);
                let hello = Bytes::from_static(b": resumed\n\n");
                let missed = missed.map(|(_, bytes)| bytes.clone());
                return Ok(std::iter::once(hello).chain(missed).collect());
            }
        }
        let retry = Bytes::from_static(b"retry: 2000\n");
        let snapshot = &self.said.snapshot;
        Ok(vec![
            retry,
            event_bytes(epoch, self.sequence, event::SNAPSHOT, snapshot)?,
        ])
    }
}

fn event_bytes(
    epoch: u64,
    sequence: u64,
    name: &str,
    data: &impl Serialize,
) -> Result<Bytes, LiveError> {
    let mut text = format!("id: {epoch:016x}-{sequence}\nevent: {name}\ndata: ").into_bytes();
    // JSON has no line breaks, so one data line holds it.
    serde_json::to_writer(&mut text, data).map_err(|e| LiveError::Internal(e.to_string()))?;
    text.extend_from_slice(b"\n\n");
    // It is kept for a while: without the room that it grew into.
    text.shrink_to_fit();
    Ok(Bytes::from(text))
}

/// The sequence in an event id of this process; none for another's, or for junk.
fn sequence_of(epoch: u64, id: &str) -> Option<u64> {
    let (theirs, sequence) = id.split_once('-')?;
    let theirs = u64::from_str_radix(theirs, 16).ok()?;
    (theirs == epoch).then(|| sequence.parse().ok())?
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn large_events_are_kept_for_a_shorter_time() {
        let mut recent = Recent::default();
        let mut keep = |length: usize, times: u64| {
            for sequence in 0..times {
                recent.keep(sequence, Bytes::from(vec![b' '; length]));
            }
            let lengths = recent.events.iter().map(|(_, bytes)| bytes.len());
            assert_eq!(recent.bytes, lengths.sum::<usize>());
            recent.events.len()
        };
        assert_eq!(keep(1_000, 100), KEPT);
        assert_eq!(keep(100_000, 100), 5);
        // Whoever comes back after that is given a snapshot.
        assert_eq!(keep(KEPT_BYTES + 1, 1), 0);
        assert_eq!(keep(7, 1), 1);
    }

    #[test]
    fn only_our_own_event_ids_are_known() {
        assert_eq!(sequence_of(0xabc, "0000000000000abc-7"), Some(7));
        assert_eq!(sequence_of(0xabd, "0000000000000abc-7"), None);
        for junk in ["", "-", "7", "abc-", "abc-x", "abc--1", "é-1"] {
            assert_eq!(sequence_of(0xabc, junk), None, "{junk}");
        }
    }
}
