//! An address below the dashboard that is none.

use leptos::prelude::*;
use shared_types::paths;

/// Says so, and leads back.
pub(crate) fn not_found() -> AnyView {
    view! {
        <section class="glass panel" data-testid="not-found">
            <p class="not-found-number" aria-hidden="true">"404"</p>
            <h1>"There is no such page"</h1>
            <p>"The address may be mistyped, or from another version of the dashboard."</p>
            <a class="button" href=format!("{}/", paths::PREFIX)>"Go to the dashboard"</a>
        </section>
    }
    .into_any()
}
