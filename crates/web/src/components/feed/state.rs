//! What the feed shows at the moment, and what it waits for.

use leptos::prelude::*;
use leptos::reactive::graph::Source as _;
use shared_types::Activity;

use super::calls::{Calls, Place, place};
use super::model::Rows;
use crate::browser::clock::Clock;
use crate::state::{CALLS, Look, Page, Part};
use crate::view::{effect, words};

/// Names and values of the address that say which calls are shown.
pub(crate) type Filter = Vec<(&'static str, String)>;

/// What is beyond the oldest call that is held.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) enum End {
    /// More, perhaps.
    #[default]
    Open,
    /// It is being asked for.
    Loading,
    /// It could not be had, and why.
    Failed(String),
    /// Nothing more to show, and why.
    Reached(String),
}

/// What the feed holds.
#[derive(Default)]
pub(crate) struct Held {
    pub(crate) calls: Calls,
    pub(crate) filter: Filter,
    /// The newest call that was shown when the reader left the top or paused; the oldest
    /// place there can be, when there was none.
    pub(crate) still: Option<Place>,
    pub(crate) paused: bool,
    /// Calls known to wait beyond a gap, while the list stands still.
    pub(crate) beyond: usize,
    pub(crate) end: End,
    /// Where the next page of older calls begins, if it is known.
    pub(crate) cursor: Option<String>,
    /// How many calls match the filter, and whether there are at least as many.
    pub(crate) matching: Option<(u64, bool)>,
    /// Why the filter's calls could not be had.
    pub(crate) failure: Option<String>,
    /// What was on top when rows were last put into the document: newer ones slide in.
    pub(super) seen: Option<Place>,
}

impl Held {
    /// How many calls wait above those that are shown.
    pub(crate) fn waiting(&self) -> usize {
        let newer = |still| self.calls.newer_than(still);
        self.still.as_ref().map_or(0, newer)
    }

    /// How many wait in words, if any does. Beyond a gap there are more than is known.
    pub(crate) fn news(&self) -> Option<String> {
        let more = if self.beyond > 0 { "+" } else { "" };
        let waiting = self.waiting() + self.beyond;
        (waiting > 0).then(|| format!("{waiting}{more} new"))
    }

    /// How many are shown.
    pub(crate) fn shown(&self) -> usize {
        self.calls.len() - self.waiting()
    }

    /// Brings the newest calls in. A list that stands still is not replaced by others: then
    /// those that it cannot be continued with wait.
    pub(crate) fn bring(&mut self, newest: &[Activity]) {
        let apart = self.calls.is_apart(newest);
        if apart && self.still.is_some() {
            self.beyond = newest.len();
            return;
        }
        if apart {
            self.cursor = None;
            self.end = End::Open;
        }
        self.beyond = 0;
        self.calls.bring(newest);
    }

    fn hold(&mut self) {
        if self.still.is_none() {
            self.still = Some(self.calls.get(0).map(place).unwrap_or_default());
        }
    }
}

/// The feed, cheap to copy.
#[derive(Clone, Copy)]
pub(crate) struct Feed {
    pub(crate) look: Look,
    // Behind an address: it is large, and this is copied often.
    page: StoredValue<Page>,
    held: StoredValue<Held>,
    /// Moves with anything that is held.
    moved: RwSignal<u32>,
    /// Moves with the filter.
    pub(crate) turn: RwSignal<u32>,
    /// Counts how often the viewer asked to try again.
    pub(crate) retries: RwSignal<u32>,
    /// How far it is scrolled down, CSS pixels.
    pub(super) top: RwSignal<u32>,
    /// Moves with whatever a row follows.
    beat: RwSignal<u32>,
    /// The rows in the document.
    pub(super) first: RwSignal<u32>,
    pub(super) end: RwSignal<u32>,
    /// 1 once calls are asked for, and not only followed.
    pub(super) asks: RwSignal<u32>,
    /// 1 while the choices of the filter are open.
    pub(crate) choosing: RwSignal<u32>,
}

