//! How much of the page is to be seen.

use super::listen::listen;
use crate::view::Watched;

/// Width and height of the page's window, CSS pixels.
pub(crate) fn window_size() -> Watched<(f64, f64)> {
    let now = || {
        let window = web_sys::window();
        let size = window.and_then(|window| {
            let width = window.inner_width().ok()?.as_f64()?;
            Some((width, window.inner_height().ok()?.as_f64()?))
        });
        size.unwrap_or_default()
    };
    let size = Watched::new(now());
    if let Some(window) = web_sys::window() {
        listen(&window, "resize", move || size.set(now()));
    }
    size
}

/// Where what is to be seen begins and how high it is, CSS pixels: a keyboard on the
/// screen leaves less than the window has. Nothing where the browser does not tell.
pub(crate) fn in_sight() -> Watched<Option<(f64, f64)>> {
    let viewport = web_sys::window().and_then(|window| window.visual_viewport());
    let in_sight = Watched::new(None);
    if let Some(viewport) = viewport {
        for event in ["resize", "scroll"] {
            let seen = viewport.clone();
            let look = move || {
                // Somebody who looks closer at a part of the page is no keyboard.
                let whole = (seen.scale() - 1.0).abs() < 0.01;
                in_sight.set(whole.then(|| (seen.offset_top(), seen.height())));
            };
            look();
            listen(&viewport, event, look);
        }
    }
    in_sight
}
