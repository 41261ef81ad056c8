//! The conversation: every question with its answer, the newest at the end.

use leptos::html;
use leptos::prelude::*;
use leptos::tachys::view::keyed::keyed;

use super::signs::{Sign, sign};
use super::suggestions::chips;
use super::talks::{Known, Talks};
use super::turn::turn;
use crate::browser::answer::{self, Copies};
use crate::browser::clipboard;
use crate::browser::clock::Clock;
use crate::browser::device::size_of;
use crate::browser::viewport::window_size;
use crate::view::{alone, clicked, dynamic, effect, words};

/// Up to this width, CSS pixels, the window covers all of the page.
const PHONE: f64 = 640.0;

pub(super) fn turns(talks: Talks) -> AnyView {
    let clock = expect_context::<Clock>();
    let page = window_size();
    let pressed = move |event: leptos::ev::MouseEvent| {
        if let Some(copies) = Copies::of(&event) {
            talks.work(copy(copies));
        } else if answer::follows_link(&event) && page.peek().0 <= PHONE {
            // What the link shows is behind the window.
            talks.chat.toggle_small();
        }
    };
    // Whatever grows or shrinks, whoever reads the end goes on seeing it.
    let inner = NodeRef::<html::Div>::new();
    let sizes = [size_of(talks.paint.list), size_of(inner)];
    effect(move || {
        for size in sizes {
            let _ = size.get();
        }
        talks.paint.follow();
    });
    let one = move |_, (id, _): (u32, u32)| (drop, alone(|| turn(talks, id, clock)));
    view! {
        <div
            node_ref=talks.paint.list
            class="chat-said"
            data-testid="chat-said"
            role="group"
            aria-label="Conversation"
            tabindex="0"
            on:scroll=move |_| talks.paint.scrolled()
            on:click=pressed
        >
            <div node_ref=inner>
                {greeting(talks)}
                <ol>{move || keyed(talks.all(), |key| *key, one)}</ol>
            </div>
        </div>
    }
    .into_any()
}

async fn copy(copies: Copies) {
    let done = clipboard::copy(&copies.code).await;
    copies.say(if done { "Copied" } else { "Not allowed" });
    gloo_timers::future::TimeoutFuture::new(super::turn::SAID).await;
    copies.say(answer::COPY);
}

/// What stands there while nothing has been said.
fn greeting(talks: Talks) -> AnyView {
    dynamic(move || {
        if !talks.all().is_empty() {
            return ().into_any();
        }
        match talks.about.get() {
            Known::Nothing => view! {
                <div class="chat-greeting" aria-busy="true">
                    <p class="skeleton">"Asking who answers…"</p>
                    <p class="skeleton">"…"</p>
                </div>
            }
            .into_any(),
            Known::About(about) => view! {
                <div class="chat-greeting" data-testid="chat-greeting">
                    <h3>"What would you like to know?"</h3>
                    <p>{format!("{}: {}.", about.name, about.about.trim_end_matches('.'))}</p>
                    {chips(talks, about.suggestions)}
                </div>
            }
            .into_any(),
            Known::Failed(why) => view! {
                <div class="chat-greeting" data-testid="chat-failed" role="alert">
                    <h3>"Who answers could not be found out."</h3>
                    <p>{why}</p>
                    <button class="button" on:click=clicked(move || talks.look_up())>
                        "Try again"
                    </button>
                </div>
            }
            .into_any(),
        }
    })
    .into_any()
}

/// The way back to the end, for whoever has read further up.
pub(super) fn to_end(talks: Talks) -> AnyView {
    let label = words(move || match talks.running.get() {
        Some(_) => "Go to the answer".to_owned(),
        None => "Go to the end".to_owned(),
    });
    dynamic(move || match talks.paint.away.get() {
        0 => ().into_any(),
        _ => view! {
            <button
                class="chat-end button round"
                data-testid="chat-end"
                aria-label=label
                title=label
                on:click=clicked(move || talks.paint.to_end())
            >
                {sign(Sign::Down)}
            </button>
        }
        .into_any(),
    })
    .into_any()
}
