//! The figures the page shows: one snapshot, and for each part of it a signal that says
//! when it has changed.
//!
//! Parts are read through one signal type on purpose. A memo for each type of part would
//! be shorter to write and some tens of kilobytes longer to load.

mod liveness;

use futures_util::future::{AbortHandle, abortable};
use leptos::prelude::*;
use shared_types::{Delta, Snapshot, Status};

pub use liveness::Liveness;

use super::link::{self, Followed, Link};
use super::look::Look;
use super::part::Part;
use super::you::You;
use crate::api::ApiError;
use crate::browser::clock::now_ms;
use crate::browser::visibility::network;
use crate::charts::model::colours::McpColours;
use crate::view::{effect, spawn};

/// How many calls the page holds.
const CALLS: usize = 200;

/// Everything the page knows, cheap to copy.
#[derive(Clone, Copy)]
pub struct Page {
    known: StoredValue<Known>,
    /// Moves with a part of the snapshot, in the order of [`Part::ALL`].
    changes: [RwSignal<u32>; Part::ALL.len()],
    /// Moves with [`Known::link`].
    link: RwSignal<u32>,
    retries: RwSignal<u32>,
    /// 1 until the charts show the span that is looked at.
    behind: RwSignal<u32>,
}

/// What is known, without any reactivity of its own.
struct Known {
    snapshot: Option<Snapshot>,
    /// What the API says of itself while there are no figures.
    early: Option<Status>,
    link: Link,
    /// When the last word came from the API, milliseconds since 1970.
    heard_ms: i64,
    colours: McpColours,
    you: You,
}

impl Page {
    /// Begins to follow the API, in the viewer's time zone, for the span that is looked at.
    pub fn begin(zone: String, look: Look, you: You) -> Page {
        let page = Page {
            known: StoredValue::new(Known {
                snapshot: None,
                early: None,
                link: Link::Opening,
                heard_ms: now_ms(),
                colours: McpColours::default(),
                you,
            }),
            changes: Part::ALL.map(|_| RwSignal::new(0)),
            link: RwSignal::new(0),
            retries: RwSignal::new(0),
            behind: RwSignal::new(1),
        };
        let following = StoredValue::new(None::<AbortHandle>);
        let stop = move || {
            if let Some(before) = following.try_update_value(Option::take).flatten() {
                before.abort();
            }
        };
        let (mut last, mut last_times, network) = (None, 0, network());
        // The link outlives what starts it: an effect that runs again ends what it spawned.
        let owner = Owner::current();
        effect(move || {
            let (span, times) = (look.span(), network.get());
            let is_other = last.as_ref() != Some(&span);
            // When the network goes or comes, nobody knows what is left of a connection.
            if !is_other && times == last_times {
                return;
            }
            last_times = times;
            stop();
            let mut asked = span.query();
            last = Some(span);
            asked.push(("compare", "previous".to_owned()));
            let zone = zone.clone();
            let followed = Followed {
                zone,
                span: asked,
                you,
            };
            let (link, handle) = abortable(link::keep(page, followed));
            following.set_value(Some(handle));
            if is_other {
                page.behind.set(1);
            }
            let keep = || {
                spawn(async move {
                    // It ends only by being stopped.
                    let _stopped = link.await;
                });
            };
            if let Some(owner) = &owner {
                owner.with(keep);
            }
        });
        on_cleanup(stop);
        page
    }

    /// Whether the charts still show another span than the one that is looked at.
    pub fn is_behind(self) -> bool {
        self.behind.get() > 0
    }

    /// Looks at the snapshot, again whenever this part of it changes. None while there is
    /// none.
    pub fn read<T>(self, part: Part, look: impl FnOnce(&Snapshot) -> T) -> Option<T> {
        self.changed(part).track();
        self.known
            .with_value(|known| known.snapshot.as_ref().map(look))
    }

    /// How often this part has changed, told again whenever it does.
    pub fn follow(self, part: Part) -> u32 {
        self.changed(part).get()
    }

    /// How often this part has changed.
    pub fn times(self, part: Part) -> u32 {
        self.changed(part).get_untracked()
    }

