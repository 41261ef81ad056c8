//! One question with its answer.

use gloo_timers::future::TimeoutFuture;
use leptos::html;
use leptos::prelude::*;

use super::model::turn::{End, Told};
use super::signs::{Sign, sign};
use super::talks::Talks;
use crate::browser::answer;
use crate::browser::clipboard;
use crate::browser::clock::Clock;
use crate::charts::model::figures::ago;
use crate::charts::model::stamp;
use crate::components::icon::{Icon, glyph};
use crate::view::{Watched, clicked, dynamic, effect, words};

/// How long a button says that it has copied, milliseconds.
pub(super) const SAID: u32 = 2_000;
/// A question with more letters than this may be scrolled.
const LONG: usize = 600;

pub(super) fn turn(talks: Talks, id: u32, clock: Clock) -> AnyView {
    let asked = talks.of(id, |turn| (turn.question.clone(), turn.asked));
    let (question, asked) = asked.unwrap_or_default();
    let told = Watched::new(talks.of(id, |turn| turn.told.clone()).unwrap_or_default());
    effect(move || told.set(talks.told(id)));
    let place = NodeRef::<html::Div>::new();
    effect(move || {
        if place.get().is_some() {
            show(talks, id);
        }
    });
    let end = words(move || named(&told.get().end).to_owned());
    let busy = words(move || (told.get().end == End::Coming).to_string());
    let scrolls = (question.len() > LONG).then_some("0");
    view! {
        <li class="turn" data-testid="turn" data-turn=id.to_string() data-end=end>
            <div class="turn-asked">
                <h3 class="unseen">"You asked"</h3>
                <p class="turn-question" data-testid="question" dir="auto" tabindex=scrolls>
                    {question}
                </p>
                <div class="turn-foot">
                    {copy(talks, "Copy question", move || question_of(talks, id))}
                    {time(talks, clock, asked)}
                </div>
            </div>
            <div class="turn-answered">
                <h3 class="unseen">"The answer"</h3>
                <div
                    node_ref=place
                    id=answer::id_of(id)
                    class="answer"
                    data-testid="answer"
                    dir="auto"
                    aria-busy=busy
                ></div>
                {dynamic(move || below(talks, id, &told.get(), clock))}
            </div>
        </li>
    }
    .into_any()
}

/// Puts on the screen what has come before the place for it was there.
fn show(talks: Talks, id: u32) {
    let known = talks.of(id, |turn| {
        (turn.answer.clone(), turn.told.end != End::Coming)
    });
    if let Some((text, ended)) = known.filter(|(text, _)| !text.is_empty()) {
        talks.paint.whole(id, &text, ended);
    }
}

fn question_of(talks: Talks, id: u32) -> String {
    talks
        .of(id, |turn| turn.question.clone())
        .unwrap_or_default()
}

const fn named(end: &End) -> &'static str {
    match end {
        End::Coming => "coming",
        End::Whole => "whole",
        End::Stopped => "stopped",
        End::Failed(_) => "failed",
    }
}

/// What is told below an answer.
fn below(talks: Talks, id: u32, told: &Told, clock: Clock) -> AnyView {
    if told.end == End::Coming {
        return view! {
            <p class="turn-coming">
                <i></i><i></i><i></i>
                <span class="unseen">"Answering…"</span>
            </p>
        }
        .into_any();
    }
    let note = |text: String| view! { <p class="turn-note">{text}</p> }.into_any();
    let cut = told
        .cut
        .then(|| note("Only the beginning of this answer was kept: it is long.".to_owned()));
    let warning = told.warning.clone().map(note);
    let again = (told.end != End::Whole).then(|| ended(talks, id, &told.end));
    let at = told.at;
    view! {
        {again}
        {warning}
        {cut}
        {tools(&told.tools)}
        <div class="turn-foot">
            {copy(talks, "Copy answer", move || talks.of(id, |turn| turn.answer.clone()).unwrap_or_default())}
            {time(talks, clock, at)}
        </div>
    }
    .into_any()
}

/// Why there is no whole answer, and what one can do.
fn ended(talks: Talks, id: u32, end: &End) -> AnyView {
    let (class, sign_of, why) = match end {
        End::Failed(why) => ("turn-failed", glyph(Icon::Warning), why.clone()),
        _ => ("turn-stopped", sign(Sign::Stop), "Stopped.".to_owned()),
    };
    view! {
        <div class=class data-testid=class>
            {sign_of}
            <p>{why}</p>
            <button
                class="chat-small"
                data-testid="chat-retry"
                on:click=clicked(move || talks.retry(id))
            >
                {sign(Sign::Again)}
                "Try again"
            </button>
        </div>
    }
    .into_any()
}

fn tools(names: &[String]) -> AnyView {
    if names.is_empty() {
        return ().into_any();
    }
    let chip = |name: &String| view! { <li><bdi>{name.clone()}</bdi></li> };
    view! {
        <div class="turn-tools" data-testid="turn-tools">
            {sign(Sign::Tool)}
            <ul aria-label="Tools used">{names.iter().map(chip).collect_view()}</ul>
        </div>
    }
    .into_any()
}

/// How long ago, and when exactly.
fn time(talks: Talks, clock: Clock, at: i64) -> AnyView {
    let says = Watched::new(String::new());
    effect(move || {
        let passed = clock.get() - at;
        says.set(match ago(passed) {
            Some((count, unit)) if unit != "s" => format!("{count}\u{202f}{unit} ago"),
            _ => "just now".to_owned(),
        });
    });
    let exact = words(move || talks.exact(at));
    view! { <time datetime=stamp::utc(at) title=exact>{words(move || says.get())}</time> }
        .into_any()
}

/// A small button that copies a text.
fn copy(talks: Talks, label: &'static str, text: impl Fn() -> String + 'static) -> AnyView {
    // 0: not yet; 1: copied; 2: the browser refused.
    let done = RwSignal::new(0_u32);
    let act = move || {
        let text = text();
        talks.work(async move {
            let copied = clipboard::copy(&text).await;
            if done.try_set(if copied { 1 } else { 2 }).is_none() {
                TimeoutFuture::new(SAID).await;
                let _ = done.try_set(0);
            }
        });
    };
    let says = words(move || {
        let says = [label, "Copied", "Not allowed"];
        says.get(done.get() as usize)
            .copied()
            .unwrap_or_default()
            .to_owned()
    });
    let looks = dynamic(move || match done.get() {
        0 => sign(Sign::Copy),
        1 => glyph(Icon::Check),
        _ => glyph(Icon::Cross),
    });
    view! {
        <button
            class="chat-tool"
            data-testid=label.replace(' ', "-").to_lowercase()
            aria-label=says
            title=says
            on:click=clicked(act)
        >
            {looks}
        </button>
    }
    .into_any()
}
