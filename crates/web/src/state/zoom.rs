//! A closer look at the charts over time: what part of time both of them show, and the finer
//! figures for it. Without one they follow the hub; with one they stay where they are.

use futures_util::future::join;
use gloo_timers::future::TimeoutFuture;
use leptos::prelude::*;
use shared_types::{LatencyChart, QueriesChart, Window, paths};

use super::{Look, Page, Part};
use crate::api::{self, ApiError};
use crate::browser::clock::now_ms;
use crate::charts::model::time::{epoch_ms, rfc3339};
use crate::charts::model::view::View;
use crate::view::{Kept, Watched, effect, spawn};

/// How long a hand has to rest before the figures are asked for and the address says it.
const REST: u32 = 150;
/// Between two questions for figures that are still growing, milliseconds.
const AGAIN: i64 = 5_000;
/// How far back one can look, milliseconds: what the API keeps unless it is told otherwise.
const HISTORY: i64 = 30 * 86_400_000;
/// Beyond this there is no calendar, milliseconds since 1970.
const CALENDAR: i64 = 8_000_000_000_000;

/// The closer look, cheap to copy.
#[derive(Clone, Copy)]
pub struct Zoom {
    view: Watched<Option<View>>,
    finer: Kept<Option<Finer>>,
    /// Moves with the finer figures.
    came: RwSignal<u32>,
    failure: Watched<String>,
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

/// Figures of a part of time.
struct Finer {
    held: View,
    bucket_seconds: u32,
    asked_ms: i64,
    queries: QueriesChart,
    response_times: LatencyChart,
}

impl Zoom {
    /// What the address says.
    pub fn begin(page: Page, look: Look, zone: String) -> Zoom {
        let zoom = Zoom {
            view: Watched::new(None),
            finer: Kept::new(None),
            came: RwSignal::new(0),
            failure: Watched::new(String::new()),
            page,
            look,
            asking: Kept::new(Asking {
                zone,
                wishes: 0,
                owner: Owner::current(),
            }),
        };
        effect(move || {
            let told = look.one("zoom").as_deref().and_then(view_of);
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

    /// Why the finer figures could not be had.
    pub fn failure(self) -> String {
        self.failure.get()
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
        self.failure.set(String::new());
        self.refine();
    }

    /// Queries over time: finer ones where they have come.
    pub fn queries<T>(self, look: impl FnOnce(&QueriesChart) -> T) -> Option<T> {
        self.came.track();
        let finer = self.finer.change(|finer| match finer {
            Some(finer) => Ok(look(&finer.queries)),
            None => Err(look),
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
            Some(finer) => Ok(look(&finer.response_times)),
            None => Err(look),
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
        let held = view.with_margins();
        let asked_ms = now_ms();
        let held = View {
            to: held.to.min(asked_ms + 60_000),
            ..held
        };
        let bucket_seconds = view.bucket_seconds();
        let asked = [
            ("from", rfc3339(held.from)),
            ("to", rfc3339(held.to)),
            ("bucket", bucket_seconds.to_string()),
            ("compare", "previous".to_owned()),
        ];
        let zone = self.asking.change(|asking| asking.zone.clone());
        let zone = zone.unwrap_or_default();
        let (queries, times) = (
            api::address(paths::QUERIES, &zone, &asked),
            api::address(paths::RESPONSE_TIMES, &zone, &asked),
        );
        let (queries, response_times) = join(api::get(&queries), api::get(&times)).await;
        if self.asking.change(|asking| asking.wishes) != Some(wish) {
            return;
        }
        let failed = |error: ApiError| self.failure.set(error.to_string());
        match (queries, response_times) {
            (Ok(queries), Ok(response_times)) => self.put(Some(Finer {
                held,
                bucket_seconds,
                asked_ms,
                queries,
                response_times,
            })),
            (Err(error), _) | (_, Err(error)) => failed(error),
        }
    }

    fn put(self, finer: Option<Finer>) {
        self.failure.set(String::new());
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

fn view_of(text: &str) -> Option<View> {
    let (from, to) = text.split_once("..")?;
    let view = View {
        from: from.parse().ok()?,
        to: to.parse().ok()?,
    };
    let readable = view.from >= 0 && view.to <= CALENDAR && view.span() >= 60_000;
    readable.then_some(view)
}
