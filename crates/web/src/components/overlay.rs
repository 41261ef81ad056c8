//! What lies over the page: the browser's own dialog, which keeps the focus inside, closes
//! with Escape, and gives the focus back.

use leptos::html;
use leptos::prelude::*;

use super::chat::Chat;
use super::icon::{Icon, glyph};
use crate::browser::dialog;
use crate::later::{Wanted, on_demand};
use crate::state::{Look, Page};
use crate::view::{Watched, clicked, dynamic, effect};

/// What is open over the page, cheap to copy.
#[derive(Clone, Copy)]
pub(crate) struct Overlay {
    open: Watched<Option<Wanted>>,
    look: Look,
    chat: Chat,
}

impl Overlay {
    /// Nothing is open, or what the address says.
    pub(super) fn begin(look: Look) -> Overlay {
        Overlay {
            open: Watched::new(None),
            look,
            chat: Chat::begin(),
        }
    }

    /// Opens something.
    pub(crate) fn open(self, wanted: Wanted) {
        dialog::close();
        self.open.set(Some(wanted));
    }

    /// Closes what is open.
    pub(crate) fn close(self) {
        dialog::close();
        self.open.set(None);
        if self.look.one("call").is_some() {
            self.look.set(&[("call", None)]);
        }
    }

    /// The chat, which keeps the page beside it usable.
    pub(super) fn chat(self) -> Chat {
        self.chat
    }

    /// Whether something is open.
    pub(super) fn is_open(self) -> bool {
        untrack(|| self.shown().is_some())
    }

    /// What is open: first what was opened last, then what the address says.
    pub(super) fn shown(self) -> Option<Wanted> {
        let call = self.look.one("call").map(|_| Wanted::Call);
        self.open.get().or(call)
    }
}

/// The dialog, when something is open. Who has to sign in does that first; what was open then
/// is open again.
pub(super) fn overlay() -> AnyView {
    let overlay = expect_context::<Overlay>();
    let page = expect_context::<Page>();
    let shown = Watched::new(None);
    effect(move || {
        let door = page.wants_sign_in().then_some(Wanted::SignIn);
        shown.set(door.or_else(|| overlay.shown()));
    });
    dynamic(move || match shown.get() {
        None => ().into_any(),
        Some(wanted) => sheet(overlay, wanted),
    })
    .into_any()
}

fn sheet(overlay: Overlay, wanted: Wanted) -> AnyView {
    let dialog = NodeRef::<html::Dialog>::new();
    effect(move || {
        if let Some(dialog) = dialog.get() {
            dialog::open(&dialog);
        }
    });
    let (title, class) = (wanted.title(), wanted.class());
    let is_door = wanted == Wanted::SignIn;
    let close = (!is_door).then(|| {
        view! {
            <button
                class="button round"
                aria-label="Close"
                on:click=clicked(move || overlay.close())
            >
                {glyph(Icon::Cross)}
            </button>
        }
    });
    view! {
        <dialog
            node_ref=dialog
            class=format!("overlay-sheet glass {class}")
            data-testid="overlay"
            aria-label=title
            // The browser tells of it a moment later, when something else may be open.
            on:close=move |_| {
                if is_door && let Some(dialog) = dialog.get_untracked() {
                    dialog::open(&dialog);
                } else if !dialog::is_open() {
                    overlay.close();
                }
            }
            // A click on the dialog itself, not on what is in it, is one beside it.
            on:click=move |event| {
                if !is_door && event.target() == event.current_target() {
                    overlay.close();
                }
            }
        >
            <div class="overlay-body">
                <header class="panel-head">
                    <h2>{title}</h2>
                    {close}
                </header>
                {on_demand(wanted)}
            </div>
        </dialog>
    }
    .into_any()
}
