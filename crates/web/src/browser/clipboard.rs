//! The clipboard. A browser has it only where the connection is trusted.

use js_sys::{Function, Promise, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

/// Copies a text: whether the browser let it.
pub(crate) async fn copy(text: &str) -> bool {
    match begin(text) {
        Some(copying) => JsFuture::from(copying).await.is_ok(),
        None => false,
    }
}

fn begin(text: &str) -> Option<Promise> {
    let get = |of: &JsValue, name: &str| Reflect::get(of, &JsValue::from_str(name)).ok();
    let window = web_sys::window()?;
    let clipboard = get(&get(&window, "navigator")?, "clipboard")?;
    let write = get(&clipboard, "writeText")?.dyn_into::<Function>().ok()?;
    let copying = write.call1(&clipboard, &JsValue::from_str(text)).ok()?;
    copying.dyn_into::<Promise>().ok()
}
