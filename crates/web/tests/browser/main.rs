//! What only a browser can tell: words of the viewer's locale, pixels of a canvas.
#![cfg(target_arch = "wasm32")]
#![allow(
    missing_docs,
    reason = "a test program has no readers of its documentation"
)]
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::float_cmp,
    reason = "a test says what it saw by failing"
)]

mod charts;
mod stage;
mod words;

wasm_bindgen_test::wasm_bindgen_test_configure!(run_in_browser);
