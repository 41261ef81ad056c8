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
    if let Some(dialog) = opened() {
        dialog.close();
    }
}

/// Whether a dialog is open.
pub(crate) fn is_open() -> bool {
    opened().is_some()
}

fn opened() -> Option<HtmlDialogElement> {
    let document = web_sys::window()?.document()?;
    let open = document.query_selector("dialog[open]").ok()??;
    open.dyn_into::<HtmlDialogElement>().ok()
}
