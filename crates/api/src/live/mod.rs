//! Figures: one follower of the audit log, folds of its timeline, answers as bytes.
//!
//! [`Live`] is what routes talk to. It is cheap to clone; every clone is the same.

mod advice;
mod answers;
mod arrivals;
mod asked;
mod audience;
mod beyond;
mod bodies;
mod calls;
mod compare;
mod delta;
mod detail;
mod digests;
mod feed;
mod figures;
mod follow;
mod frame;
mod gaps;
mod history;
mod kept;
mod newest;
mod options;
mod pace;
mod people;
mod questions;
mod reach;
mod recheck;
mod rows;
mod secrets;
mod shared;
mod streams;
mod topic;

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use bytes::Bytes;
use futures_util::Stream;
use parking_lot::{RwLock, RwLockReadGuard};
use shared_types::{Readiness, Status};
use timeline::Zone;
use tokio::sync::watch;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use crate::clock::Clock;
use crate::store::Store;
use beyond::{Beyonds, Sums, Wanted};
use bodies::{Bodies, Freshness};
use figures::{Condition, Figures};
use follow::Follower;
use frame::Frame;
use shared::Shared;
use streams::Streams;

pub use asked::{
    Before, Figure, Glance, Health, NO_TOOL, NO_USER, Names, Person, Row, Server, Servers, State,
    Sum, Told, ToldCalls, Users,
};
pub use audience::Audience;
pub use bodies::Body;
pub use options::Options;
pub use questions::{ActivityQuery, Chart, Gauges, LiveError, View, WindowSpec};

/// The figures, live.
#[derive(Clone)]
pub struct Live {
    shared: Arc<Shared>,
}

impl Live {
    /// Figures of this store, none yet: see [`Live::follow`]. Event streams run on the
    /// current tokio runtime until stopped.
    pub fn new(store: Store, options: Options, clock: Clock, stop: &CancellationToken) -> Live {
        let shared = Arc::new(Shared {
            figures: RwLock::new(Figures::new(&options)),
            streams: Streams::new(options.epoch),
            options,
            clock,
            store,
            speaking: RwLock::new(None),
            looked: watch::Sender::new(()),
            bodies: Bodies::default(),
            beyond: Beyonds::default(),
            names: asked::Kept::default(),
            failures: AtomicU64::new(0),
            following: TaskTracker::new(),
        });
        let live = Live { shared };
        tokio::spawn(streams::publish(live.clone(), stop.clone()));
        live
    }

    /// Says, before anything is followed, what is being prepared and how far it is (0 to 1).
    pub fn preparing(&self, what: &str, part: f64) {
        self.shared.change(|figures| {
            figures.preparing = Some(what.to_owned());
            figures.progress = part.clamp(0.0, 0.99);
            figures.version += 1;
        });
    }

    /// Says that there is nothing to follow: what is wrong, for people.
    pub fn broken(&self, what: &str) {
        let now = (self.shared.clock)();
        self.shared.change(|figures| {
            figures.condition = Condition {
                stale_since: figures.condition.stale_since.or(Some(now)),
                detail: Some(what.to_owned()),
                schema: false,
            };
            figures.version += 1;
        });
    }

    /// Follows the store on the current tokio runtime until stopped.
    pub fn follow(&self, stop: CancellationToken) {
        self.shared.change(|figures| {
            figures.preparing = None;
            figures.progress = 0.0;
            figures.version += 1;
        });
        let follower = Follower::new(Arc::clone(&self.shared), stop);
        self.shared.following.spawn(follower.run());
    }

    /// Ends when the follower has, once it was told to stop: it keeps what it has folded.
    pub async fn ended(&self) {
        self.shared.following.close();
        self.shared.following.wait().await;
    }

    /// What was answered to the same words before, if it still holds.
    pub fn recall(&self, audience: Audience, words: &str) -> Option<Body> {
        let now = (self.shared.clock)();
        let figures = self.shared.figures.read();
        self.shared.bodies.get(audience, words, &figures, now)
    }

    /// Keeps what was answered to these words, as long as it holds.
    pub fn remember(&self, audience: Audience, words: &str, body: &Body) {
        self.shared.bodies.put(audience, words, body);
    }

    /// The stat cards.
    ///
    /// # Errors
    /// When today is not read yet.
    pub fn stats(&self, zone: &Zone) -> Result<Body, LiveError> {
        let now = (self.shared.clock)();
        let figures = self.answering()?;
        let body = Body::of(&answers::stats(&figures, zone, now))?;
        Ok(body.fresh(Freshness::by_second(&figures, now)))
    }

