//! Everything that can be done, found by typing.

use leptos::prelude::*;

/// The palette.
pub(crate) fn palette() -> AnyView {
    ().into_any()
}
