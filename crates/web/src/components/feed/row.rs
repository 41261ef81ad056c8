//! One call.

use leptos::prelude::*;
use shared_types::{Activity, CallStatus};

use crate::browser::clock::Clock;
use crate::browser::intl::Locale;
use crate::charts::model::figures::ago;
use crate::charts::model::time::epoch_ms;
use crate::components::icon::{Glyph, Icon};
use crate::state::Page;

/// A row of the feed.
#[component]
pub(super) fn Row(
    /// The call.
    call: Activity,
    /// It arrived while the feed was being watched.
    slides: bool,
    locale: Locale,
) -> impl IntoView {
    let page = expect_context::<Page>();
    let clock = expect_context::<Clock>();
    let at = epoch_ms(&call.timestamp).unwrap_or_default();
    let first = call.mcps.first().cloned();
    let hue = move || {
        first
            .as_ref()
            .map_or("mcp-none", |mcp| page.colours.with(|c| c.get(mcp).class()))
    };
    let who = call
        .user_email
        .clone()
        .unwrap_or_else(|| "Unknown user".to_owned());
    let mcp = call
        .mcp
        .clone()
        .unwrap_or_else(|| "no MCP server".to_owned());
    let when = move || match ago(clock.get() - at) {
        None => "now".to_owned(),
        Some((count, unit)) => format!("{count}\u{202f}{unit} ago"),
    };
    let took = call
        .duration_ms
        .map_or_else(|| "–".to_owned(), |ms| locale.duration(ms as f64));
    let took_title = call.duration_ms.map_or_else(
        || "no duration".to_owned(),
        |ms| format!("{} ms", locale.exact_count(ms as f64)),
    );
    view! {
        <li class=move || format!("row {}{}", hue(), if slides { " slides" } else { "" }) data-id=call.id>
            <span class="avatar" aria-hidden="true">{initials(call.user_email.as_deref())}</span>
            <p class="line">
                <b class="who" title=who.clone()>{who.clone()}</b>
                <time datetime=call.timestamp.clone() title=locale.exact_time(at)>{when}</time>
                <Badge status=call.status />
            </p>
            <p class="line">
                <span class="what" title=format!("{mcp}: {}", call.action)>
                    <em>{mcp.clone()}</em>" · "{call.action.clone()}
                </span>
                <span title=took_title>{took}</span>
                <span title=locale.exact_money(call.cost)>{locale.money(call.cost)}</span>
            </p>
        </li>
    }
}

#[component]
fn Badge(status: CallStatus) -> impl IntoView {
    let (icon, word) = match status {
        CallStatus::Success => (Icon::Check, "ok"),
        CallStatus::Warning => (Icon::Warning, "warning"),
        CallStatus::Error => (Icon::Cross, "error"),
        CallStatus::Blocked => (Icon::Shield, "blocked"),
    };
    view! { <span class=format!("badge {}", status.as_str())><Glyph icon=icon />{word}</span> }
}

/// Two letters for an address: `john@company.com` is JO.
fn initials(email: Option<&str>) -> String {
    let letters = email
        .unwrap_or("?")
        .chars()
        .filter(|c| c.is_alphanumeric() || *c == '?');
    letters.take(2).flat_map(char::to_uppercase).collect()
}
