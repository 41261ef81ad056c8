//! What was said: kept in the browser, so that it is there when the page is opened again.

use futures_util::future::AbortHandle;
use leptos::prelude::*;
use shared_types::ChatAbout;

use super::button::Chat;
use super::model::turn::{End, Told, Turn, resumed};
use super::paint::Paint;
use crate::api::chat;
use crate::browser::intl::Locale;
use crate::browser::rich_text::RichText;
use crate::browser::storage::{CONVERSATION as KEY, DRAFT};
use crate::browser::{json, storage, visibility};
use crate::state::Zone;
use crate::view::{Kept, Watched, spawn};

/// Who answers.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) enum Known {
    /// It is being asked for.
    #[default]
    Nothing,
    /// They do.
    About(ChatAbout),
    /// It could not be had, and why.
    Failed(String),
}

/// The conversation, cheap to copy.
#[derive(Clone, Copy)]
pub(super) struct Talks {
    pub(super) chat: Chat,
    pub(super) paint: Paint,
    pub(super) about: Watched<Known>,
    /// What is being written.
    pub(super) draft: Watched<String>,
    /// Why it was not sent; empty when nothing was refused.
    pub(super) refusal: Watched<String>,
    /// The answer that is being given.
    pub(super) running: Watched<Option<u32>>,
    /// What is said to those who do not see.
    pub(super) aloud: Watched<String>,
    /// Moves when there are others.
    pub(super) order: RwSignal<u32>,
    /// Moves when more is told of one.
    pub(super) changes: RwSignal<u32>,
    /// What was cleared, while it can be had back.
    pub(super) cleared: Watched<Vec<Turn>>,
    held: Kept<Held>,
}

/// What is held without being watched.
#[derive(Default)]
struct Held {
    turns: Vec<Turn>,
    /// Other numbers, other turns: those before are built anew.
    generation: u32,
    /// What is kept, as this window knows it.
    kept: Option<String>,
    /// What ends the answer that is being given.
    stops: Option<AbortHandle>,
    zone: Option<Zone>,
    locale: Option<(Option<String>, Locale)>,
    /// Work belongs here, not to the button that begins it.
    owner: Option<Owner>,
}

impl Talks {
    /// Goes on where the conversation was left.
    pub(super) fn begin(chat: Chat) -> Talks {
        let talks = Talks {
            chat,
            paint: Paint::begin(),
            about: Watched::new(Known::Nothing),
            draft: Watched::new(storage::get(DRAFT).unwrap_or_default()),
            refusal: Watched::new(String::new()),
            running: Watched::new(None),
            aloud: Watched::new(String::new()),
            order: RwSignal::new(0),
            changes: RwSignal::new(0),
            cleared: Watched::new(Vec::new()),
            held: Kept::new(Held {
                zone: use_context(),
                owner: Owner::current(),
                ..Held::default()
            }),
        };
        talks.paint.enrich(RichText::open(move |rendered| {
            let text = talks.of(rendered.answer, |turn| turn.answer.clone());
            talks.paint.rendered(&rendered, &text.unwrap_or_default());
        }));
        let kept = storage::get(KEY);
        let turns = kept.as_deref().and_then(json::read::<Vec<Turn>>);
        talks.take(resumed(turns.unwrap_or_default()), kept);
        visibility::on_leave(move || talks.keep());
        storage::on_change(move || talks.take_up());
        talks
    }

    /// Looks up who answers.
    pub(super) fn look_up(self) {
        self.about.set(Known::Nothing);
        self.work(async move {
            let answer = chat::about(&self.zone()).await;
            self.about.set(match answer {
                Ok(about) => Known::About(about),
                Err(error) => Known::Failed(error.to_string()),
            });
        });
    }

    /// What they are called.
    pub(super) fn name(self) -> String {
        match self.about.get() {
            Known::About(about) => about.name,
            _ => "Omni2 chat".to_owned(),
        }
    }

    /// The viewer's time zone (IANA).
    pub(super) fn zone(self) -> String {
        untrack(|| self.locale().zone())
    }

    /// A moment to the second, in the viewer's zone; again when that is another one.
    pub(super) fn exact(self, at_ms: i64) -> String {
        self.locale().exact_time(at_ms)
    }

