//! The way back from a closer look.

use leptos::prelude::*;

use crate::state::Zoom;
use crate::view::{clicked, dynamic};

/// A chart over time, with a button above it that goes back to all there is, live, while it
/// is zoomed.
pub(super) fn with_way_back(chart: AnyView) -> AnyView {
    let zoom = expect_context::<Zoom>();
    let back = dynamic(move || {
        if zoom.view().is_none() {
            return ().into_any();
        }
        let failure = zoom.failure();
        view! {
            <div class="closer">
                <span role="status">{failure}</span>
                <button
                    class="button"
                    data-testid="zoom-reset"
                    title="Show all of the range again, and follow the hub (0, Esc or a double click)"
                    on:click=clicked(move || zoom.reset())
                >
                    "Back to live"
                </button>
            </div>
        }
        .into_any()
    });
    view! { <div class="stage">{chart}{back}</div> }.into_any()
}
