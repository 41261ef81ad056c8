//! What the figures are worth at this moment.

use leptos::prelude::*;
use shared_types::{HubState, Status};

use super::{Link, Page};
use crate::charts::model::time::epoch_ms;

/// What the top bar says of the figures.
#[derive(Clone, Copy, Debug, PartialEq)]
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

impl Page {
    /// What the top bar says.
    pub fn liveness(self) -> Liveness {
        let status = self.status();
        let since = |status: &Status| status.stale_since.as_deref().and_then(epoch_ms);
        match (self.link(), status) {
            (Link::Down(_), Some(_)) if self.has_figures() => {
                Liveness::Stale(Some(self.known.with_value(|known| known.heard_ms)))
            }
            (Link::Down(_), _) | (_, None) => Liveness::Reconnecting,
            (_, Some(status)) if status.state == HubState::Stale => {
                let stale = Liveness::Stale(since(&status));
                if self.has_figures() {
                    stale
                } else {
                    Liveness::Reconnecting
                }
            }
            (_, Some(status)) if status.state == HubState::Warming => {
                Liveness::Warming(status.progress)
            }
            (Link::Streaming | Link::Waiting, Some(_)) => Liveness::Live,
            (Link::Opening | Link::Polling, Some(_)) => Liveness::Reconnecting,
        }
    }
}
