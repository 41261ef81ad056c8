//! In whose time everything is told.

use std::rc::Rc;

use leptos::prelude::*;

use super::overlay::Overlay;
use super::picker::{Choice, picker};
use crate::browser::clock::now_ms;
use crate::browser::zones;
use crate::state::{Page, Zone};

/// The zones that there are: the browser's own, UTC, the hub's, and every other one.
pub(crate) fn zones() -> AnyView {
    let (overlay, chosen) = (expect_context::<Overlay>(), expect_context::<Zone>());
    let hub = untrack(|| expect_context::<Page>().status()).map(|status| status.time_zone);
    let now = now_ms();
    let current = untrack(|| chosen.chosen());
    let choice = |label: String, zone: Option<String>| {
        let (name, kept) = (zone.clone().unwrap_or_else(zones::own), zone.clone());
        Choice {
            label,
            note: Rc::new(move || zones::clock(&name, now)),
            current: current == zone,
            act: Rc::new(move || {
                overlay.close();
                chosen.choose(kept.clone());
            }),
        }
    };
    let mut choices = vec![choice(format!("Your browser's: {}", zones::own()), None)];
    choices.push(choice("UTC".to_owned(), Some("UTC".to_owned())));
    if let Some(hub) = hub.filter(|hub| hub != "UTC") {
        choices.push(choice(format!("The hub's: {hub}"), Some(hub)));
    }
    let named = zones::names().into_iter().filter(|name| name != "UTC");
    choices.extend(named.map(|name| choice(name.clone(), Some(name))));
    picker("Find a time zone", "zones", choices)
}
