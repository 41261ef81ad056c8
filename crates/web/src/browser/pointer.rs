//! A mouse, a pen or a finger that holds something.

use leptos::ev::PointerEvent;
use wasm_bindgen::JsCast;
use web_sys::Element;

/// From now on until it is lifted the element hears of this pointer, wherever it goes.
pub(crate) fn capture(event: &PointerEvent) {
    let element = event
        .current_target()
        .and_then(|target| target.dyn_into::<Element>().ok());
    if let Some(element) = element {
        // It fails for a pointer that is not there any more.
        let _ = element.set_pointer_capture(event.pointer_id());
    }
}
