//! Talking to the API: answers and events, with typed errors.

pub(crate) mod chat;
mod client;
mod error;
pub(crate) mod session;
mod sse;
mod stream;

pub(crate) use client::{get, snapshot, status};
pub use error::ApiError;
pub(crate) use stream::{Heard, Listening};

use shared_types::paths;

/// The address of an API path as the page reaches it, with the viewer's time zone.
pub(crate) fn address(path: &str, zone: &str, more: &[(&str, String)]) -> String {
    let more = more
        .iter()
        .map(|(name, value)| format!("&{name}={}", encoded(value)));
    let more: String = more.collect();
    format!("{}{path}?tz={}{more}", paths::PREFIX, encoded(zone))
}

/// JSON, read by the browser's own parser: it is there already, and the fastest.
fn read<T: serde::de::DeserializeOwned>(text: &str) -> Result<T, ApiError> {
    let value = js_sys::JSON::parse(text).map_err(|_| ApiError::Unreadable)?;
    serde_wasm_bindgen::from_value(value).map_err(|_| ApiError::Unreadable)
}

fn encoded(text: &str) -> String {
    js_sys::encode_uri_component(text).into()
}