    /// Which MCP server has which colour. It changes only with the servers there are.
    pub fn with_colours<T>(self, look: impl FnOnce(&McpColours) -> T) -> T {
        self.changed(Part::Cost).track();
        self.changed(Part::Errors).track();
        self.known.with_value(|known| look(&known.colours))
    }

    /// What the API says of itself.
    pub fn status(self) -> Option<Status> {
        self.changed(Part::Status).track();
        self.known.with_value(|known| {
            let current = known.snapshot.as_ref().map(|snapshot| &snapshot.status);
            current.or(known.early.as_ref()).cloned()
        })
    }

    /// Whether there is anything to show.
    pub fn has_figures(self) -> bool {
        self.changed(Part::Status).track();
        self.known.with_value(|known| known.snapshot.is_some())
    }

    /// Why nothing comes, when that is known and not for want of a signed-in viewer.
    pub fn failure(self) -> Option<ApiError> {
        match self.link() {
            Link::Down(error) if !error.wants_sign_in() => Some(error),
            _ => None,
        }
    }

    /// Who looks at it.
    pub fn you(self) -> You {
        self.known.with_value(|known| known.you)
    }

    /// Whether nothing comes because nobody is signed in.
    pub fn wants_sign_in(self) -> bool {
        matches!(self.link(), Link::Down(error) if error.wants_sign_in())
    }

    /// Figures come by asking every few seconds, since the event stream does not get through.
    pub fn is_polling(self) -> bool {
        self.link() == Link::Polling
    }

    /// Tries again now, not at the next turn.
    pub fn retry(self) {
        self.retries.update(|times| *times += 1);
    }

    /// Counts how often the viewer asked to try again.
    pub(super) fn retries(self) -> RwSignal<u32> {
        self.retries
    }

    pub(super) fn set_link(self, link: Link) {
        if self.known.with_value(|known| known.link != link) {
            self.known.update_value(|known| known.link = link);
            self.link.update(|times| *times += 1);
        }
    }

    pub(super) fn wait_for_figures(self, status: Status) {
        self.heard(|known| known.early = Some(status));
        self.note(Part::Status);
        self.set_link(Link::Waiting);
    }

    pub(super) fn replace(self, snapshot: Snapshot) {
        let changed = |known: &Known, part: Part| {
            known
                .snapshot
                .as_ref()
                .is_none_or(|old| part.differs(old, &snapshot))
        };
        let changed = self
            .known
            .with_value(|known| Part::ALL.map(|part| changed(known, part)));
        self.heard(|known| known.snapshot = Some(snapshot));
        if self.behind.get_untracked() > 0 {
            self.behind.set(0);
        }
        self.note_those(changed);
    }

    pub(super) fn apply(self, delta: Delta) {
        let changed = Part::ALL.map(|part| part.is_in(&delta));
        self.heard(|known| {
            if let Some(snapshot) = &mut known.snapshot {
                snapshot.apply(delta, CALLS);
            }
        });
        self.note_those(changed);
    }

    fn link(self) -> Link {
        self.link.track();
        self.known.with_value(|known| known.link.clone())
    }

    fn heard(self, change: impl FnOnce(&mut Known)) {
        self.known.update_value(|known| {
            known.heard_ms = now_ms();
            change(known);
            known.colours = McpColours::of_snapshot(known.snapshot.as_ref());
        });
    }

    fn changed(self, part: Part) -> RwSignal<u32> {
        let [
            status,
            cards,
            queries,
            cost,
            response_times,
            errors,
            activities,
        ] = self.changes;
        match part {
            Part::Status => status,
            Part::Stats => cards,
            Part::Queries => queries,
            Part::Cost => cost,
            Part::ResponseTimes => response_times,
            Part::Errors => errors,
            Part::Activities => activities,
        }
    }

    fn note(self, part: Part) {
        self.changed(part)
            .update(|times| *times = times.wrapping_add(1));
    }

    fn note_those(self, changed: [bool; Part::ALL.len()]) {
        for (part, changed) in Part::ALL.into_iter().zip(changed) {
            if changed {
                self.note(part);
            }
        }
    }
}
