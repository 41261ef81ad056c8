//! One line across the page while something keeps figures from coming: what it is, what
//! the figures below are worth, and what one can do.

use leptos::prelude::*;
use shared_types::HubState;

use super::icon::{Icon, glyph};
use crate::browser::intl::Locale;
use crate::browser::letters;
use crate::charts::model::time::epoch_ms;
use crate::state::{Liveness, Page};
use crate::view::{Watched, clicked, dynamic, effect};

/// What the banner says.
#[derive(Clone, Debug, PartialEq)]
enum Says {
    /// History is being read: what is done of it, from 0 to 1.
    Progress { what: String, part: f64 },
    /// Nothing new comes.
    Trouble { what: String, hint: String },
}

/// The banner, when there is something to say.
pub(super) fn banner() -> AnyView {
    let page = expect_context::<Page>();
    let locale = StoredValue::new(expect_context::<Locale>());
    // Built anew only when it says another thing: screen readers read it out.
    let said = Watched::new(None);
    effect(move || said.set(locale.with_value(|locale| says(page, locale))));
    let banner = dynamic(move || match said.get() {
        None => ().into_any(),
        Some(Says::Progress { what, part }) => view! {
            <div class="glass banner" data-testid="banner" data-kind="progress">
                <p>{what}</p>
                <progress max="1" value=part>{format!("{:.0} %", part * 100.0)}</progress>
            </div>
        }
        .into_any(),
        Some(Says::Trouble { what, hint }) => view! {
            <div class="glass banner" data-testid="banner" data-kind="trouble">
                {glyph(Icon::Warning)}
                <p><b>{what}</b>" "{hint}</p>
                <button class="button" on:click=clicked(move || page.retry())>"Try now"</button>
            </div>
        }
        .into_any(),
    });
    view! { <div class="banner-place" role="status">{banner}</div> }.into_any()
}

fn says(page: Page, locale: &Locale) -> Option<Says> {
    let has_figures = page.has_figures();
    if let Some(error) = page.failure() {
        let hint = match page.liveness() {
            Liveness::Stale(Some(since)) => {
                format!("These are the figures of {}.", locale.clock_time(since))
            }
            _ => String::new(),
        };
        let hint = format!("It is tried again every few seconds. {hint}");
        return Some(Says::Trouble {
            what: error.to_string(),
            hint,
        });
    }
    let status = page.status()?;
    let detail = status.detail.clone();
    match status.state {
        HubState::Live => None,
        HubState::Warming => Some(Says::Progress {
            what: match (has_figures, detail) {
                (true, _) => {
                    "Reading the hub's history: older figures are still growing.".to_owned()
                }
                (false, Some(what)) => sentence(&what),
                (false, None) => "Reading the hub's history, the newest calls first.".to_owned(),
            },
            part: status.progress,
        }),
        HubState::Stale => {
            let since = status.stale_since.as_deref().and_then(epoch_ms);
            let since =
                since.map_or_else(String::new, |at| format!(" of {}", locale.clock_time(at)));
            let hint = if has_figures {
                format!("These are the last good figures{since}; they catch up by themselves.")
            } else {
                String::new()
            };
            let what = detail.unwrap_or_else(|| "The database is away".to_owned());
            Some(Says::Trouble {
                what: sentence(&what),
                hint,
            })
        }
    }
}

/// A phrase as a sentence.
fn sentence(phrase: &str) -> String {
    let mut letters = phrase.chars();
    let first: String = letters.next().into_iter().collect();
    let first = letters::capital(&first);
    format!("{first}{}.", letters.as_str().trim_end_matches('.'))
}