impl Feed {
    pub(super) fn begin(look: Look, page: Page) -> Feed {
        let zero = || RwSignal::new(0);
        Feed {
            look,
            page: StoredValue::new(page),
            held: StoredValue::new(Held::default()),
            moved: zero(),
            turn: zero(),
            retries: zero(),
            top: zero(),
            beat: zero(),
            first: zero(),
            end: zero(),
            asks: zero(),
            choosing: zero(),
        }
    }

    /// The page's figures.
    pub(crate) fn page(self) -> Page {
        self.page.get_value()
    }

    /// Looks at what is held, again whenever it changes.
    pub(crate) fn with<T>(self, look: impl FnOnce(&Held) -> T) -> T {
        self.moved.track();
        self.held.with_value(look)
    }

    /// Looks at what is held, once.
    pub(crate) fn peek<T>(self, look: impl FnOnce(&Held) -> T) -> T {
        self.held.with_value(look)
    }

    /// Changes what is held.
    pub(crate) fn change(self, change: impl FnOnce(&mut Held)) {
        self.held.update_value(change);
        self.moved.update(|times| *times = times.wrapping_add(1));
    }

    /// What the address says of calls.
    pub(crate) fn filter(self) -> Filter {
        let value = |name: &'static str| Some((name, self.look.one(name)?));
        CALLS.into_iter().filter_map(value).collect()
    }

    /// Follows the address and, without a filter, the newest calls of all.
    pub(super) fn follow(self) {
        let filter = self.filter();
        if self.peek(|held| held.filter != filter) {
            let fresh = Held {
                filter,
                paused: false,
                ..Held::default()
            };
            self.change(|held| *held = fresh);
            self.turn.update(|times| *times = times.wrapping_add(1));
        }
        self.page().read(Part::Activities, |snapshot| {
            if self.peek(|held| held.filter.is_empty()) {
                self.change(|held| held.bring(&snapshot.activities));
            }
        });
    }

    /// Lets the list stand still at what it shows.
    pub(super) fn hold(self) {
        if self.peek(|held| held.still.is_none()) {
            self.change(Held::hold);
        }
    }

    /// Lets the list move on, unless it is paused.
    pub(super) fn release(self) {
        if !self.peek(|held| held.still.is_none() || held.paused) {
            let beyond = self.peek(|held| held.beyond > 0);
            self.change(|held| held.still = None);
            if beyond {
                self.follow_again();
            }
        }
    }

    /// Pauses, or goes on.
    pub(super) fn pause(self, paused: bool) {
        self.change(|held| {
            held.paused = paused;
            held.hold();
        });
        if !paused {
            self.release();
        }
    }

    /// Lets the rows follow the time, the address and the colours.
    pub(super) fn follow_beat(self, clock: Clock) {
        effect(move || {
            let _now = (clock.get(), self.look.address(&[]));
            self.page().with_colours(|_| ());
            self.beat.update(|times| *times = times.wrapping_add(1));
            // Whoever is still there follows it again.
            self.beat.clear_subscribers();
        });
    }

    /// Words of a row. Rows come and go by the thousand, and what they follow keeps a word
    /// about each that ever was: so they follow one thing only, which moves every second and
    /// then forgets.
    pub(super) fn on_beat(self, say: impl Fn() -> String + 'static) -> Signal<String> {
        words(move || {
            self.beat.track();
            untrack(&say)
        })
    }

    /// Notes what is on top now: what was there before.
    pub(super) fn seen(self, top: Option<Place>) -> Option<Place> {
        let before = self
            .held
            .try_update_value(|held| std::mem::replace(&mut held.seen, top));
        before.flatten()
    }

    fn follow_again(self) {
        untrack(|| self.follow());
        self.retries.update(|times| *times = times.wrapping_add(1));
    }

    /// Which rows belong into the document, of a view with this height (CSS pixels).
    pub(super) fn rows(self, height: usize) -> Rows {
        let count = self.with(Held::shown);
        Rows::of(count, self.top.get() as usize, height)
    }

    /// Whether the reader comes near the oldest call that is held, and there may be more.
    pub(crate) fn wants_older(self) -> bool {
        let near = self.top.get() > 0 && self.end.get() as usize + NEAR >= self.with(Held::shown);
        near && self.with(|held| held.end == End::Open && held.shown() > 0)
    }
}

/// So many rows before the end of the list, older calls are asked for.
const NEAR: usize = 40;