    /// The viewer's own way to tell times: made once for each zone, since it is slow to make.
    fn locale(self) -> Locale {
        let zone = self.held.change(|held| held.zone).flatten();
        let chosen = zone.and_then(Zone::chosen);
        let made = self.held.change(|Held { locale: made, .. }| {
            let known = made.take().filter(|(zone, _)| *zone == chosen);
            let known = known.map(|(_, locale)| locale);
            let locale = known.unwrap_or_else(|| Locale::in_zone(chosen.clone()));
            *made = Some((chosen.clone(), locale.clone()));
            locale
        });
        made.unwrap_or_else(|| Locale::in_zone(chosen))
    }

    /// Does something for as long as the conversation is there.
    pub(super) fn work(self, work: impl Future<Output = ()> + 'static) {
        let owner = self.held.change(|held| held.owner.clone());
        if let Some(owner) = owner.flatten() {
            owner.with(|| spawn(work));
        }
    }

    /// Looks at everything that was said.
    pub(super) fn with<R>(self, look: impl FnOnce(&mut Vec<Turn>) -> R) -> Option<R> {
        self.held.change(|held| look(&mut held.turns))
    }

    /// Looks at one question and its answer.
    pub(super) fn of<R>(self, id: u32, look: impl FnOnce(&mut Turn) -> R) -> Option<R> {
        let one = |turns: &mut Vec<Turn>| turns.iter_mut().find(|turn| turn.id == id).map(look);
        self.with(one).flatten()
    }

    /// What is told of an answer, again whenever that is more.
    pub(super) fn told(self, id: u32) -> Told {
        self.changes.track();
        self.of(id, |turn| turn.told.clone()).unwrap_or_default()
    }

    /// The number of each, oldest first, and of their generation; again whenever there are
    /// others.
    pub(super) fn all(self) -> Vec<(u32, u32)> {
        self.order.track();
        let all = self.held.change(|held| {
            let ids = held.turns.iter().map(|turn| turn.id);
            ids.map(|id| (id, held.generation)).collect()
        });
        all.unwrap_or_default()
    }

    /// There are others.
    pub(super) fn others(self) {
        self.order.update(|times| *times = times.wrapping_add(1));
        self.changes.update(|times| *times = times.wrapping_add(1));
    }

    /// Notes what is being written.
    pub(super) fn write(self, text: String) {
        storage::set(DRAFT, Some(text.as_str()).filter(|text| !text.is_empty()));
        self.refusal.set(String::new());
        self.draft.set(text);
    }

    /// Keeps the conversation, as far as the browser lets it.
    pub(super) fn keep(self) {
        let text = self.with(|turns| json::text(turns).filter(|_| !turns.is_empty()));
        storage::set(KEY, text.flatten().as_deref());
        let kept = storage::get(KEY);
        self.held.change(|held| held.kept = kept);
    }

    /// Goes on with what another window of the page has kept; not in the middle of an
    /// answer, here or there.
    pub(super) fn take_up(self) {
        let text = storage::get(KEY);
        let known = self.held.change(|held| held.kept == text);
        if known == Some(true) || self.running.peek().is_some() {
            return;
        }
        let turns = text.as_deref().and_then(json::read::<Vec<Turn>>);
        let turns = turns.unwrap_or_default();
        if turns.iter().all(|turn| turn.told.end != End::Coming) {
            self.take(turns, text);
        }
    }

    /// These are the turns from now on, and so they are kept.
    fn take(self, turns: Vec<Turn>, kept: Option<String>) {
        self.held.change(|held| {
            held.turns = turns;
            held.kept = kept;
            held.generation += 1;
        });
        self.others();
    }

    /// What ends the answer that is being given; what did so far.
    pub(super) fn stops_by(self, stop: Option<AbortHandle>) -> Option<AbortHandle> {
        let before = self
            .held
            .change(|held| std::mem::replace(&mut held.stops, stop));
        before.flatten()
    }

    /// Forgets everything that was said; [`Talks::bring_back`] has it back.
    pub(super) fn clear(self) {
        self.stop();
        let turns = self.with(std::mem::take).unwrap_or_default();
        self.cleared.set(turns);
        self.take(Vec::new(), None);
        self.keep();
    }

    /// Has back what was cleared last.
    pub(super) fn bring_back(self) {
        let back = self.cleared.peek();
        self.cleared.set(Vec::new());
        self.take(back, None);
        self.keep();
    }
}
