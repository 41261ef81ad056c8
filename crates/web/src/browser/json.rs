//! JSON as the browser writes it.

use js_sys::JSON;
use serde::Serialize;
use serde::de::DeserializeOwned;
use wasm_bindgen::JsValue;

/// A value on lines of its own, indented by two.
pub(crate) fn pretty(value: &impl Serialize) -> String {
    let value = value.serialize(&serde_wasm_bindgen::Serializer::json_compatible());
    let text = value.and_then(|value| {
        let indent = JsValue::from_f64(2.0);
        let text = JSON::stringify_with_replacer_and_space(&value, &JsValue::NULL, &indent);
        text.map_err(serde_wasm_bindgen::Error::from)
    });
    text.map_or_else(|_| String::new(), String::from)
}

/// A value in as few letters as possible.
pub(crate) fn text(value: &impl Serialize) -> Option<String> {
    let value = value.serialize(&serde_wasm_bindgen::Serializer::json_compatible());
    JSON::stringify(&value.ok()?).ok().map(String::from)
}

/// The value that a text says.
pub(crate) fn read<T: DeserializeOwned>(text: &str) -> Option<T> {
    serde_wasm_bindgen::from_value(JSON::parse(text).ok()?).ok()
}
