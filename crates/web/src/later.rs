//! What is fetched when it is first asked for: code that only these views use is not in the
//! page's first load, but in a chunk of its own (see crates/web-split).
//!
//! Everything goes through [`on_demand`] or [`chat`], which has a chunk of its own, so that
//! what is on demand can be seen here.

use std::future::Future;
use std::pin::Pin;
use std::rc::Rc;

use leptos::prelude::*;

use crate::charts;
use crate::components::chat::{self, Chat};
use crate::components::{account, call, feed, not_found, palette, shortcuts, sign_in, span, zones};
use crate::view::{clicked, dynamic, spawn};

/// What can be asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Wanted {
    /// What can be done without a mouse.
    Shortcuts,
    /// Everything that can be done, found by typing.
    Palette,
    /// The call that the address names, with all its fields.
    Call,
    /// From when to when the charts are.
    Span,
    /// In whose time everything is told.
    Zones,
    /// The figures of the chart that the API calls so.
    Table(&'static str),
    /// What that chart can be saved as, until it is switched off.
    Exports(&'static str, RwSignal<bool>),
    /// What stands at an address that is none.
    NotFound,
    /// Signing in.
    SignIn,
    /// Who is signed in, and signing out.
    Account,
    /// What asks for calls, and what they are chosen with.
    Calls,
}

impl Wanted {
    /// What it is called.
    pub(crate) fn title(&self) -> &'static str {
        match self {
            Wanted::Shortcuts => "Shortcuts",
            Wanted::Palette => "Commands",
            Wanted::Call => "Call",
            Wanted::Span => "Time range",
            Wanted::Zones => "Time zone",
            Wanted::Table(_) | Wanted::Exports(..) | Wanted::NotFound => "",
            Wanted::SignIn => "Sign in",
            Wanted::Account => "Account",
            Wanted::Calls => "Calls",
        }
    }

    /// The class of the sheet that it opens in.
    pub(crate) fn class(&self) -> &'static str {
        match self {
            Wanted::Palette => "at-top bare",
            Wanted::Zones => "at-top",
            Wanted::SignIn | Wanted::Account => "narrow",
            Wanted::Call => "at-side",
            _ => "",
        }
    }
}

/// The code could not be fetched.
#[derive(Debug, thiserror::Error)]
#[error("This part of the page could not be loaded. Check the connection.")]
struct Missing;

#[cfg(split)]
impl From<wasm_split_helpers::SplitLoaderError> for Missing {
    fn from(_: wasm_split_helpers::SplitLoaderError) -> Missing {
        Missing
    }
}

#[cfg(split)]
#[wasm_split_helpers::wasm_split(later, fallible)]
fn build(wanted: Wanted) -> Result<AnyView, Missing> {
    Ok(view_of(wanted))
}

#[cfg(split)]
#[wasm_split_helpers::wasm_split(chat, fallible)]
fn build_chat(chat: Chat) -> Result<AnyView, Missing> {
    Ok(chat::window(chat))
}

/// A page that is worked on is whole: nothing has to be fetched.
#[cfg(not(split))]
#[expect(clippy::unused_async, reason = "as if it were fetched")]
async fn build(wanted: Wanted) -> Result<AnyView, Missing> {
    Ok(view_of(wanted))
}

#[cfg(not(split))]
#[expect(clippy::unused_async, reason = "as if it were fetched")]
async fn build_chat(chat: Chat) -> Result<AnyView, Missing> {
    Ok(chat::window(chat))
}

fn view_of(wanted: Wanted) -> AnyView {
    match wanted {
        Wanted::Shortcuts => shortcuts::shortcuts(),
        Wanted::Palette => palette::palette(),
        Wanted::Call => call::call(),
        Wanted::Span => span::span(),
        Wanted::Zones => zones::zones(),
        Wanted::Table(chart) => charts::table::table(chart),
        Wanted::Exports(chart, open) => charts::export::menu(chart, open),
        Wanted::NotFound => not_found::not_found(),
        Wanted::SignIn => sign_in::sign_in(),
        Wanted::Account => account::account(),
        Wanted::Calls => feed::tools::tools(),
    }
}

/// A view whose code is fetched now. Until it is there, and where it cannot be had, it says
/// so.
pub(crate) fn on_demand(wanted: Wanted) -> AnyView {
    fetched(move || Box::pin(build(wanted.clone())))
}

/// The window of the chat, in the same way.
pub(crate) fn chat(chat: Chat) -> AnyView {
    fetched(move || Box::pin(build_chat(chat)))
}

/// A view on its way.
type Coming = Pin<Box<dyn Future<Output = Result<AnyView, Missing>>>>;

fn fetched(build: impl Fn() -> Coming + 'static) -> AnyView {
    // A view cannot be copied out of a signal: it waits here until it is shown.
    let made = StoredValue::new_local(None::<AnyView>);
    // Moves with every answer, even one that brought nothing.
    let came = RwSignal::new(0);
    // What is fetched belongs here, not to the button that fetches it again, which goes as
    // soon as something has come.
    let owner = Owner::current();
    let build: Rc<dyn Fn() -> Coming> = Rc::new(build);
    let fetch = move || {
        let coming = build();
        let work = async move {
            made.set_value(coming.await.ok());
            came.update(|times| *times += 1);
        };
        if let Some(owner) = &owner {
            owner.with(|| spawn(work));
        }
    };
    fetch();
    dynamic(
        move || match (came.get(), made.try_update_value(Option::take).flatten()) {
            (0, _) => view! { <p class="notice" aria-busy="true">"Loading…"</p> }.into_any(),
            (_, Some(view)) => view,
            (_, None) => {
                let again = fetch.clone();
                view! {
                    <div class="notice" role="alert">
                        <p>{Missing.to_string()}</p>
                        <button class="button" on:click=clicked(again)>"Try again"</button>
                    </div>
                }
                .into_any()
            }
        },
    )
    .into_any()
}
