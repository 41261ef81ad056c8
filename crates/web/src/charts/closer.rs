//! The way back from a closer look.

use leptos::prelude::*;

use crate::state::{Part, Zoom};
use crate::view::{clicked, dynamic};

/// A chart over time of this part, with a button above it that goes back to all there is,
/// live, while it is zoomed. Where its finer figures could not be had, it says so.
pub(super) fn with_way_back(part: Part, chart: AnyView) -> AnyView {
    let zoom = expect_context::<Zoom>();
    let back = dynamic(move || {
        if zoom.view().is_none() {
            return ().into_any();
        }
        let failure = zoom.failure(part);
        let again = if failure.is_empty() {
            ().into_any()
        } else {
            let again = move || zoom.retry();
            view! { <button class="button" on:click=clicked(again)>"Try again"</button> }.into_any()
        };
        view! {
            <div class="closer">
                <span role="status">{failure}</span>
                {again}
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
