//! From when to when every chart is: days and weeks with a name, or any two moments.

mod presets;

use leptos::prelude::*;
use shared_types::Range;

use super::overlay::Overlay;
use crate::browser::clock::now_ms;
use crate::browser::intl::Locale;
use crate::charts::model::frame::Words;
use crate::charts::model::stamp;
use crate::charts::model::time::epoch_ms;
use crate::state::{Look, Page, Part};
use crate::view::clicked;
use presets::Between;

/// What is asked.
pub(crate) fn span() -> AnyView {
    let (look, overlay) = (expect_context::<Look>(), expect_context::<Overlay>());
    let locale = StoredValue::new(expect_context::<Locale>());
    let offset = move |at| locale.with_value(|locale| locale.offset_ms(at));
    let show = move |(from, to): Between| {
        let (from, to) = (stamp::utc(from), to.map(stamp::utc));
        overlay.close();
        look.set(&[
            ("range", None),
            ("from", Some(&from)),
            ("to", to.as_deref()),
            ("zoom", None),
        ]);
    };
    let named = presets::presets(now_ms(), &offset).map(|(name, between)| {
        view! { <button type="button" class="button" on:click=clicked(move || show(between))>{name}</button> }
    });
    let today = clicked(move || {
        overlay.close();
        look.choose(Range::Today);
    });
    let (first, last) = shown_now(&offset);
    let (from, to) = (RwSignal::new(first), RwSignal::new(last));
    let wrong = RwSignal::new("");
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let read = presets::read(
            &from.get_untracked(),
            &to.get_untracked(),
            now_ms(),
            &offset,
        );
        match read {
            Ok(between) => show(between),
            Err(why) => wrong.set(why),
        }
    };
    let invalid = move || (!wrong.get().is_empty()).to_string();
    view! {
        <form class="span-form" data-testid="span" novalidate on:submit=submit>
            <div class="span-named" role="group" aria-label="Days and weeks">
                <button type="button" class="button" on:click=today>"Today"</button>
                {named.into_iter().collect_view()}
            </div>
            <label>
                "From"
                {moment("span-from", from, invalid)}
            </label>
            <label>
                <span>"To "<small>"empty: follow what comes"</small></span>
                {moment("span-to", to, invalid)}
            </label>
            <p class="span-zone">"Times are those of "{locale.with_value(Locale::zone)}"."</p>
            <p class="span-wrong" role="alert" id="span-wrong" data-testid="span-wrong">
                {move || wrong.get()}
            </p>
            <button class="button primary" type="submit" data-testid="span-show">"Show"</button>
        </form>
    }
    .into_any()
}

fn moment(
    testid: &'static str,
    value: RwSignal<String>,
    invalid: impl Fn() -> String + Send + Sync + 'static,
) -> AnyView {
    view! {
        <input
            type="datetime-local"
            data-testid=testid
            aria-invalid=invalid
            aria-describedby="span-wrong"
            prop:value=move || value.get()
            on:input=move |event| value.set(event_target_value(&event))
        />
    }
    .into_any()
}

/// The window that is shown now, for the two fields; a range ends with what comes.
fn shown_now(offset: &dyn Fn(i64) -> i64) -> (String, String) {
    let page = expect_context::<Page>();
    let window = untrack(|| page.read(Part::Queries, |s| s.queries.window.clone()));
    let Some(window) = window else {
        return (String::new(), String::new());
    };
    let field =
        |text: &str| epoch_ms(text).map_or_else(String::new, |at| stamp::field(at + offset(at)));
    let to = window.range.is_none().then(|| field(&window.to));
    (field(&window.from), to.unwrap_or_default())
}
