//! The page's link to the API: the event stream, and asking every few seconds while the
//! stream does not get through.

use std::pin::pin;

use futures_util::future::{Either, join, select};
use gloo_timers::future::TimeoutFuture;
use leptos::prelude::*;
use shared_types::{HubState, Status};

use super::{Page, You};
use crate::api::{self, ApiError, Heard, Listening};
use crate::browser::visibility::visible;
use crate::view::Watched;

/// How figures come.
#[derive(Clone, Debug, PartialEq)]
pub enum Link {
    /// Nothing has been heard yet.
    Opening,
    /// The API answers, and has no figures yet.
    Waiting,
    /// By the event stream.
    Streaming,
    /// By asking every few seconds.
    Polling,
    /// Not at all, and why.
    Down(ApiError),
}

/// Between two questions while the stream does not get through, milliseconds.
const POLL: u32 = 5_000;
/// Between two questions while the API is getting its figures together.
const WARMING: u32 = 1_000;
/// Before a stream that worked is opened again.
const BRIEF: u32 = 500;
/// How long a fresh stream may be silent before its figures are asked for.
const FIRST_WORD: u32 = 2_000;
/// How many such questions before a silent stream is given up and opened anew.
const PATIENCE: u32 = 3;
/// A stream that worked moves at least every minute, since its window does. A connection
/// that is dead without knowing it is silent for longer than that.
const SILENCE: u32 = 90_000;

/// Which figures are followed.
pub(super) struct Followed {
    /// The time zone of days and hours (IANA).
    pub(super) zone: String,
    /// The charts' span, as the API is asked for it.
    pub(super) span: Vec<(&'static str, String)>,
    /// Who follows them.
    pub(super) you: You,
}

/// Follows the API for as long as the page is there and looks at these figures.
pub(super) async fn keep(page: Page, followed: Followed) {
    let wishes = Wishes {
        page,
        visible: visible(),
    };
    let mut seen = None;
    loop {
        let pause = match greet(&followed).await {
            Err(error) => {
                if error.wants_sign_in() {
                    // The next one may be somebody else, who sees other things.
                    followed.you.forget();
                    seen = None;
                }
                page.set_link(Link::Down(error));
                POLL
            }
            Ok(status) if !status.has_figures => {
                let pause = if status.state == HubState::Warming {
                    WARMING
                } else {
                    POLL
                };
                page.wait_for_figures(status);
                pause
            }
            Ok(_) if listen(page, &followed, &mut seen).await => BRIEF,
            Ok(_) => {
                ask(page, &followed).await;
                POLL
            }
        };
        wishes.pause(pause).await;
    }
}

/// Asks whether there are figures, and who it is that follows them.
async fn greet(followed: &Followed) -> Result<Status, ApiError> {
    let status = api::status(&followed.zone);
    // Who that is matters to what is shown. What may be had, the API decides each time.
    let (status, _known) = join(status, followed.you.learn()).await;
    status
}

/// Listens until the stream breaks; whether it ever said anything.
async fn listen(page: Page, followed: &Followed, seen: &mut Option<String>) -> bool {
    // An id that brings nothing is not tried twice: without one there is a whole snapshot.
    let resume = seen.take();
    let Some(mut stream) = Listening::open(&followed.zone, &followed.span, resume.as_deref())
    else {
        return false;
    };
    let (mut heard, mut asked) = (false, 0);
    loop {
        let patience = match (heard, asked) {
            (true, _) => SILENCE,
            (false, 0) => FIRST_WORD,
            (false, _) => POLL,
        };
        let event = match select(pin!(stream.next()), TimeoutFuture::new(patience)).await {
            Either::Left((event, _)) => event,
            Either::Right(_) if heard || asked == PATIENCE => None,
            Either::Right(_) => {
                ask(page, followed).await;
                asked += 1;
                continue;
            }
        };
        let Some((event, id)) = event else {
            return heard;
        };
        heard = true;
        *seen = Some(id);
        match event {
            Heard::Snapshot(snapshot) => page.replace(*snapshot),
            Heard::Delta(delta) => page.apply(*delta),
        }
        page.set_link(Link::Streaming);
    }
}

/// Asks for everything, once.
async fn ask(page: Page, followed: &Followed) {
    match api::snapshot(&followed.zone, &followed.span).await {
        Ok(snapshot) => {
            page.replace(snapshot);
            page.set_link(Link::Polling);
        }
        Err(error) => page.set_link(Link::Down(error)),
    }
}

/// What ends a pause early, or makes it longer.
struct Wishes {
    page: Page,
    visible: Watched<bool>,
}

impl Wishes {
    /// Waits, and for as long as nobody sees the page. Ends early when the viewer asks for
    /// it.
    async fn pause(&self, ms: u32) {
        let page = self.page;
        let before = page.retries().get_untracked();
        let asked = until(move || page.retries().get() != before);
        select(TimeoutFuture::new(ms), pin!(asked)).await;
        let visible = self.visible;
        until(move || visible.get()).await;
    }
}

/// Resolves once the condition, made of signals, is true.
pub(crate) async fn until(condition: impl Fn() -> bool + Send + Sync + 'static) {
    let (sender, receiver) = futures_channel::oneshot::channel::<()>();
    let mut sender = Some(sender);
    let watching = Effect::new(move |_| {
        if condition()
            && let Some(sender) = sender.take()
        {
            let _ = sender.send(());
        }
    });
    let _ = receiver.await;
    watching.stop();
}
