//! How large an element is, and how many device pixels a CSS pixel has.

use leptos::html;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::ResizeObserver;

use crate::view::{Kept, Watched, effect};

/// Width and height of an element in CSS pixels, zero until it is laid out.
pub(crate) fn size_of(element: NodeRef<html::Div>) -> Watched<(f64, f64)> {
    let size = Watched::new((0.0, 0.0));
    let observing = Kept::new(None::<Observing>);
    effect(move || {
        let Some(element) = element.get() else { return };
        let watched = element.clone();
        let changed = Closure::<dyn FnMut()>::new(move || {
            let rect = watched.get_bounding_client_rect();
            size.set((rect.width(), rect.height()));
        });
        if let Ok(observer) = ResizeObserver::new(changed.as_ref().unchecked_ref()) {
            observer.observe(&element);
            observing.put(Some(Observing {
                observer,
                _changed: changed,
            }));
        }
    });
    size
}

struct Observing {
    observer: ResizeObserver,
    _changed: Closure<dyn FnMut()>,
}

impl Drop for Observing {
    fn drop(&mut self) {
        self.observer.disconnect();
    }
}

/// Device pixels in a CSS pixel: changes when the window is zoomed or goes to another screen.
pub(crate) fn pixel_ratio() -> Watched<f64> {
    let now = || web_sys::window().map_or(1.0, |window| window.device_pixel_ratio());
    let ratio = Watched::new(now());
    let watching = Kept::new(None::<Watching>);
    // A media query tells that the ratio is no longer this one: then the next is watched.
    effect(move || {
        let query = format!("(resolution: {}dppx)", ratio.get());
        let query = web_sys::window()
            .and_then(|w| w.match_media(&query).ok())
            .flatten();
        let Some(query) = query else { return };
        let changed = Closure::<dyn FnMut()>::new(move || ratio.set(now()));
        query.set_onchange(Some(changed.as_ref().unchecked_ref()));
        watching.put(Some(Watching {
            query,
            _changed: changed,
        }));
    });
    ratio
}

struct Watching {
    query: web_sys::MediaQueryList,
    _changed: Closure<dyn FnMut()>,
}

impl Drop for Watching {
    fn drop(&mut self) {
        self.query.set_onchange(None);
    }
}