    /// One chart; points of a chart over time tell what they are compared with when asked to.
    ///
    /// # Errors
    /// When history is not read yet, the window makes no sense, or the database is needed
    /// (for buckets finer than what is held) and does not answer.
    pub async fn chart(
        &self,
        chart: Chart,
        zone: &Zone,
        spec: WindowSpec,
        compare: bool,
    ) -> Result<Body, LiveError> {
        // A chart tells nothing of people: one for every audience.
        let view = View {
            window: Some(spec),
            compare,
            ..View::default()
        };
        let beyond = self.reach(zone, view).await?;
        let now = (self.shared.clock)();
        let figures = self.answering()?;
        let frame = Frame::of(&figures, spec, compare, zone, now)?;
        let sums = Sums {
            timeline: &figures.timeline,
            beyond: beyond.as_deref(),
        };
        let body = Body::of(&answers::chart(chart, sums, frame))?;
        let shared = !view.is_own();
        Ok(body.fresh(shared.then(|| Freshness::by_minute(&figures, now))))
    }

    /// Everything the page shows. Without a window, the charts' own defaults.
    ///
    /// # Errors
    /// As for one chart.
    pub async fn snapshot(&self, zone: &Zone, view: View) -> Result<Body, LiveError> {
        let beyond = self.reach(zone, view).await?;
        let now = (self.shared.clock)();
        let figures = self.answering()?;
        let (options, beyond) = (&self.shared.options, beyond.as_deref());
        let answer = answers::snapshot(&figures, options, zone, view, beyond, now)?;
        let shared = !view.is_own();
        Ok(Body::of(&answer)?.fresh(shared.then(|| Freshness::by_second(&figures, now))))
    }

    /// A page of calls.
    ///
    /// # Errors
    /// When history is not read yet, the cursor's row is gone, or the database is needed
    /// and does not answer.
    pub async fn activity(
        &self,
        query: &ActivityQuery,
        audience: Audience,
    ) -> Result<Body, LiveError> {
        calls::page(&self.shared, query, audience).await
    }

    /// One call with all its fields, as far as it is for this audience.
    ///
    /// # Errors
    /// When there is no such call, history is not read yet, or the database does not answer.
    pub async fn call(&self, id: i64, audience: Audience) -> Result<Body, LiveError> {
        Body::of(&audience.detail(detail::detail(&self.shared, id).await?))
    }

    /// State, for people.
    pub fn status(&self) -> Status {
        self.shared.figures.read().status(&self.shared.options)
    }

    /// Readiness, for operators.
    pub fn readiness(&self) -> Readiness {
        self.shared.figures.read().readiness()
    }

    /// Opens an event stream: ready-made server-sent events, heartbeats included.
    ///
    /// # Errors
    /// As for one chart, or when too many streams are open.
    pub async fn subscribe(
        &self,
        zone: &Zone,
        view: View,
        last_event_id: Option<&str>,
    ) -> Result<impl Stream<Item = Bytes> + use<>, LiveError> {
        drop(self.answering()?);
        self.reach(zone, view).await?;
        let streams = &self.shared.streams;
        streams.subscribe(zone, view, last_event_id, &|zone, view| {
            self.see(zone, view)
        })
    }

    /// Numbers for `/metrics`.
    pub fn gauges(&self) -> Gauges {
        let now = (self.shared.clock)();
        let figures = self.shared.figures.read();
        let (subscribers, dropped) = self.shared.streams.counts();
        Gauges {
            rows_seen: figures.rows_seen,
            open_gaps: figures.gaps.len() as u64,
            subscribers,
            subscribers_dropped: dropped,
            database_queries: self.shared.store.questions(),
            database_errors: self.shared.failures.load(Ordering::Relaxed),
            last_poll_age_seconds: figures.last_poll.map(|at| (now - at) as f64 / 1e6),
            progress: figures.progress,
            live: figures.is_live(),
        }
    }

    /// What a stream compares from one event to the next.
    ///
    /// None while something of the window has yet to be read.
    fn see(&self, zone: &Zone, view: View) -> Result<Option<topic::Sight>, LiveError> {
        let now = (self.shared.clock)();
        let figures = self.shared.figures.read();
        let beyond = match Wanted::of(&figures, zone, view, now)? {
            None => None,
            Some(wanted) => match self.shared.beyond.kept(zone, view, &wanted) {
                None => return Ok(None),
                kept => kept,
            },
        };
        let (options, beyond) = (&self.shared.options, beyond.as_deref());
        Ok(Some(topic::Sight {
            snapshot: answers::snapshot(&figures, options, zone, view, beyond, now)?,
            calls: answers::newest_calls(&figures, view.audience, now, topic::COMPARED),
        }))
    }

    fn answering(&self) -> Result<RwLockReadGuard<'_, Figures>, LiveError> {
        self.shared.answering()
    }
}
