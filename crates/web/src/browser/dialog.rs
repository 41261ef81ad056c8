//! The browser's own dialogs.

use wasm_bindgen::JsCast;
use web_sys::HtmlDialogElement;

/// Opens a dialog over the page, unless it is open.
pub(crate) fn open(dialog: &HtmlDialogElement) {
    if !dialog.open() {
        // It fails only for a dialog that is not in the document.
        let _ = dialog.show_modal();
    }
}

/// Closes the dialog that is open, if one is: the focus goes back to where it was.
pub(crate) fn close() {
    let document = web_sys::window().and_then(|window| window.document());
    let open = document.and_then(|document| document.query_selector("dialog[open]").ok()?);
    if let Some(dialog) = open.and_then(|open| open.dyn_into::<HtmlDialogElement>().ok()) {
        dialog.close();
    }
}
