//! The page's address.

use leptos::prelude::on_cleanup;
use send_wrapper::SendWrapper;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{HtmlAnchorElement, MouseEvent};

use super::listen::listen;

/// The path.
pub(crate) fn path() -> String {
    web_sys::window()
        .and_then(|window| window.location().pathname().ok())
        .unwrap_or_default()
}

/// The query, with its question mark.
pub(crate) fn search() -> String {
    web_sys::window()
        .and_then(|window| window.location().search().ok())
        .unwrap_or_default()
}

/// Goes to an address of this page: as a step of its own, or in the place of this one.
pub(crate) fn go(address: &str, replace: bool) {
    let history = web_sys::window().and_then(|window| window.history().ok());
    let Some(history) = history else { return };
    let state = history.state().unwrap_or_default();
    // They fail where steps follow faster than the browser allows: then the address lags.
    let _ = if replace {
        history.replace_state_with_url(&state, "", Some(address))
    } else {
        history.push_state_with_url(&state, "", Some(address))
    };
}

/// Loads this page anew, from the address that it has.
pub(crate) fn reload() {
    if let Some(window) = web_sys::window() {
        // Nothing is left to do where a browser refuses.
        let _ = window.location().reload();
    }
}

/// Calls back at every step back or forward.
pub(crate) fn on_step(stepped: impl FnMut() + 'static) {
    if let Some(window) = web_sys::window() {
        listen(&window, "popstate", stepped);
    }
}

/// Calls back with the query of every link to this page that is followed in place, before
/// anybody else hears of the click; whoever wants it in a new tab gets a new tab, and a link
/// to a place on the page leads there as everywhere.
pub(crate) fn on_link(path: &'static str, mut followed: impl FnMut(&str) + 'static) {
    let Some(window) = web_sys::window() else {
        return;
    };
    let heard = Closure::<dyn FnMut(MouseEvent)>::new(move |event: MouseEvent| {
        let elsewhere = event.ctrl_key() || event.meta_key() || event.shift_key();
        if elsewhere || event.button() != 0 || event.default_prevented() {
            return;
        }
        if let Some(link) = link_of(&event).filter(|link| link.pathname() == path) {
            event.prevent_default();
            followed(&link.search());
        }
    });
    // Neither fails for a listener that is a function.
    let _ = window.add_event_listener_with_callback_and_bool(
        "click",
        heard.as_ref().unchecked_ref(),
        true,
    );
    let kept = SendWrapper::new((window, heard));
    on_cleanup(move || {
        let (window, heard) = kept.take();
        let _ = window.remove_event_listener_with_callback_and_bool(
            "click",
            heard.as_ref().unchecked_ref(),
            true,
        );
    });
}

fn link_of(event: &MouseEvent) -> Option<HtmlAnchorElement> {
    let element = event.target()?.dyn_into::<web_sys::Element>().ok()?;
    let link = element
        .closest("a[href]")
        .ok()??
        .dyn_into::<HtmlAnchorElement>()
        .ok()?;
    let here = web_sys::window()?.location().origin().ok()?;
    let within = link.hash().is_empty();
    (link.origin() == here && within && link.target().is_empty() && !link.has_attribute("download"))
        .then_some(link)
}

/// The whole address, as somebody else can open it.
pub(crate) fn whole() -> String {
    let href = web_sys::window().map(|window| window.location().href());
    href.and_then(Result::ok).unwrap_or_default()
}
