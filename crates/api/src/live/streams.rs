//! Event streams: one fold and one serialisation per change and page, for any number of
//! readers.
//!
//! A topic is one page that somebody watches: a time zone, a window and who looks. It remembers what
//! it said last, says what changed since, at most once a second, and keeps its last
//! events for readers that come back. A reader that does not keep up is dropped: it
//! comes back by itself and is given what it missed, or a snapshot.

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use bytes::Bytes;
use futures_util::{Stream, StreamExt, stream};
use parking_lot::Mutex;
use timeline::Zone;
use tokio_util::sync::CancellationToken;

use super::pace::Pace;
use super::topic::{Sight, Topic};
use super::{Live, LiveError, View};

/// Streams that may be open at once.
const MOST_SUBSCRIBERS: usize = 4_096;
/// Pages that may be watched at once.
const MOST_TOPICS: usize = 256;
/// Those of them that have a window of their own: so named ranges always find room.
const MOST_OWN: usize = 48;
const HEARTBEAT: Duration = Duration::from_secs(15);

type TopicKey = (String, View);
/// What a page looks like now.
type See<'a> = &'a dyn Fn(&Zone, View) -> Result<Option<Sight>, LiveError>;

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
        view: View,
        last_event_id: Option<&str>,
        see: See<'_>,
    ) -> Result<impl Stream<Item = Bytes> + use<>, LiveError> {
        let mut topics = self.topics.lock();
        let open: usize = topics.values().map(Topic::open).sum();
        let key = (zone.name().to_owned(), view);
        let room = topics.contains_key(&key) || make_room(&mut topics, view);
        if open >= MOST_SUBSCRIBERS || !room {
            return Err(LiveError::TooManyStreams(open));
        }
        let sight = see(zone, view)?.ok_or(LiveError::Timeout)?;
        let epoch = view.audience.epoch(self.epoch);
        let topic = match topics.entry(key) {
            Entry::Occupied(known) => {
                let topic = known.into_mut();
                topic.say(epoch, sight, &self.dropped)?;
                topic
            }
            Entry::Vacant(free) => free.insert(Topic::new(zone.clone(), view, sight)),
        };
        let first = topic.catch_up(epoch, last_event_id)?;
        let mut receiver = topic.reader();
        let rest = stream::poll_fn(move |context| receiver.poll_recv(context));
        Ok(stream::iter(first).chain(rest))
    }

    /// Says what changed to everybody who watches.
    fn say(&self, see: See<'_>) {
        let mut topics = self.topics.lock();
        topics.retain(|_, topic| topic.is_wanted());
        for topic in topics.values_mut().filter(|topic| topic.is_read()) {
            let said = see(&topic.zone, topic.view).and_then(|sight| match sight {
                Some(sight) => {
                    let epoch = topic.view.audience.epoch(self.epoch);
                    topic.say(epoch, sight, &self.dropped)
                }
                None => Ok(()),
            });
            if let Err(error) = said {
                tracing::error!(%error, "an event could not be written");
            }
        }
    }

    /// The windows of their own that somebody watches.
    pub(super) fn own(&self) -> Vec<(Zone, View)> {
        let topics = self.topics.lock();
        let own = topics
            .values()
            .filter(|topic| topic.view.is_own() && topic.is_read());
        own.map(|topic| (topic.zone.clone(), topic.view)).collect()
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

/// Whether there is room for one more topic. One that nobody reads any more gives way, the
/// one that was left first.
fn make_room(topics: &mut HashMap<TopicKey, Topic>, view: View) -> bool {
    let rivals = |topic: &Topic| !view.is_own() || topic.view.is_own();
    let own = topics.values().filter(|topic| topic.view.is_own()).count();
    if topics.len() < MOST_TOPICS && (!view.is_own() || own < MOST_OWN) {
        return true;
    }
    let left = topics
        .iter()
        .filter(|(_, topic)| topic.open() == 0 && rivals(topic))
        .min_by_key(|(_, topic)| topic.last_read)
        .map(|(key, _)| key.clone());
    left.is_some_and(|key| topics.remove(&key).is_some())
}

/// Says what changed whenever it is [time](Pace), until stopped.
pub(super) async fn publish(live: Live, stop: CancellationToken) {
    let mut looked = live.shared.looked.subscribe();
    let mut beats = tokio::time::interval(HEARTBEAT);
    let mut pace = Pace::new();
    loop {
        let next = pace.next(&mut looked);
        tokio::pin!(next);
        loop {
            tokio::select! {
                () = stop.cancelled() => return live.shared.streams.close(),
                _ = beats.tick() => live.shared.streams.beat(),
                () = &mut next => break,
            }
        }
        live.shared.streams.say(&|zone, view| live.see(zone, view));
        live.refresh();
    }
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;
    use std::sync::Arc;

    use tokio::time::Instant;

    use super::super::topic::LAG;
    use super::*;
    use crate::live::{Options, WindowSpec};
    use crate::store::{Database, Limits, Store};

    /// Figures of nothing, at a moment that does not pass.
    fn empty(stop: &CancellationToken) -> Live {
        let store = Store::new(
            &Database::Sqlite(PathBuf::from("none.db")),
            Limits::default(),
        );
        let options = Options {
            history_days: 1,
            price: rust_decimal::Decimal::ONE,
            poll: Duration::from_secs(1),
            source: String::new(),
            hub_tz: "UTC".to_owned(),
            keep: None,
            epoch: 1,
        };
        Live::new(store, options, Arc::new(|| 1_767_225_600_000_000), stop)
    }

    #[tokio::test(start_paused = true)]
    async fn a_stream_that_has_nothing_to_say_says_so_every_15_seconds() {
        let stop = CancellationToken::new();
        let live = empty(&stop);
        let see = |zone: &Zone, view: View| live.see(zone, view);
        let streams = &live.shared.streams;
        let mut events = Box::pin(
            streams
                .subscribe(&Zone::utc(), View::default(), None, &see)
                .unwrap(),
        );
        assert_eq!(&events.next().await.unwrap()[..], b"retry: 2000\n");
        assert!(
            events
                .next()
                .await
                .unwrap()
                .starts_with(b"id: fffffffffffffffe-0\nevent: snapshot")
        );
        let mut beats = Vec::new();
        while beats.len() < 4 {
            assert_eq!(&events.next().await.unwrap()[..], b": heartbeat\n\n");
            beats.push(Instant::now());
        }
        for pair in beats.windows(2) {
            assert_eq!(pair[1] - pair[0], HEARTBEAT);
        }
        stop.cancel();
        assert!(events.next().await.is_none(), "it ends with the server");
    }

    #[tokio::test(start_paused = true)]
    async fn a_reader_that_does_not_keep_up_is_dropped() {
        let stop = CancellationToken::new();
        let live = empty(&stop);
        let see = |zone: &Zone, view: View| live.see(zone, view);
        let events = live
            .shared
            .streams
            .subscribe(&Zone::utc(), View::default(), None, &see)
            .unwrap();
        assert_eq!(live.shared.streams.counts(), (1, 0));
        for _ in 0..=LAG {
            live.shared.streams.beat();
        }
        assert_eq!(live.shared.streams.counts(), (0, 1));
        drop(events);
    }

    #[tokio::test(start_paused = true)]
    async fn windows_of_their_own_are_few_and_those_that_were_left_give_way() {
        let stop = CancellationToken::new();
        let live = empty(&stop);
        let see = |zone: &Zone, view: View| live.see(zone, view);
        let open = |view: View| {
            let streams = &live.shared.streams;
            streams.subscribe(&Zone::utc(), view, None, &see)
        };
        let own = |minute: i64| View {
            window: Some(WindowSpec::Between {
                from: 1_767_200_000_000_000 + minute * 60_000_000,
                to: None,
                bucket: None,
            }),
            ..View::default()
        };
        let mut readers: Vec<_> = (0..48).map(|n| open(own(n)).unwrap()).collect();
        let refused = open(own(48)).err();
        assert!(matches!(refused, Some(LiveError::TooManyStreams(48))));
        readers.push(open(own(7)).unwrap());
        readers.push(open(View::default()).unwrap());
        drop(readers.remove(3));
        readers.push(open(own(48)).unwrap());
        assert!(open(own(49)).is_err());
    }
}
