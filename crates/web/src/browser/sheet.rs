//! Style sheets that come with code which is fetched on demand: they are of the same
//! version, and nothing is shown without them.

use js_sys::{Array, Reflect};
use web_sys::CssStyleSheet;

/// Adds a style sheet to the document, after all that it has.
pub(crate) fn adopt(css: &str) {
    let Some(document) = web_sys::window().and_then(|window| window.document()) else {
        return;
    };
    let Ok(sheet) = CssStyleSheet::new() else {
        return;
    };
    if sheet.replace_sync(css).is_err() {
        return;
    }
    let name = "adoptedStyleSheets".into();
    let adopted = Reflect::get(&document, &name).ok();
    if let Some(adopted) = adopted.filter(wasm_bindgen::JsValue::is_object) {
        let all = Array::from(&adopted);
        all.push(&sheet);
        // It fails for no list of style sheets.
        let _ = Reflect::set(&document, &name, &all);
    }
}
