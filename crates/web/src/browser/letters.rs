//! What only the browser knows about letters: tables of them would be a good part of the
//! page.

use js_sys::{JsString, RegExp};

/// In capital letters.
pub(crate) fn capital(text: &str) -> String {
    JsString::from(text).to_upper_case().into()
}

/// Only letters and digits, of whatever script.
pub(crate) fn only(text: &str) -> String {
    let others = RegExp::new(r"[^\p{L}\p{N}]", "gu");
    JsString::from(text).replace_by_pattern(&others, "").into()
}
