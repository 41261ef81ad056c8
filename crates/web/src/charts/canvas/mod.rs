//! One canvas: drawn before the next paint whenever its chart, its size, the screen or the
//! theme changes.

mod sheet;

use leptos::html;
use leptos::prelude::*;

use super::draw::{DrawError, Drawing};
use super::model::frame::Room;
use super::model::smooth::Point;
use super::model::tip::Tip;
use super::pointing::{Pointing, Tells};
use crate::browser::device::{pixel_ratio, size_of};
use crate::browser::frame::BeforePaint;
use crate::browser::intl::Locale;
use crate::browser::theme::Theme;
use crate::view::dynamic;
use sheet::Sheet;

/// Something that can be drawn on a sheet, whatever it is: what has to do with the canvas
/// is there once, not once a kind of chart.
trait Paint: Tells {
    fn paint(&mut self, sheet: &Sheet<'_>) -> Result<(), DrawError>;
}

/// A chart, and its plan once it has been drawn.
struct Painted<D: Drawing> {
    drawing: D,
    plan: Option<D::Plan>,
    locale: Locale,
}

impl<D: Drawing> Paint for Painted<D> {
    fn paint(&mut self, sheet: &Sheet<'_>) -> Result<(), DrawError> {
        self.plan = Some(sheet.draw(&self.drawing, &self.locale)?);
        Ok(())
    }
}

impl<D: Drawing> Tells for Painted<D> {
    fn count(&self) -> usize {
        self.drawing.count()
    }

    fn nearest(&self, at: Point) -> Option<usize> {
        self.drawing.nearest(self.plan.as_ref()?, at)
    }

    fn tell(&self, index: usize) -> Option<Tip> {
        self.drawing.tell(self.plan.as_ref()?, index, &self.locale)
    }
}

/// A chart on a canvas that fills its parent, drawn anew whenever what `read` reads
/// changes. `summary` is for those who do not see it; labels are `letters` CSS pixels high.
pub fn canvas_chart<D: Drawing>(
    read: impl Fn() -> D + 'static,
    summary: Signal<String>,
    letters: f64,
) -> AnyView {
    let locale = expect_context::<Locale>();
    let paint = move || -> Box<dyn Paint> {
        Box::new(Painted {
            drawing: read(),
            plan: None,
            locale: locale.clone(),
        })
    };
    canvas(Box::new(paint), summary, letters, D::TELLS)
}

fn canvas(
    read: Box<dyn Fn() -> Box<dyn Paint>>,
    summary: Signal<String>,
    letters: f64,
    tells: bool,
) -> AnyView {
    let stage = NodeRef::<html::Div>::new();
    let canvas = NodeRef::<html::Canvas>::new();
    let (size, ratio) = (size_of(stage), pixel_ratio());
    let theme = expect_context::<Theme>();
    let failed = RwSignal::new(String::new());
    let latest = StoredValue::new_local(None::<Box<dyn Paint>>);
    let pointing = Pointing::new();
    let repaint = BeforePaint::new(move || {
        let (width, height) = size.get_untracked();
        let Some(canvas) = canvas
            .get_untracked()
            .filter(|_| width >= 1.0 && height >= 1.0)
        else {
            return;
        };
        let (room, ratio) = (Room { width, height }, ratio.get_untracked());
        let sheet = Sheet {
            canvas: &canvas,
            room,
            ratio,
            letters,
        };
        latest.update_value(|chart| {
            let Some(chart) = chart else { return };
            let error = chart
                .paint(&sheet)
                .err()
                .map_or_else(String::new, |e| e.to_string());
            if failed.with_untracked(|old| *old != error) {
                failed.set(error);
            }
            pointing.refresh(&**chart);
        });
    });
    let again = repaint.clone();
    Effect::new(move |_| {
        latest.set_value(Some(read()));
        size.track();
        ratio.track();
        let _ = theme.is_light();
        let _ = canvas.get();
        repaint.ask();
    });
    let failure = dynamic(move || {
        let again = again.clone();
        if failed.with(String::is_empty) {
            return ().into_any();
        }
        view! {
            <div class="notice" role="alert">
                <p>{failed}</p>
                <button class="button" on:click=move |_| again.ask()>"Draw again"</button>
            </div>
        }
        .into_any()
    });
    let picture = view! { <canvas node_ref=canvas role="img" aria-label=summary></canvas> };
    if !tells {
        return view! { <div class="canvas" node_ref=stage>{picture}{failure}</div> }.into_any();
    }
    let ask = move |question: &dyn Fn(&dyn Tells)| {
        latest.with_value(|chart| {
            if let Some(chart) = chart {
                question(&**chart);
            }
        });
    };
    view! {
        <div
            class="canvas"
            node_ref=stage
            tabindex="0"
            role="group"
            aria-roledescription="chart"
            aria-label=summary
            on:pointermove=move |event| {
                let at = (f64::from(event.offset_x()), f64::from(event.offset_y()));
                ask(&|chart| pointing.point(chart, at));
            }
            on:pointerleave=move |_| pointing.leave()
            on:blur=move |_| pointing.leave()
            on:keydown=move |event| {
                ask(&|chart| if pointing.walk(chart, &event.key()) { event.prevent_default() });
            }
        >
            {picture}
            {pointing.overlay()}
            {failure}
        </div>
    }
    .into_any()
}
