//! What one could ask, one press away.

use leptos::prelude::*;

use super::talks::Talks;
use crate::view::{Watched, clicked, dynamic, effect};

/// The most of them.
const MOST: usize = 4;

/// What one could ask after the last answer.
pub(super) fn suggestions(talks: Talks) -> AnyView {
    let shown = Watched::new(Vec::new());
    effect(move || {
        let last = talks
            .all()
            .last()
            .map(|(id, _)| talks.told(*id).suggestions);
        let idle = talks.running.get().is_none();
        shown.set(last.filter(|_| idle).unwrap_or_default());
    });
    dynamic(move || match shown.get() {
        none if none.is_empty() => ().into_any(),
        some => chips(talks, some),
    })
    .into_any()
}

/// These questions.
pub(super) fn chips(talks: Talks, questions: Vec<String>) -> AnyView {
    let chip = |question: String| {
        let asked = question.clone();
        let ask = move || {
            // The button goes with the question.
            if talks.send(&asked) {
                super::field::give_focus();
            }
        };
        view! {
            <li>
                <button class="chat-chip" data-testid="suggestion" on:click=clicked(ask)>
                    <bdi>{question}</bdi>
                </button>
            </li>
        }
    };
    view! {
        <ul class="chat-chips" aria-label="Suggestions">
            {questions.into_iter().take(MOST).map(chip).collect_view()}
        </ul>
    }
    .into_any()
}
