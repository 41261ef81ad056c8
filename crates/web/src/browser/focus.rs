//! Where typing goes.

use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, KeyboardEvent};

/// Whether a key was pressed where text is written.
pub(crate) fn is_in_text(event: &KeyboardEvent) -> bool {
    let element = event
        .target()
        .and_then(|target| target.dyn_into::<HtmlElement>().ok());
    element.is_some_and(|element| {
        let name = element.tag_name();
        matches!(name.as_str(), "INPUT" | "TEXTAREA" | "SELECT") || element.is_content_editable()
    })
}

/// Gives the focus to the element with this id.
pub(crate) fn give(id: &str) {
    let document = web_sys::window().and_then(|window| window.document());
    let element = document.and_then(|document| document.get_element_by_id(id));
    if let Some(element) = element.and_then(|element| element.dyn_into::<HtmlElement>().ok()) {
        // It fails for no element that is in the document.
        let _ = element.focus();
    }
}

/// The number in the id of the element that has the focus, after this prefix.
pub(crate) fn number(prefix: &str) -> Option<i64> {
    let document = web_sys::window()?.document()?;
    let id = document.active_element()?.id();
    id.strip_prefix(prefix)?.parse().ok()
}

/// Gives the focus to what this selector finds first, which comes into view.
pub(crate) fn reach(selector: &str) {
    let document = web_sys::window().and_then(|window| window.document());
    let element = document.and_then(|document| document.query_selector(selector).ok()?);
    let Some(element) = element.and_then(|element| element.dyn_into::<HtmlElement>().ok()) else {
        return;
    };
    if !element.has_attribute("tabindex") {
        let _ = element.set_attribute("tabindex", "-1");
    }
    element.scroll_into_view();
    let _ = element.focus();
}

/// Brings the element with this id into view, moving as little as needed.
pub(crate) fn show(id: &str) {
    let document = web_sys::window().and_then(|window| window.document());
    let Some(element) = document.and_then(|document| document.get_element_by_id(id)) else {
        return;
    };
    let options = web_sys::ScrollIntoViewOptions::new();
    options.set_block(web_sys::ScrollLogicalPosition::Nearest);
    element.scroll_into_view_with_scroll_into_view_options(&options);
}

/// Whether the focus is on the element with this id.
pub(crate) fn is_at(id: &str) -> bool {
    let document = web_sys::window().and_then(|window| window.document());
    let focused = document.and_then(|document| document.active_element());
    focused.is_some_and(|focused| focused.id() == id)
}
