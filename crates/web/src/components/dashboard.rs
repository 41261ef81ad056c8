//! The page: top bar, stat cards, charts, activity.

use leptos::prelude::*;

use super::overlay::{Overlay, overlay};
use super::{banner::banner, cards::cards, chat, feed::feed, keys, top_bar::top_bar};
use crate::browser::intl::Locale;
use crate::charts::{cost_panel, errors_panel, queries_panel, response_times_panel};
use crate::state::{Look, Page, You, Zone, Zoom};
use crate::view::{dynamic, words};

/// The dashboard. In another time zone every figure is another one: then the page is built
/// anew.
pub(crate) fn dashboard() -> AnyView {
    let zone = expect_context::<Zone>();
    let you = expect_context::<You>();
    let look = Look::begin();
    provide_context(look);
    let overlay = Overlay::begin(look);
    provide_context(overlay);
    keys::listen();
    let in_zone = dynamic(move || {
        let locale = Locale::in_zone(zone.chosen());
        let page = Page::begin(locale.zone(), look, you);
        provide_context(page);
        provide_context(Zoom::begin(page, look, locale.zone()));
        provide_context(locale);
        in_zone()
    });
    // A conversation goes on in whatever zone.
    view! {
        {in_zone}
        {chat::button(overlay.chat())}
    }
    .into_any()
}

fn in_zone() -> AnyView {
    let page = expect_context::<Page>();
    let behind = words(move || (page.is_behind() && page.failure().is_none()).to_string());
    view! {
        <a class="skip" href="#figures">"Skip to the figures"</a>
        {top_bar()}
        <main id="figures" tabindex="-1">
            {banner()}
            {cards()}
            <div class="charts" aria-busy=behind>
                {queries_panel()}
                {cost_panel()}
                {response_times_panel()}
                {errors_panel()}
            </div>
            {feed()}
        </main>
        {overlay()}
    }
    .into_any()
}
