//! Readers of the event stream, any number of them: how soon does each learn of each call?

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use memchr::memmem;
use parking_lot::Mutex;
use serde_json::Value;
use shared_types::paths;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::task::JoinSet;

/// Readers of one API, until they are dropped.
pub(crate) struct Readers {
    seen: Arc<Mutex<Seen>>,
    /// Their connections end with it.
    _all: JoinSet<()>,
}

/// When each call was committed, and when each reader had it.
#[derive(Default)]
struct Seen {
    committed: HashMap<i64, Instant>,
    /// The calls that an event tells of, by the event's id, and when that came first: every
    /// reader has the same events.
    told: HashMap<Vec<u8>, (Instant, Arc<[i64]>)>,
    /// When readers had calls whose commit is not noted yet: their writer hears of it as late as
    /// they do.
    early: HashMap<i64, Vec<Instant>>,
    /// The newest call that an event has told of, or that was there before.
    newest: Option<i64>,
    /// How many came with a snapshot: more than a delta tells of came at once.
    whole: usize,
    /// Seconds.
    late: Vec<f64>,
}

impl Seen {
    fn commit(&mut self, call: i64, at: Instant) {
        self.committed.insert(call, at);
        for arrived in self.early.remove(&call).unwrap_or_default() {
            self.late.push(seconds_between(at, arrived));
        }
    }

    fn arrive(&mut self, call: i64, at: Instant) {
        match self.committed.get(&call) {
            Some(committed) => self.late.push(seconds_between(*committed, at)),
            None => self.early.entry(call).or_default().push(at),
        }
    }

    /// The calls that an event tells of, when it comes first. They are written one after another:
    /// none is older than those that were told of before.
    fn tells(&mut self, event: Event<'_>) -> Vec<i64> {
        match event {
            Event::Delta(data) => {
                let calls = ids(data, "/activity/new");
                self.newest = self.newest.max(calls.iter().max().copied());
                calls
            }
            Event::Snapshot(data) => {
                let shown = ids(data, "/activities");
                let before = self.newest;
                self.newest = before.max(shown.iter().max().copied());
                // The first one of all tells of what was there.
                let (Some(before), Some(newest)) = (before, self.newest) else {
                    return Vec::new();
                };
                // It shows the newest, and its figures hold all that came before them.
                let is_new = |call: &i64| *call > before && *call <= newest;
                let known = self.committed.keys().copied().chain(shown);
                let calls: BTreeSet<i64> = known.filter(is_new).collect();
                self.whole += calls.len();
                calls.into_iter().collect()
            }
        }
    }
}

