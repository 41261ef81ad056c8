//! A closer look at the charts over time: what part of time both of them show, and the finer
//! figures for it. Without one they follow the hub; with one they stay where they are.

use gloo_timers::future::TimeoutFuture;
use leptos::prelude::*;
use shared_types::{LatencyChart, QueriesChart, Window};

use super::finer::{Answer, Finer, QUERIES, RESPONSE_TIMES};
use super::{Look, Page, Part};
use crate::browser::clock::now_ms;
use crate::charts::model::time::epoch_ms;
use crate::charts::model::view::View;
use crate::view::{Kept, Watched, effect, spawn};

/// How long a hand has to rest before the figures are asked for and the address says it.
const REST: u32 = 150;
/// Between two questions for figures that are still growing, milliseconds.
const AGAIN: i64 = 5_000;
/// How far back one can look, milliseconds: what the API keeps unless it is told otherwise.
const HISTORY: i64 = 30 * 86_400_000;

/// The closer look, cheap to copy.
#[derive(Clone, Copy)]
pub struct Zoom {
    view: Watched<Option<View>>,
    finer: Kept<Option<Finer>>,
    /// Moves with the finer figures.
    came: RwSignal<u32>,
    /// Why finer figures could not be had.
    failure: Watched<String>,
    /// Whose could not be: [`QUERIES`], [`RESPONSE_TIMES`] or both.
    failed: RwSignal<u32>,
    page: Page,
    look: Look,
    asking: Kept<Asking>,
}

/// What is needed to ask for figures.
struct Asking {
    zone: String,
    /// Counts wishes: an answer to an older one is not heeded.
    wishes: u32,
    /// Whose the asking is: a button that starts it may be gone before it ends.
    owner: Option<Owner>,
}

impl Zoom {
    /// What the address says.
    pub fn begin(page: Page, look: Look, zone: String) -> Zoom {
        let zoom = Zoom {
            view: Watched::new(None),
            finer: Kept::new(None),
            came: RwSignal::new(0),
            failure: Watched::new(String::new()),
            failed: RwSignal::new(0),
            page,
            look,
            asking: Kept::new(Asking {
                zone,
                wishes: 0,
                owner: Owner::current(),
            }),
        };
        effect(move || {
            let told = look.one("zoom").as_deref().and_then(View::told);
            if told != zoom.view.peek() {
                zoom.view.set(told);
                zoom.refine();
            }
        });
        effect(move || {
            page.read(Part::Queries, |_| ());
            zoom.keep_up();
        });
        zoom
    }

    /// What is shown; none is all there is, live.
    pub fn view(self) -> Option<View> {
        self.view.get()
    }

    /// What is shown now.
    pub fn peek(self) -> Option<View> {
        self.view.peek()
    }

    /// Why the finer figures of this part could not be had.
    pub fn failure(self, part: Part) -> String {
        let which = match part {
            Part::Queries => QUERIES,
            _ => RESPONSE_TIMES,
        };
        let why = self.failure.get();
        if self.failed.get() & which > 0 {
            why
        } else {
            String::new()
        }
    }

    /// Asks for the finer figures again.
    pub fn retry(self) {
        if let Some(view) = self.view.peek() {
            let wish = self.wish();
            self.spawn(self.ask(view, wish));
        }
    }

    /// How far one can look: as far as history reaches, until now.
    pub fn limits(self) -> View {
        let now = now_ms();
        let from = self.window().map_or(now, |window| window.from);
        View {
            from: from.min(now - HISTORY),
            to: now,
        }
    }

    /// Shows a part of time. One that holds all there is is none.
    pub fn show(self, view: View) {
        let all = self.window().is_some_and(|window| view.covers(window));
        self.view.set((!all).then_some(view));
        self.refine();
    }

    /// Goes back to all there is, live.
    pub fn reset(self) {
        self.view.set(None);
        self.refine();
    }

    /// Queries over time: finer ones where they have come.
    pub fn queries<T>(self, look: impl FnOnce(&QueriesChart) -> T) -> Option<T> {
        self.came.track();
        let finer = self.finer.change(|finer| match finer {
            Some(Finer {
                queries: Some(queries),
                ..
            }) => Ok(look(queries)),
            _ => Err(look),
        });
        match finer? {
            Ok(told) => Some(told),
            Err(look) => self.page.read(Part::Queries, |s| look(&s.queries)),
        }
    }

