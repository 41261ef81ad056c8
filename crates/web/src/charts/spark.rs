//! A stat card's sparkline.

use leptos::prelude::*;

use super::canvas::CanvasChart;
use super::model::spark::Spark;

/// The day so far, once it has two hours.
#[component]
pub(crate) fn Sparkline(
    /// What to draw.
    spark: Signal<Spark>,
    /// What it says, for those who do not see it.
    summary: &'static str,
) -> impl IntoView {
    let drawn = Memo::new(move |_| spark.with(|spark| !spark.is_empty()));
    view! {
        <Show when=move || drawn.get()>
            <div class="spark"><CanvasChart drawing=spark summary=summary.to_owned() /></div>
        </Show>
    }
}
