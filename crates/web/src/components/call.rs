//! One call with all its fields.

use leptos::prelude::*;

/// The call with this id.
pub(crate) fn call(id: i64) -> AnyView {
    view! { <p>{id}</p> }.into_any()
}
