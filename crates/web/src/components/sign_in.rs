//! Signing in: in the dashboard's own form, or at the hub.

use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use shared_types::{Credentials, Session, SignIn};

use crate::api::session;
use crate::browser::dialog;
use crate::browser::focus;
use crate::state::Page;
use crate::view::{Watched, clicked, dynamic, effect, spawn, words};

/// The first field of the form.
const FIRST: &str = "sign-in-first";

/// What is known of the way in.
#[derive(Clone, Debug, Default, PartialEq)]
enum Known {
    /// It is being asked for.
    #[default]
    Nothing,
    /// How one signs in.
    Way(Session),
    /// It could not be had, and why.
    Failed(String),
}

/// What is asked of somebody who is not signed in. It goes as soon as figures come.
pub(crate) fn sign_in() -> AnyView {
    let (known, again) = (Watched::new(Known::Nothing), RwSignal::new(0_u32));
    effect(move || {
        again.track();
        spawn(async move {
            known.set(match session::session().await {
                Ok(way) => Known::Way(way),
                Err(error) => Known::Failed(error.to_string()),
            });
        });
    });
    let retry = move || {
        known.set(Known::Nothing);
        again.update(|times| *times += 1);
    };
    let body = dynamic(move || match known.get() {
        Known::Nothing => view! { <p class="notice" aria-busy="true">"Loading…"</p> }.into_any(),
        Known::Failed(why) => view! {
            <div class="notice" role="alert" data-testid="sign-in-failed">
                <p>{why}</p>
                <button class="button" on:click=clicked(retry)>"Try again"</button>
            </div>
        }
        .into_any(),
        Known::Way(way) => match way.sign_in {
            SignIn::Basic | SignIn::Token => form(way.sign_in),
            SignIn::Forward | SignIn::None => elsewhere(way.url),
        },
    });
    view! { <div class="sign-in" data-testid="sign-in">{body}</div> }.into_any()
}

/// The dashboard's own form.
fn form(way: SignIn) -> AnyView {
    let page = expect_context::<Page>();
    let (name, secret) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let (busy, wrong) = (Watched::new(false), Watched::new(String::new()));
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        if busy.peek() {
            return;
        }
        let secret_typed = secret.get_untracked();
        let typed = match way {
            SignIn::Token => Credentials {
                token: Some(secret_typed.trim().to_owned()),
                ..Credentials::default()
            },
            _ => Credentials {
                name: Some(name.get_untracked().trim().to_owned()),
                password: Some(secret_typed),
                ..Credentials::default()
            },
        };
        busy.set(true);
        wrong.set(String::new());
        spawn(async move {
            match session::sign_in(&typed).await {
                Ok(()) => page.retry(),
                Err(error) => {
                    wrong.set(error.to_string());
                    secret.set(String::new());
                    focus::give(FIRST);
                }
            }
            busy.set(false);
        });
    };
    let is_token = way == SignIn::Token;
    let who = (!is_token).then(|| {
        view! {
            <label>
                "Name"
                {field(FIRST, "text", "username", 64, name, wrong)}
            </label>
        }
    });
    let secret_field = if is_token {
        field(FIRST, "password", "off", 1024, secret, wrong)
    } else {
        field(
            "sign-in-secret",
            "password",
            "current-password",
            1024,
            secret,
            wrong,
        )
    };
    // Once it is there.
    request_animation_frame(|| focus::give(FIRST));
    let says = words(move || {
        if busy.get() {
            "Signing in…"
        } else {
            "Sign in"
        }
        .to_owned()
    });
    let is_busy = words(move || busy.get().to_string());
    let wrong = words(move || wrong.get());
    view! {
        <form class="span-form" on:submit=submit>
            <p class="span-zone">"You stay on this page, with what you were looking at."</p>
            {who}
            <label>{if is_token { "Token" } else { "Password" }} {secret_field}</label>
            <p class="span-wrong" role="alert" id="sign-in-wrong" data-testid="sign-in-wrong">
                {wrong}
            </p>
            <button
                class="button primary"
                type="submit"
                data-testid="sign-in-go"
                aria-busy=is_busy
            >
                {says}
            </button>
        </form>
    }
    .into_any()
}

fn field(
    id: &'static str,
    kind: &'static str,
    fills: &'static str,
    longest: u32,
    value: RwSignal<String>,
    wrong: Watched<String>,
) -> AnyView {
    let invalid = words(move || (!wrong.get().is_empty()).to_string());
    let shown = words(move || value.get());
    view! {
        <input
            id=id
            data-testid=id
            type=kind
            autocomplete=fills
            autocapitalize="none"
            spellcheck="false"
            required=true
            maxlength=longest.to_string()
            aria-invalid=invalid
            aria-describedby="sign-in-wrong"
            prop:value=shown
            on:input=move |event| value.set(event_target_value(&event))
        />
    }
    .into_any()
}

/// Signing in happens at the hub, or at whatever stands in front.
fn elsewhere(url: Option<String>) -> AnyView {
    let page = expect_context::<Page>();
    let again = clicked(move || page.retry());
    let way = match url {
        Some(url) => view! {
            <a class="button primary" data-testid="sign-in-link" href=url target="_blank" rel="noopener">
                "Sign in at the hub"
            </a>
        }
        .into_any(),
        None => view! { <p>"Sign in at the hub, in another tab."</p> }.into_any(),
    };
    view! {
        <div class="span-form">
            <p>"You are not signed in, or no longer."</p>
            {way}
            <p class="span-zone">
                "This page then goes on by itself, with what was looked at."
            </p>
            <button class="button" data-testid="sign-in-again" on:click=again>"Try now"</button>
        </div>
    }
    .into_any()
}

/// Forgets what the page shows and kept of the one who was signed in, and begins anew.
pub(super) fn begin_anew() {
    dialog::close();
    crate::browser::storage::forget_conversations();
    crate::browser::address::reload();
}
