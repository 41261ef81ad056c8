//! What the follower and everybody who asks have in common.

use std::sync::atomic::AtomicU64;

use parking_lot::{RwLock, RwLockReadGuard};
use timeline::{Micros, Timeline};
use tokio::sync::watch;
use tokio_util::task::TaskTracker;

use super::asked::Kept;
use super::beyond::Beyonds;
use super::bodies::Bodies;
use super::figures::Figures;
use super::rows::Seen;
use super::streams::Streams;
use super::{LiveError, Options};
use crate::clock::Clock;
use crate::store::{AuditRow, Speaking, Store};

/// What the follower writes and everybody reads.
pub(crate) struct Shared {
    pub(super) options: Options,
    pub(super) clock: Clock,
    pub(super) store: Store,
    /// The store once its schema is known: for questions that the figures do not hold.
    pub(super) speaking: RwLock<Option<Speaking>>,
    pub(super) figures: RwLock<Figures>,
    /// Told whenever the follower has counted what is new in the database, has looked at all of
    /// it, or has failed to.
    pub(super) looked: watch::Sender<()>,
    pub(super) bodies: Bodies,
    pub(super) beyond: Beyonds,
    pub(super) names: Kept,
    pub(super) streams: Streams,
    pub(super) failures: AtomicU64,
    pub(super) following: TaskTracker,
}

impl Shared {
    /// Changes the figures.
    pub(super) fn change<T>(&self, change: impl FnOnce(&mut Figures) -> T) -> T {
        change(&mut self.figures.write())
    }

    /// Counts one row that was not seen before.
    pub(super) fn count(&self, figures: &mut Figures, now: Micros, row: &AuditRow) {
        if let Some(call) = Seen::of(row, self.options.price) {
            figures.count(now, call);
        }
    }

    /// The first moment of history, on a quarter-hour: early enough for the first local day
    /// of the longest range, in any time zone.
    pub(super) fn history_starts(&self, now: Micros) -> Micros {
        Timeline::new(self.options.history_days).reaches_back_to(now)
    }

    /// The figures, if there are any to answer from.
    pub(super) fn answering(&self) -> Result<RwLockReadGuard<'_, Figures>, LiveError> {
        let figures = self.figures.read();
        if figures.answers {
            return Ok(figures);
        }
        Err(figures.refusal())
    }
}
