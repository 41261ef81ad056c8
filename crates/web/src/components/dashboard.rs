//! The page: top bar, stat cards, charts, activity.

use leptos::prelude::*;

use super::{banner::Banner, cards::Cards, feed::Feed, top_bar::TopBar};
use crate::charts::{CostPanel, ErrorsPanel, QueriesPanel, ResponseTimesPanel};

/// The dashboard.
#[component]
pub(crate) fn Dashboard() -> impl IntoView {
    view! {
        <a class="skip" href="#figures">"Skip to the figures"</a>
        <TopBar />
        <main id="figures" tabindex="-1">
            <Banner />
            <Cards />
            <div class="charts">
                <QueriesPanel />
                <CostPanel />
                <ResponseTimesPanel />
                <ErrorsPanel />
            </div>
            <Feed />
        </main>
    }
}
