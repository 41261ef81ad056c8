//! What the viewer chose, kept over reloads. Storage may be forbidden or full: then a
//! choice lasts as long as the page.

use super::listen::listen;

fn storage() -> Option<web_sys::Storage> {
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

/// Calls back when another window of the page keeps something else.
pub(crate) fn on_change(changed: impl FnMut() + 'static) {
    if let Some(window) = web_sys::window() {
        listen(&window, "storage", changed);
    }
}
