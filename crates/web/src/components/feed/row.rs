//! One call.

use leptos::prelude::*;
use shared_types::{Activity, CallStatus};

use super::state::Feed;
use crate::browser::clock::Clock;
use crate::browser::intl::Locale;
use crate::browser::letters;
use crate::charts::model::figures::ago;
use crate::charts::model::time::epoch_ms;
use crate::components::icon::{Icon, glyph};

/// A row of the feed: a link to the call's details. `slides` is whether the call arrived
/// while the feed was being watched.
pub(super) fn row(
    feed: Feed,
    clock: Clock,
    call: &Activity,
    slides: bool,
    locale: &Locale,
) -> AnyView {
    let at = epoch_ms(&call.timestamp).unwrap_or_default();
    let first = call.mcps.first().cloned();
    let class = feed.on_beat(move || {
        let hue = |mcp: &String| feed.page().with_colours(|colours| colours.get(mcp).class());
        let hue = first.as_ref().map_or("mcp-none", hue);
        format!("row {hue}{}", if slides { " slides" } else { "" })
    });
    let when = feed.on_beat(move || match ago(clock.get() - at) {
        None => "now".to_owned(),
        Some((count, unit)) => format!("{count}\u{202f}{unit} ago"),
    });
    let id = call.id.to_string();
    let (data_id, element) = (id.clone(), format!("call-{id}"));
    let address = feed.on_beat(move || feed.look.address(&[("call", Some(&id))]));
    let nobody = if untrack(|| feed.page().you().sees_people()) {
        "Unknown user"
    } else {
        "A user"
    };
    let who = call.user_email.as_deref().unwrap_or(nobody).to_owned();
    let mcp = call.mcp.as_deref().unwrap_or("no MCP server").to_owned();
    let parted = if call.action.is_empty() { "" } else { " · " };
    let ms = call.duration_ms.map(|ms| ms as f64);
    let took = ms.map_or_else(|| "–".to_owned(), |ms| locale.duration(ms));
    let exactly = |ms| format!("{} ms", locale.exact_count(ms));
    let took_title = ms.map_or_else(|| "no duration".to_owned(), exactly);
    view! {
        <li data-id=data_id>
            <a id=element class=class href=address tabindex="-1">
                <span class="avatar" aria-hidden="true">
                    {initials(call.user_email.as_deref())}
                </span>
                <span class="line">
                    <b class="who" title=who.clone()>{who.clone()}</b>
                    <time datetime=call.timestamp.clone() title=locale.exact_time(at)>{when}</time>
                    {badge(call.status)}
                </span>
                <span class="line">
                    <span class="what" title=format!("{mcp}: {}", call.action)>
                        <em>{mcp.clone()}</em>
                        {format!("{parted}{}", call.action)}
                    </span>
                    <span title=took_title>{took}</span>
                    <span title=locale.exact_money(call.cost)>{locale.money(call.cost)}</span>
                </span>
            </a>
        </li>
    }
    .into_any()
}

/// How a call ended, as a word with its sign.
pub(crate) fn badge(status: CallStatus) -> AnyView {
    let (icon, word) = match status {
        CallStatus::Success => (Icon::Check, "ok"),
        CallStatus::Warning => (Icon::Warning, "warning"),
        CallStatus::Error => (Icon::Cross, "error"),
        CallStatus::Blocked => (Icon::Shield, "blocked"),
    };
    view! { <span class=format!("badge {}", status.as_str())>{glyph(icon)}{word}</span> }.into_any()
}

/// Two letters for an address: `john@company.com` is JO.
fn initials(email: Option<&str>) -> String {
    let Some(email) = email else {
        return "?".to_owned();
    };
    let letters: String = letters::only(email).chars().take(2).collect();
    letters::capital(&letters)
}
