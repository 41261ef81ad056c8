//! What the viewer chose, kept over reloads. Storage may be forbidden or full: then a
//! choice lasts as long as the page.

use std::cell::Cell;

use super::listen::listen;

thread_local! {
    /// Whether nothing more is kept.
    static CLOSED: Cell<bool> = const { Cell::new(false) };
}

fn storage() -> Option<web_sys::Storage> {
    if CLOSED.get() {
        return None;
    }
    web_sys::window()?.local_storage().ok()?
}

/// What was kept under this name.
pub(crate) fn get(name: &str) -> Option<String> {
    storage()?.get_item(name).ok()?
}

/// Keeps a value, or forgets the name.
pub(crate) fn set(name: &str, value: Option<&str>) {
    if let Some(storage) = storage() {
        let _kept = match value {
            Some(value) => storage.set_item(name, value),
            None => storage.remove_item(name),
        };
    }
}

/// Where the chat keeps what was said.
pub(crate) const CONVERSATION: &str = "omni2.chat";
/// Where it keeps what was typed and not sent.
pub(crate) const DRAFT: &str = "omni2.chat.draft";

/// Forgets what was said in the chat: somebody else may look at the page now. This page, which
/// still holds it, keeps nothing more.
pub(crate) fn forget_conversations() {
    set(CONVERSATION, None);
    set(DRAFT, None);
    CLOSED.set(true);
}

/// Calls back when another window of the page keeps something else.
pub(crate) fn on_change(changed: impl FnMut() + 'static) {
    if let Some(window) = web_sys::window() {
        listen(&window, "storage", changed);
    }
}