    /// Response times: finer ones where they have come.
    pub fn response_times<T>(self, look: impl FnOnce(&LatencyChart) -> T) -> Option<T> {
        self.came.track();
        let finer = self.finer.change(|finer| match finer {
            Some(Finer {
                response_times: Some(times),
                ..
            }) => Ok(look(times)),
            _ => Err(look),
        });
        match finer? {
            Ok(told) => Some(told),
            Err(look) => {
                let page = self.page;
                page.read(Part::ResponseTimes, |s| look(&s.response_times))
            }
        }
    }

    /// The live charts' window.
    fn window(self) -> Option<View> {
        let window = untrack(|| {
            self.page
                .read(Part::Queries, |s| window_of(&s.queries.window))
        });
        window.flatten()
    }

    /// Once the hand rests: tells the address, and asks for figures as fine as this view
    /// deserves, if they are not there.
    fn refine(self) {
        let wish = self.wish();
        self.spawn(async move {
            TimeoutFuture::new(REST).await;
            if self.asking.change(|asking| asking.wishes) != Some(wish) {
                return;
            }
            let view = self.view.peek();
            let told = view.map(|view| format!("{}..{}", view.from, view.to));
            self.look.amend(&[("zoom", told.as_deref())]);
            match view {
                None => self.put(None),
                Some(view) if !self.has(view) => self.ask(view, wish).await,
                Some(_) => {}
            }
        });
    }

    /// Figures that are still growing are asked for again from time to time.
    fn keep_up(self) {
        let due =
            |finer: &Finer| finer.held.to >= finer.asked_ms && now_ms() - finer.asked_ms >= AGAIN;
        let due = self.finer.change(|finer| finer.as_ref().is_some_and(due));
        if let (Some(true), Some(view)) = (due, self.view.peek()) {
            let wish = self.wish();
            self.spawn(self.ask(view, wish));
        }
    }

    fn spawn(self, work: impl Future<Output = ()> + 'static) {
        if let Some(owner) = self.asking.change(|asking| asking.owner.clone()).flatten() {
            owner.with(|| spawn(work));
        }
    }

    fn wish(self) -> u32 {
        let next = |asking: &mut Asking| {
            asking.wishes += 1;
            asking.wishes
        };
        self.asking.change(next).unwrap_or_default()
    }

    /// Whether what is there is as fine as this view deserves.
    fn has(self, view: View) -> bool {
        if self.failed.get_untracked() > 0 {
            return false;
        }
        let wanted = view.bucket_seconds();
        let held = self.finer.change(|finer| {
            finer
                .as_ref()
                .map(|finer| finer.held.covers(view) && finer.bucket_seconds == wanted)
        });
        held.flatten().unwrap_or_else(|| {
            let live = untrack(|| {
                self.page.read(Part::Queries, |s| {
                    let window = window_of(&s.queries.window);
                    let covers = window.is_some_and(|window| window.covers(view));
                    covers && s.queries.window.bucket_seconds <= wanted
                })
            });
            live.unwrap_or_default()
        })
    }

    async fn ask(self, view: View, wish: u32) {
        let zone = self.asking.change(|asking| asking.zone.clone());
        let answer = Answer::get(&zone.unwrap_or_default(), view).await;
        if self.asking.change(|asking| asking.wishes) != Some(wish) {
            return;
        }
        // What was there before is better than nothing at all.
        if answer.finer.is_some() {
            self.put(answer.finer);
        }
        self.failure.set(answer.why);
        self.failed.set(answer.failed);
    }

    /// One chart that lacks its finer figures shows what all there is has of this time, and
    /// leaves the other one alone.
    fn put(self, finer: Option<Finer>) {
        self.failed.set(0);
        self.finer.put(finer);
        self.came.update(|times| *times = times.wrapping_add(1));
    }
}

fn window_of(window: &Window) -> Option<View> {
    Some(View {
        from: epoch_ms(&window.from)?,
        to: epoch_ms(&window.to)?,
    })
}
