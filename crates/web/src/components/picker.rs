//! One of many things, found by typing: a field, and below it what fits. The focus stays
//! in the field; arrow keys go through the list.

mod fuzzy;

use std::rc::Rc;

use leptos::html;
use leptos::prelude::*;
use send_wrapper::SendWrapper;

use crate::browser::focus;
use crate::view::dynamic;

/// So many are shown at once; typing more shows the others.
const SHOWN: usize = 60;
/// The element that is the list.
const LIST: &str = "picker-list";

/// Something that can be picked.
#[derive(Clone)]
pub(super) struct Choice {
    /// What is searched.
    pub(super) label: String,
    /// Said behind it, when it is shown.
    pub(super) note: Rc<dyn Fn() -> String>,
    /// It is so now.
    pub(super) current: bool,
    /// What picking it does.
    pub(super) act: Rc<dyn Fn()>,
}

/// The field and the list.
pub(super) fn picker(prompt: &'static str, testid: &'static str, choices: Vec<Choice>) -> AnyView {
    let typed = RwSignal::new(String::new());
    let picked = RwSignal::new(0_usize);
    let choices = Rc::new(choices);
    let all = Rc::clone(&choices);
    let found = Memo::new({
        let all = SendWrapper::new(all);
        move |_| typed.with(|typed| fuzzy::found(typed, all.iter().map(|c| c.label.as_str())))
    });
    let count = move || found.with(|found| found.len().min(SHOWN));
    let all = Rc::clone(&choices);
    let act = move |place: usize| {
        let index = found.with_untracked(|found| found.get(place).copied());
        let choice = index.and_then(|index| all.get(index)).cloned();
        if let Some(choice) = choice {
            (choice.act)();
        }
    };
    let act = Rc::new(act);
    let entered = SendWrapper::new(Rc::clone(&act));
    let pressed = move |event: leptos::ev::KeyboardEvent| {
        let (now, last) = (picked.get_untracked(), untrack(count).saturating_sub(1));
        let next = match event.key().as_str() {
            "ArrowDown" if now >= last => 0,
            "ArrowDown" => now + 1,
            "ArrowUp" => now.checked_sub(1).unwrap_or(last),
            "PageDown" => (now + 8).min(last),
            "PageUp" => now.saturating_sub(8),
            "Enter" => {
                event.prevent_default();
                return entered(now);
            }
            _ => return,
        };
        event.prevent_default();
        picked.set(next);
        focus::show(&option_id(next));
    };
    let list = dynamic(move || {
        found.with(|found| {
            let rows = found.iter().take(SHOWN).enumerate();
            let row = |(place, index): (usize, &usize)| {
                choices.get(*index).map(|choice| {
                    option(place, choice, picked, Rc::clone(&act) as Rc<dyn Fn(usize)>)
                })
            };
            rows.filter_map(row).collect_view().into_any()
        })
    });
    let said = move || match (found.with(Vec::len), count()) {
        (0, _) => "Nothing fits.".to_owned(),
        (all, shown) if all > shown => format!("{} more: type to find them.", all - shown),
        _ => String::new(),
    };
    let field = NodeRef::<html::Input>::new();
    Effect::new(move |_| {
        if let Some(field) = field.get() {
            let _ = field.focus();
        }
    });
    view! {
        <div class="picker" data-testid=testid>
            <input
                node_ref=field
                type="text"
                role="combobox"
                aria-expanded="true"
                aria-autocomplete="list"
                aria-controls=LIST
                aria-activedescendant=move || option_id(picked.get())
                aria-label=prompt
                placeholder=prompt
                autocomplete="off"
                spellcheck="false"
                data-testid="filter"
                on:input=move |event| {
                    typed.set(event_target_value(&event));
                    picked.set(0);
                }
                on:keydown=pressed
            />
            <ul id=LIST role="listbox" aria-label=prompt>{list}</ul>
            <p class="picker-more" role="status">{said}</p>
        </div>
    }
    .into_any()
}

fn option_id(place: usize) -> String {
    format!("picker-{place}")
}

fn option(
    place: usize,
    choice: &Choice,
    picked: RwSignal<usize>,
    act: Rc<dyn Fn(usize)>,
) -> AnyView {
    let act = SendWrapper::new(act);
    let mark = if choice.current { "✓" } else { "" };
    let unseen = choice
        .current
        .then(|| view! { <span class="unseen">", chosen"</span> });
    view! {
        <li
            id=option_id(place)
            role="option"
            aria-selected=move || (picked.get() == place).to_string()
            data-testid="option"
            data-label=choice.label.clone()
            on:pointermove=move |_| {
                if picked.get_untracked() != place {
                    picked.set(place);
                }
            }
            on:click=move |_| act(place)
        >
            <span class="name">{choice.label.clone()}{unseen}</span>
            <span class="picker-note">{(choice.note)()}</span>
            <span class="picker-mark" aria-hidden="true">{mark}</span>
        </li>
    }
    .into_any()
}
