//! Whether the chat is open, and the button that opens it.

use leptos::prelude::*;

use crate::browser::focus;
use crate::components::icon::{Icon, glyph};
use crate::later;
use crate::state::You;
use crate::view::{Watched, clicked, dynamic, effect, words};

/// The element that the focus goes back to.
const BUTTON: &str = "chat-open";

/// It is closed.
const CLOSED: u32 = 0;
/// It is open.
const OPEN: u32 = 1;
/// Only its head is to be seen.
const SMALL: u32 = 2;

/// Whether the chat is open, cheap to copy.
#[derive(Clone, Copy)]
pub(crate) struct Chat {
    state: RwSignal<u32>,
    /// How often it was opened: the focus goes into it each time.
    calls: RwSignal<u32>,
    /// 1 when there is an answer that nobody has seen.
    unread: RwSignal<u32>,
}

impl Chat {
    /// It is closed, and nothing is in it.
    pub(in crate::components) fn begin() -> Chat {
        Chat {
            state: RwSignal::new(CLOSED),
            calls: RwSignal::new(0),
            unread: RwSignal::new(0),
        }
    }

    /// Opens it, and gives it the focus.
    pub(crate) fn open(self) {
        self.unread.set(0);
        self.state.set(OPEN);
        self.calls.update(|times| *times += 1);
    }

    /// Closes it, and gives the focus back to the button.
    pub(super) fn close(self) {
        self.state.set(CLOSED);
        // Once the button is there again.
        request_animation_frame(|| focus::give(BUTTON));
    }

    /// Leaves nothing but its head, or shows all of it again.
    pub(super) fn toggle_small(self) {
        if self.state.get_untracked() == SMALL {
            self.open();
        } else {
            self.state.set(SMALL);
        }
    }

    /// How often it was opened.
    pub(super) fn calls(self) -> u32 {
        self.calls.get()
    }

    /// `closed`, `open` or `small`.
    pub(super) fn state(self) -> &'static str {
        match self.state.get() {
            CLOSED => "closed",
            OPEN => "open",
            _ => "small",
        }
    }

    /// Whether there is an answer that nobody has seen.
    pub(super) fn is_unread(self) -> bool {
        self.unread.get() > 0
    }

    /// An answer has come: unless it can be seen, the button tells of it.
    pub(super) fn tell(self) {
        if self.state.get_untracked() != OPEN {
            self.unread.set(1);
        }
    }
}

/// The button, and what it opens.
pub(in crate::components) fn button(chat: Chat) -> AnyView {
    // Once it has been opened it is there.
    let wanted = Watched::new(false);
    effect(move || wanted.set(chat.calls() > 0));
    let window = dynamic(move || {
        if wanted.get() {
            later::chat(chat)
        } else {
            ().into_any()
        }
    });
    let label = words(move || {
        let news = if chat.is_unread() {
            ": a new answer"
        } else {
            ""
        };
        format!("Open chat{news}")
    });
    let dot = words(move || chat.is_unread().to_string());
    let you = expect_context::<You>();
    let hidden = Signal::derive(move || !you.may_chat());
    view! {
        <div class="chat-place" hidden=hidden>{window}</div>
        <button
            id=BUTTON
            hidden=hidden
            class="chat-open"
            data-testid="chat-open"
            data-unread=dot
            aria-label=label
            aria-keyshortcuts="c"
            title="Chat (c)"
            on:click=clicked(move || chat.open())
        >
            {glyph(Icon::Chat)}
        </button>
    }
    .into_any()
}
