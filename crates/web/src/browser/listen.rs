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
