//! What the document shows until the app runs.

/// Removes it.
pub(crate) fn clear() {
    let document = web_sys::window().and_then(|window| window.document());
    if let Some(shown) = document.and_then(|document| document.get_element_by_id("start")) {
        shown.remove();
    }
}
