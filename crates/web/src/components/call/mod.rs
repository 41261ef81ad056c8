//! One call with all its fields: the one that the address names.

mod copy;
mod details;
mod steps;

use leptos::prelude::*;
use shared_types::{CallDetail, ProblemCode, paths};

use crate::api::{self, ApiError};
use crate::browser::intl::Locale;
use crate::state::Look;
use crate::view::{Watched, clicked, dynamic, effect, spawn};

/// What is known of the call.
#[derive(Clone, Debug, Default, PartialEq)]
enum Known {
    /// It is being asked for.
    #[default]
    Nothing,
    /// Everything.
    All(Box<CallDetail>),
    /// The hub has no such call, or not any more.
    Gone,
    /// It could not be had, and why.
    Failed(String),
}

/// The call.
pub(crate) fn call() -> AnyView {
    let look = expect_context::<Look>();
    let locale = expect_context::<Locale>();
    let named = Watched::new(None::<i64>);
    effect(move || named.set(look.one("call").and_then(|id| id.parse().ok())));
    let (known, again) = (Watched::new(Known::Nothing), RwSignal::new(0_u32));
    let zone = locale.zone();
    // Another call ends the question for this one. What is shown stays until then.
    effect(move || {
        again.track();
        let (id, zone) = (named.get(), zone.clone());
        spawn(async move {
            if let Some(id) = id {
                known.set(ask(id, &zone).await);
            }
        });
    });
    let retry = move || {
        known.set(Known::Nothing);
        again.update(|times| *times += 1);
    };
    let body = dynamic(move || match known.get() {
        Known::Nothing => skeleton(),
        Known::All(detail) => details::details(look, &detail, &locale),
        Known::Gone => notice(
            "call-gone",
            "The hub has no call like this, or not any more.",
            None,
        ),
        Known::Failed(why) => notice("call-failed", &why, Some(Box::new(retry))),
    });
    view! {
        <div class="call" data-testid="call">
            {steps::steps(named)}
            {body}
        </div>
    }
    .into_any()
}

async fn ask(id: i64, zone: &str) -> Known {
    let answer = api::get::<CallDetail>(&api::address(&paths::call(id), zone, &[])).await;
    match answer {
        Ok(detail) => Known::All(Box::new(detail)),
        Err(error) if is_gone(&error) => Known::Gone,
        Err(error) => Known::Failed(error.to_string()),
    }
}

fn is_gone(error: &ApiError) -> bool {
    error.is(ProblemCode::CallNotFound)
}

fn skeleton() -> AnyView {
    let line = || view! { <p class="skeleton"></p> };
    view! {
        <div class="call-skeleton" aria-busy="true" aria-label="Loading">
            {(0..6).map(|_| line()).collect_view()}
        </div>
    }
    .into_any()
}

fn notice(testid: &'static str, says: &str, again: Option<Box<dyn Fn()>>) -> AnyView {
    let again = again.map(|again| {
        view! { <button class="button" on:click=clicked(again)>"Try again"</button> }
    });
    view! {
        <div class="notice" data-testid=testid role="alert">
            <p>{says.to_owned()}</p>
            {again}
        </div>
    }
    .into_any()
}
