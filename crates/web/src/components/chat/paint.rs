//! Answers on the screen as they come: what comes between two pictures is drawn at once,
//! and whoever reads the end of the conversation stays there.

use leptos::html;
use leptos::prelude::*;

use crate::browser::frame::BeforePaint;
use crate::browser::rich_text::{Rendered, RichText};
use crate::browser::{answer, scroll};
use crate::view::Kept;

/// Draws answers, cheap to copy.
#[derive(Clone, Copy)]
pub(super) struct Paint {
    /// The conversation, which scrolls.
    pub(super) list: NodeRef<html::Div>,
    held: Kept<Held>,
    /// 1 while its end is not in view.
    pub(super) away: RwSignal<u32>,
}

#[derive(Default)]
struct Held {
    /// The answer that is being given.
    id: u32,
    /// What of it is not drawn yet.
    fresh: String,
    /// Draws it.
    soon: Option<BeforePaint>,
    /// Makes rich text of it.
    rich: Option<RichText>,
    /// How far the conversation was scrolled down when it was last looked at, CSS pixels.
    top: i32,
}

impl Paint {
    /// Begins to draw.
    pub(super) fn begin() -> Paint {
        let paint = Paint {
            list: NodeRef::new(),
            held: Kept::new(Held::default()),
            away: RwSignal::new(0),
        };
        let soon = BeforePaint::new(move || paint.flush());
        paint.held.change(|held| held.soon = Some(soon));
        paint
    }

    /// From now on answers are made into rich text by this.
    pub(super) fn enrich(self, rich: RichText) {
        self.held.change(|held| held.rich = Some(rich));
    }

    fn rich(self) -> Option<RichText> {
        self.held.change(|held| held.rich).flatten()
    }

    /// An answer looks different as rich text; `text` is how it was written.
    pub(super) fn rendered(self, rendered: &Rendered, text: &str) {
        if rendered.is_plain() {
            answer::plain(rendered.answer, text);
        } else {
            answer::replace(rendered.answer, rendered.keep, &rendered.blocks);
        }
        self.follow();
    }

    /// A piece of an answer has come.
    pub(super) fn add(self, id: u32, piece: &str) {
        self.held.change(|held| {
            held.id = id;
            held.fresh.push_str(piece);
            if let Some(soon) = &held.soon {
                soon.ask();
            }
        });
    }

    /// Draws what has come and is not drawn yet.
    pub(super) fn flush(self) {
        let fresh = self
            .held
            .change(|held| (held.id, std::mem::take(&mut held.fresh)));
        let Some((id, piece)) = fresh.filter(|(_, piece)| !piece.is_empty()) else {
            return;
        };
        answer::add(id, &piece);
        if let Some(rich) = self.rich() {
            rich.push(id, &piece);
        }
        self.follow();
    }

    /// The answer is whole, as far as it goes.
    pub(super) fn finish(self, id: u32) {
        self.flush();
        if let Some(rich) = self.rich() {
            rich.finish(id);
        }
    }

    /// Draws all of an answer that was there before; `ended` is whether nothing more comes.
    pub(super) fn whole(self, id: u32, text: &str, ended: bool) {
        self.forget(id);
        answer::plain(id, text);
        if let Some(rich) = self.rich() {
            rich.push(id, text);
            if ended {
                rich.finish(id);
            }
        }
        self.follow();
    }

    /// Takes an answer off the screen.
    pub(super) fn forget(self, id: u32) {
        self.held.change(|held| {
            if held.id == id {
                held.fresh.clear();
            }
        });
        answer::plain(id, "");
        if let Some(rich) = self.rich() {
            rich.drop_answer(id);
        }
    }

    /// Stays at the end of the conversation, unless somebody reads further up.
    pub(super) fn follow(self) {
        if self.away.get_untracked() == 0 {
            scroll::to_end(self.list);
        }
    }

    /// Goes to the end of the conversation, and stays there.
    pub(super) fn to_end(self) {
        self.away.set(0);
        scroll::to_end(self.list);
    }

    /// The conversation was scrolled: up by hand, or down by what came.
    pub(super) fn scrolled(self) {
        let top = scroll::top(self.list);
        let before = self
            .held
            .change(|held| std::mem::replace(&mut held.top, top));
        if scroll::is_at_end(self.list) {
            self.set_away(0);
        } else if top < before.unwrap_or_default() {
            self.set_away(1);
        }
    }

    fn set_away(self, away: u32) {
        if self.away.get_untracked() != away {
            self.away.set(away);
        }
    }
}
