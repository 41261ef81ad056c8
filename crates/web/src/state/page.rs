//! The figures the page shows, as signals: one source, every part a view of it.

use leptos::prelude::*;
use leptos::task::spawn_local_scoped_with_cancellation;
use shared_types::{
    Activity, CostChart, Delta, ErrorsChart, HubState, LatencyChart, QueriesChart, Snapshot, Stats,
    Status,
};

use super::link::{self, Link};
use crate::api::ApiError;
use crate::browser::clock::now_ms;
use crate::charts::model::colours::McpColours;

/// How many calls the page holds.
const CALLS: usize = 200;

/// What the top bar says of the figures.
#[derive(Clone, Debug, PartialEq)]
pub enum Liveness {
    /// They follow the hub.
    Live,
    /// The hub's history is being read: the part that is done, from 0 to 1.
    Warming(f64),
    /// Nothing has come yet, or not through the event stream.
    Reconnecting,
    /// They stand still since this moment (milliseconds since 1970, when it is known).
    Stale(Option<i64>),
}

/// Everything the page knows, cheap to copy.
#[derive(Clone, Copy)]
pub struct Page {
    snapshot: RwSignal<Option<Snapshot>>,
    /// What the API says of itself while there are no figures.
    early: RwSignal<Option<Status>>,
    link: RwSignal<Link>,
    /// When the last word came from the API, milliseconds since 1970.
    heard_ms: RwSignal<i64>,
    retries: RwSignal<u32>,
    /// The stat cards.
    pub stats: Memo<Option<Stats>>,
    /// Queries over time.
    pub queries: Memo<Option<QueriesChart>>,
    /// Cost by MCP server.
    pub cost: Memo<Option<CostChart>>,
    /// Response-time percentiles.
    pub response_times: Memo<Option<LatencyChart>>,
    /// Errors by MCP server.
    pub errors: Memo<Option<ErrorsChart>>,
    /// The last calls, newest first.
    pub activities: Memo<Option<Vec<Activity>>>,
    /// Which MCP server has which colour.
    pub colours: Memo<McpColours>,
    /// Whether the figures are live.
    pub status: Memo<Option<Status>>,
}

impl Page {
    /// Begins to follow the API, in the viewer's time zone.
    pub fn begin(zone: String) -> Page {
        let snapshot = RwSignal::new(None::<Snapshot>);
        let early = RwSignal::new(None::<Status>);
        let page = Page {
            snapshot,
            early,
            link: RwSignal::new(Link::Opening),
            heard_ms: RwSignal::new(now_ms()),
            retries: RwSignal::new(0),
            stats: part(snapshot, |s| s.stats.clone()),
            queries: part(snapshot, |s| s.queries.clone()),
            cost: part(snapshot, |s| s.cost.clone()),
            response_times: part(snapshot, |s| s.response_times.clone()),
            errors: part(snapshot, |s| s.errors.clone()),
            activities: part(snapshot, |s| s.activities.clone()),
            colours: Memo::new(move |_| snapshot.with(|s| colours(s.as_ref()))),
            status: Memo::new(move |_| {
                let known = snapshot.with(|s| s.as_ref().map(|s| s.status.clone()));
                known.or_else(|| early.get())
            }),
        };
        spawn_local_scoped_with_cancellation(link::keep(page, zone));
        page
    }

    /// What the top bar says.
    pub fn liveness(self) -> Liveness {
        let link = self.link.get();
        let status = self.status.get();
        let stale_since = |status: &Status| {
            status
                .stale_since
                .as_deref()
                .and_then(crate::charts::model::time::epoch_ms)
        };
        match (link, status) {
            (Link::Down(_), Some(_)) if self.has_figures() => {
                Liveness::Stale(Some(self.heard_ms.get()))
            }
            (Link::Down(_), _) | (_, None) => Liveness::Reconnecting,
            (_, Some(status)) if status.state == HubState::Stale => {
                Liveness::Stale(stale_since(&status))
            }
            (_, Some(status)) if status.state == HubState::Warming => {
                Liveness::Warming(status.progress)
            }
            (Link::Streaming | Link::Waiting, Some(_)) => Liveness::Live,
            (Link::Opening | Link::Polling, Some(_)) => Liveness::Reconnecting,
        }
    }

    /// Whether there is anything to show.
    pub fn has_figures(self) -> bool {
        self.snapshot.with(Option::is_some)
    }

    /// Why nothing comes, when that is known.
    pub fn failure(self) -> Option<ApiError> {
        match self.link.get() {
            Link::Down(error) => Some(error),
            _ => None,
        }
    }

    /// Figures come by asking every few seconds, since the event stream does not get through.
    pub fn is_polling(self) -> bool {
        self.link.get() == Link::Polling
    }

    /// Tries again now, not at the next turn.
    pub fn retry(self) {
        self.retries.update(|times| *times += 1);
    }

    pub(super) fn has_figures_untracked(self) -> bool {
        self.snapshot.with_untracked(Option::is_some)
    }

    pub(super) fn retries_untracked(self) -> u32 {
        self.retries.get_untracked()
    }

    /// Counts how often the viewer asked to try again.
    pub(super) fn retries(self) -> u32 {
        self.retries.get()
    }

    pub(super) fn set_link(self, link: Link) {
        if self.link.with_untracked(|old| *old != link) {
            self.link.set(link);
        }
    }

    pub(super) fn wait_for_figures(self, status: Status) {
        self.heard();
        self.early.set(Some(status));
        self.set_link(Link::Waiting);
    }

    pub(super) fn replace(self, snapshot: Snapshot) {
        self.heard();
        self.snapshot.set(Some(snapshot));
    }

    pub(super) fn apply(self, delta: Delta) {
        self.heard();
        self.snapshot.update(|snapshot| {
            if let Some(snapshot) = snapshot {
                snapshot.apply(delta, CALLS);
            }
        });
    }

    fn heard(self) {
        self.heard_ms.set(now_ms());
    }
}

fn part<T: Clone + PartialEq + Send + Sync + 'static>(
    snapshot: RwSignal<Option<Snapshot>>,
    view: fn(&Snapshot) -> T,
) -> Memo<Option<T>> {
    Memo::new(move |_| snapshot.with(|snapshot| snapshot.as_ref().map(view)))
}

/// Colours go to the servers of both charts, which together hold every busy one.
fn colours(snapshot: Option<&Snapshot>) -> McpColours {
    let Some(snapshot) = snapshot else {
        return McpColours::default();
    };
    let cost = snapshot.cost.data.iter().map(|slice| slice.mcp.as_str());
    let errors = snapshot.errors.data.iter().map(|bar| bar.mcp.as_str());
    McpColours::of(cost.chain(errors))
}
