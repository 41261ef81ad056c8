//! An address below the dashboard that is none.

use leptos::prelude::*;
use shared_types::paths;

/// Says so, and leads back.
#[component]
pub(crate) fn NotFound() -> impl IntoView {
    view! {
        <main class="not-found">
            <section class="glass panel">
                <h1>"There is no such page"</h1>
                <p>"The address may be mistyped, or from another version of the dashboard."</p>
                <a class="button" href=format!("{}/", paths::PREFIX)>"Go to the dashboard"</a>
            </section>
        </main>
    }
}
