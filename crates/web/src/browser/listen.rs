//! Listening to browser events, until the owner is gone.

use leptos::prelude::*;
use send_wrapper::SendWrapper;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::EventTarget;

/// Calls `heard` at every such event, until the reactive owner that calls this is cleaned up.
pub(crate) fn listen(target: &EventTarget, event: &'static str, heard: impl FnMut() + 'static) {
    let heard = Closure::<dyn FnMut()>::new(heard);
    // It fails only for a listener that is no function.
    let _ = target.add_event_listener_with_callback(event, heard.as_ref().unchecked_ref());
    let kept = SendWrapper::new((target.clone(), heard));
    on_cleanup(move || {
        let (target, heard) = kept.take();
        let _ = target.remove_event_listener_with_callback(event, heard.as_ref().unchecked_ref());
    });
}

/// Calls `heard` when the mouse or a finger goes down outside of what this selector finds,
/// until the reactive owner that calls this is cleaned up.
pub(crate) fn outside(selector: &'static str, heard: impl Fn() + 'static) {
    let listening =
        leptos::leptos_dom::helpers::window_event_listener(leptos::ev::pointerdown, move |event| {
            let target = event
                .target()
                .and_then(|target| target.dyn_into::<web_sys::Element>().ok());
            let inside = target.and_then(|target| target.closest(selector).ok().flatten());
            if inside.is_none() {
                heard();
            }
        });
    on_cleanup(move || listening.remove());
}