/// An event that tells of calls.
#[derive(Clone, Copy)]
enum Event<'e> {
    Delta(&'e [u8]),
    Snapshot(&'e [u8]),
}

fn seconds_between(committed: Instant, arrived: Instant) -> f64 {
    arrived.saturating_duration_since(committed).as_secs_f64()
}

impl Readers {
    /// Opens so many streams of `http://host:port`, and waits until each has its first event.
    pub(crate) async fn open(url: &str, count: usize) -> Readers {
        let host = url.trim_start_matches("http://").to_owned();
        let seen = Arc::new(Mutex::new(Seen::default()));
        let open = Arc::new(AtomicUsize::new(0));
        let mut all = JoinSet::new();
        for _ in 0..count {
            all.spawn(read(host.clone(), Arc::clone(&seen), Arc::clone(&open)));
        }
        while open.load(Ordering::Relaxed) < count {
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        Readers { seen, _all: all }
    }

    /// Notes when a call was committed; for whoever writes it.
    pub(crate) fn noting(&self) -> impl FnMut(i64, Instant) + Send + use<> {
        let seen = Arc::clone(&self.seen);
        move |id, at| {
            seen.lock().commit(id, at);
        }
    }

    /// Seconds from commit to arrival, of every call at every reader, since this was asked last.
    pub(crate) fn late(&self) -> Vec<f64> {
        std::mem::take(&mut self.seen.lock().late)
    }

    /// How many calls came with a snapshot, because more came at once than a delta tells of.
    pub(crate) fn whole(&self) -> usize {
        self.seen.lock().whole
    }

    /// Forgets calls and events that are older than that: no reader still waits for them.
    pub(crate) fn forget(&self, age: Duration) {
        let mut seen = self.seen.lock();
        seen.committed.retain(|_, at| at.elapsed() < age);
        seen.told.retain(|_, (at, _)| at.elapsed() < age);
        seen.early
            .retain(|_, all| all.last().is_some_and(|at| at.elapsed() < age));
    }
}

/// Reads one stream; notes when each call that was committed arrives. As lean as can be: a
/// thousand of them share the machine with what is measured.
async fn read(host: String, seen: Arc<Mutex<Seen>>, open: Arc<AtomicUsize>) {
    let mut stream = TcpStream::connect(&host).await.unwrap();
    let asked = format!("GET {} HTTP/1.1\r\nhost: {host}\r\n\r\n", paths::STREAM);
    stream.write_all(asked.as_bytes()).await.unwrap();
    let mut text = Vec::with_capacity(64 * 1024);
    let mut is_open = false;
    let mut searched = 0;
    loop {
        if stream.read_buf(&mut text).await.unwrap_or(0) == 0 {
            return;
        }
        let arrived = Instant::now();
        let mut begins = 0;
        while let Some(end) = text
            .get(searched..)
            .and_then(|rest| memmem::find(rest, b"\n\n"))
        {
            let end = searched + end;
            if !is_open {
                open.fetch_add(1, Ordering::Relaxed);
                is_open = true;
            }
            note(text.get(begins..end).unwrap_or_default(), arrived, &seen);
            begins = end + 2;
            searched = begins;
        }
        text.drain(..begins);
        // What was found not to hold an end may end with the first half of one.
        searched = text.len().saturating_sub(1);
    }
}

/// Notes what an event tells of. Before it may stand the length of a piece of the answer.
fn note(event: &[u8], arrived: Instant, seen: &Mutex<Seen>) {
    let Some(begins) = memmem::find(event, b"id: ") else {
        return;
    };
    let mut lines = event
        .get(begins..)
        .unwrap_or_default()
        .splitn(3, |byte| *byte == b'\n');
    let (id, name, data) = (lines.next(), lines.next(), lines.next());
    let (Some(id), Some(name), Some(data)) = (id, name, data) else {
        return;
    };
    let data = data.strip_prefix(b"data: ").unwrap_or_default();
    let event = match name {
        b"event: delta" => Event::Delta(data),
        b"event: snapshot" => Event::Snapshot(data),
        _ => return,
    };
    let mut seen = seen.lock();
    if !seen.told.contains_key(id) {
        let calls = seen.tells(event);
        seen.told.insert(id.to_owned(), (arrived, calls.into()));
    }
    let calls = seen.told.get(id).map(|(_, calls)| Arc::clone(calls));
    for call in calls.iter().flat_map(|calls| calls.iter()) {
        seen.arrive(*call, arrived);
    }
}

/// The ids of the calls at a place in an event.
fn ids(event: &[u8], place: &str) -> Vec<i64> {
    let event: Value = serde_json::from_slice(event).unwrap();
    let calls = event.pointer(place).and_then(Value::as_array);
    let calls = calls.into_iter().flatten();
    calls.filter_map(|row| row.get("id")?.as_i64()).collect()
}

/// The value that such a part of all values does not exceed.
pub(crate) fn quantile(values: &[f64], part: f64) -> f64 {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    let last = sorted.len().saturating_sub(1) as f64;
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a place among the values"
    )]
    let place = (last * part).round() as usize;
    sorted.get(place).copied().unwrap_or(f64::NAN)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_snapshot_tells_of_all_that_came_before_the_calls_that_it_shows() {
        let mut seen = Seen::default();
        let hello = br#"{"activities":[{"id":3},{"id":2}]}"#;
        assert_eq!(seen.tells(Event::Snapshot(hello)), [] as [i64; 0]);
        let at = Instant::now();
        (4..=9).for_each(|call| seen.commit(call, at));
        let delta = br#"{"activity":{"new":[{"id":5}]}}"#;
        assert_eq!(seen.tells(Event::Delta(delta)), [5]);
        // The writer has yet to hear of the tenth; the fourth was left out, and stays so.
        let more = br#"{"activities":[{"id":10},{"id":9}]}"#;
        assert_eq!(seen.tells(Event::Snapshot(more)), [6, 7, 8, 9, 10]);
        assert_eq!((seen.whole, seen.newest), (5, Some(10)));
        seen.commit(10, at);
        assert_eq!(seen.tells(Event::Snapshot(more)), [] as [i64; 0]);
    }

    #[test]
    fn a_call_counts_at_each_reader_also_where_it_arrives_before_its_commit_is_noted() {
        let event = b"id: 1\nevent: delta\ndata: {\"activity\":{\"new\":[{\"id\":7}]}}";
        let seen = Mutex::new(Seen::default());
        let began = Instant::now();
        note(event, began, &seen);
        assert_eq!(seen.lock().late, [] as [f64; 0]);
        seen.lock().commit(7, began + Duration::from_millis(1));
        note(event, began + Duration::from_millis(501), &seen);
        assert_eq!(seen.lock().late, [0.0, 0.5]);
        assert!(seen.lock().early.is_empty());
    }
}
