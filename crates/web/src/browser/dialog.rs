//! The browser's own dialogs.

use web_sys::HtmlDialogElement;

/// Opens a dialog over the page, unless it is open.
pub(crate) fn open(dialog: &HtmlDialogElement) {
    if !dialog.open() {
        // It fails only for a dialog that is not in the document.
        let _ = dialog.show_modal();
    }
}
