//! The page: top bar, stat cards, charts, activity.

use leptos::prelude::*;

use super::{banner::banner, cards::cards, feed::feed, top_bar::top_bar};
use crate::charts::{cost_panel, errors_panel, queries_panel, response_times_panel};

/// The dashboard.
#[component]
pub(crate) fn Dashboard() -> impl IntoView {
    view! {
        <a class="skip" href="#figures">"Skip to the figures"</a>
        {top_bar()}
        <main id="figures" tabindex="-1">
            {banner()}
            {cards()}
            <div class="charts">
                {queries_panel()}
                {cost_panel()}
                {response_times_panel()}
                {errors_panel()}
            </div>
            {feed()}
        </main>
    }
}
