//! Asking the API for calls: those that a filter lets through, kept up to date, and older
//! ones as the reader comes near the end.

use futures_util::future::{AbortHandle, abortable, join};
use gloo_timers::future::TimeoutFuture;
use leptos::prelude::*;
use shared_types::{ActivityPage, ProblemCode, paths};

use super::calls::MOST;
use super::state::{End, Feed, Filter, Held};
use crate::api::{self, ApiError};
use crate::browser::intl::Locale;
use crate::charts::model::time::epoch_ms;
use crate::state::{Part, until};
use crate::view::{effect, spawn};

/// How many of the newest calls are kept up to date under a filter.
const NEWEST: usize = 100;
/// How many older calls are asked for at once.
const PAGE: usize = 200;
/// Between two questions for the newest calls, milliseconds.
const PAUSE: u32 = 1_000;

/// Asks for as long as the feed is there; under another filter anew.
pub(super) fn begin(feed: Feed) {
    let locale = expect_context::<Locale>();
    let asking = StoredValue::new(None::<AbortHandle>);
    let stop = move || {
        if let Some(before) = asking.try_update_value(Option::take).flatten() {
            before.abort();
        }
    };
    // What asks outlives the effect that starts it.
    let owner = Owner::current();
    effect(move || {
        feed.turn.track();
        stop();
        let asked = Asked {
            feed,
            filter: feed.peek(|held| held.filter.clone()),
            locale: locale.clone(),
        };
        let (work, handle) = abortable(asked.follow());
        asking.set_value(Some(handle));
        if let Some(owner) = &owner {
            owner.with(|| {
                spawn(async move {
                    // It ends only by being stopped.
                    let _stopped = work.await;
                });
            });
        }
    });
    on_cleanup(stop);
}

/// The calls of one filter.
struct Asked {
    feed: Feed,
    filter: Filter,
    locale: Locale,
}

impl Asked {
    async fn follow(self) {
        join(self.keep_newest(), self.get_older()).await;
    }

    /// Without a filter the page's own figures have the newest calls.
    async fn keep_newest(&self) {
        if self.filter.is_empty() {
            return;
        }
        let feed = self.feed;
        loop {
            let seen = (
                feed.page().times(Part::Activities),
                feed.retries.get_untracked(),
            );
            match self.ask(NEWEST, None).await {
                Ok(page) => feed.change(|held| self.bring(held, page)),
                Err(error) => feed.change(|held| {
                    held.failure = Some(error.to_string());
                    if held.shown() == 0 {
                        held.end = End::Failed(error.to_string());
                    }
                }),
            }
            TimeoutFuture::new(PAUSE).await;
            let page = feed.page();
            until(move || (page.follow(Part::Activities), feed.retries.get()) != seen).await;
        }
    }

    fn bring(&self, held: &mut Held, page: ActivityPage) {
        let was_empty = held.calls.len() == 0;
        held.failure = None;
        held.matching = Some((page.matching, page.matching_capped));
        held.bring(&page.activities);
        let is_whole = page.next.is_none();
        if is_whole {
            held.end = End::Reached(self.reason(held, false));
        } else if was_empty || matches!(held.end, End::Failed(_)) {
            held.end = End::Open;
        }
    }

    async fn get_older(&self) {
        let feed = self.feed;
        loop {
            until(move || feed.wants_older()).await;
            feed.change(|held| held.end = End::Loading);
            let asked = feed.peek(|held| {
                let cursor = held.cursor.clone().map(|cursor| ("cursor", cursor));
                let oldest = || {
                    held.calls
                        .oldest()
                        .map(|call| ("before_id", call.id.to_string()))
                };
                cursor.or_else(oldest)
            });
            match self.ask(PAGE, asked).await {
                Ok(page) => feed.change(|held| self.append(held, page)),
                // The hub has deleted the call that was asked from: from the one before it.
                Err(error) if error.is(ProblemCode::CursorGone) => {
                    feed.change(|held| {
                        held.calls.drop_oldest();
                        held.end = End::Open;
                    });
                }
                Err(error) => {
                    let before = feed.retries.get_untracked();
                    feed.change(|held| held.end = End::Failed(error.to_string()));
                    until(move || feed.retries.get() != before).await;
                    feed.change(|held| held.end = End::Open);
                }
            }
        }
    }

    fn append(&self, held: &mut Held, page: ActivityPage) {
        held.calls.append(page.activities);
        let is_more = page.next.is_some();
        held.end = if !is_more || held.calls.len() >= MOST {
            End::Reached(self.reason(held, is_more))
        } else {
            End::Open
        };
        held.cursor = page.next;
    }

    /// Why no more calls are shown.
    fn reason(&self, held: &Held, is_more: bool) -> String {
        let count = self.locale.exact_count(held.calls.len() as f64);
        let oldest = held.calls.oldest();
        let oldest = oldest.and_then(|call| epoch_ms(&call.timestamp));
        match oldest.map(|at| self.locale.exact_time(at)) {
            None => "No call is like this.".to_owned(),
            Some(_) if is_more => {
                format!("The list holds {count} calls. A filter shows older ones.")
            }
            Some(at) => format!("That is all: these calls reach back to {at}."),
        }
    }

    async fn ask(
        &self,
        limit: usize,
        after: Option<(&'static str, String)>,
    ) -> Result<ActivityPage, ApiError> {
        let mut asked: Vec<(&'static str, String)> = self.filter.iter().map(as_asked).collect();
        asked.push(("limit", limit.to_string()));
        asked.extend(after);
        api::get(&api::address(paths::ACTIVITY, &self.locale.zone(), &asked)).await
    }
}

/// A name and value of the address as the API is asked for it.
fn as_asked((name, value): &(&'static str, String)) -> (&'static str, String) {
    match (*name, value.as_str()) {
        ("status", "errors") => ("outcome", "error".to_owned()),
        ("since", _) => ("from", value.clone()),
        ("until", _) => ("to", value.clone()),
        _ => (name, value.clone()),
    }
}
