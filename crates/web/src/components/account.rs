//! Who is signed in, what that one may see, and signing out.

use leptos::prelude::*;
use shared_types::{Me, Role, SignIn};

use super::sign_in::begin_anew;
use crate::api::session;
use crate::view::{Watched, clicked, dynamic, spawn, words};

/// The account.
pub(crate) fn account() -> AnyView {
    let known = Watched::new(None::<Result<Me, String>>);
    spawn(async move {
        let me = session::me().await;
        known.set(Some(me.map_err(|error| error.to_string())));
    });
    dynamic(move || match known.get() {
        Some(Ok(me)) => about(me),
        Some(Err(why)) => view! { <p class="notice" role="alert">{why}</p> }.into_any(),
        None => view! { <p class="notice" aria-busy="true">"Loading…"</p> }.into_any(),
    })
    .into_any()
}

fn about(me: Me) -> AnyView {
    let (role, sees) = match me.role {
        Role::Admin => ("Administrator", "sees every call, and who asked for it"),
        Role::Viewer => (
            "Viewer",
            "sees all figures, and calls without who asked and what for",
        ),
    };
    let address = me
        .email
        .filter(|email| *email != me.name)
        .map(|email| view! { <dt>"E-mail"</dt><dd>{email}</dd> });
    let way = match me.sign_in {
        SignIn::Basic | SignIn::Token => sign_out(),
        SignIn::Forward | SignIn::None => {
            view! { <p class="span-zone">"One signs in and out at the hub."</p> }.into_any()
        }
    };
    view! {
        <div class="account span-form" data-testid="account-about">
            <dl>
                <dt>"Signed in as"</dt>
                <dd data-testid="account-name">{me.name}</dd>
                {address}
                <dt>"Role"</dt>
                <dd data-testid="account-role">{role}<small>{sees}</small></dd>
            </dl>
            {way}
        </div>
    }
    .into_any()
}

fn sign_out() -> AnyView {
    let (busy, wrong) = (Watched::new(false), Watched::new(String::new()));
    let leave = move || {
        busy.set(true);
        spawn(async move {
            match session::sign_out().await {
                Ok(()) => begin_anew(),
                Err(error) => wrong.set(error.to_string()),
            }
            busy.set(false);
        });
    };
    let is_busy = words(move || busy.get().to_string());
    let says = words(move || wrong.get());
    view! {
        <p class="span-wrong" role="alert">{says}</p>
        <button
            class="button"
            data-testid="sign-out"
            aria-busy=is_busy
            on:click=clicked(leave)
        >
            "Sign out"
        </button>
    }
    .into_any()
}
