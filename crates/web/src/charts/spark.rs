//! A stat card's sparkline.

use leptos::prelude::*;

use super::canvas::canvas_chart;
use super::draw::TICKS;
use super::model::spark::Spark;
use crate::view::{Watched, dynamic, effect};

/// The day so far, once it has two hours. `summary` is for those who do not see it.
pub(crate) fn sparkline(
    read: impl Fn() -> Spark + Copy + Send + Sync + 'static,
    summary: &'static str,
) -> AnyView {
    let drawn = Watched::new(false);
    effect(move || drawn.set(!read().is_empty()));
    let canvas = dynamic(move || {
        if !drawn.get() {
            return ().into_any();
        }
        let canvas = canvas_chart(read, Signal::stored(summary.to_owned()), TICKS);
        view! { <div class="spark">{canvas}</div> }.into_any()
    });
    view! { {canvas} }.into_any()
}
