//! One canvas: drawn before the next paint whenever its chart, its size, the screen or the
//! theme changes.

mod hands;
pub(super) mod picture;
mod sheet;
mod touched;

use leptos::html;
use leptos::prelude::*;

use super::draw::{DrawError, Drawing};
use super::model::calls::Calls;
use super::model::frame::{Axes, Room};
use super::model::smooth::Point;
use super::model::tip::Tip;
use super::pointing::{Pointing, Tells};
use crate::browser::device::{pixel_ratio, size_of};
use crate::browser::frame::BeforePaint;
use crate::browser::intl::Locale;
use crate::browser::theme::Theme;
use crate::state::{Look, Zoom};
use crate::view::{Kept, Watched, clicked, dynamic, effect};
use hands::Hands;
use sheet::Sheet;
use touched::{Touched, touchable};

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
    fn shown(&self) -> (usize, usize) {
        let shown = self.plan.as_ref().map(|plan| self.drawing.shown(plan));
        shown.unwrap_or_default()
    }

    fn axes(&self) -> Option<&Axes> {
        D::axes(self.plan.as_ref()?)
    }

    fn calls(&self, index: usize, at: Point) -> Option<Calls> {
        self.drawing.calls(self.plan.as_ref()?, index, at)
    }

    fn nearest(&self, at: Point) -> Option<usize> {
        self.drawing.nearest(self.plan.as_ref()?, at)
    }

    fn tell(&self, index: usize) -> Option<Tip> {
        self.drawing.tell(self.plan.as_ref()?, index, &self.locale)
    }
}

/// What is the same for every chart of a kind.
#[derive(Clone, Copy)]
struct Kind {
    tells: bool,
    over_time: bool,
    lifts: bool,
    /// CSS pixels of the letters.
    letters: f64,
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
    let kind = Kind {
        tells: D::TELLS,
        over_time: D::OVER_TIME,
        lifts: D::LIFTS,
        letters,
    };
    canvas(Box::new(paint), summary, kind)
}

fn canvas(read: Box<dyn Fn() -> Box<dyn Paint>>, summary: Signal<String>, kind: Kind) -> AnyView {
    let stage = NodeRef::<html::Div>::new();
    let canvas = NodeRef::<html::Canvas>::new();
    let (size, ratio) = (size_of(stage), pixel_ratio());
    let theme = expect_context::<Theme>();
    let zoom = use_context::<Zoom>().filter(|_| kind.over_time);
    let failed = Watched::new(String::new());
    let latest = Kept::new(None::<Box<dyn Paint>>);
    let pointing = Pointing::new();
    let touched = Touched {
        latest,
        pointing,
        hands: Hands::new(zoom),
        look: use_context::<Look>(),
    };
    let repaint = BeforePaint::new(move || {
        let (width, height) = size.peek();
        let Some(canvas) = canvas
            .get_untracked()
            .filter(|_| width >= 1.0 && height >= 1.0)
        else {
            return;
        };
        let sheet = Sheet {
            canvas: &canvas,
            room: Room { width, height },
            ratio: ratio.peek(),
            letters: kind.letters,
            view: untrack(|| touched.hands.view()),
            picked: pointing.peek(),
        };
        latest.change(|chart| {
            let Some(chart) = chart else { return };
            let error = chart.paint(&sheet).err();
            failed.set(error.map_or_else(String::new, |error| error.to_string()));
            pointing.refresh(&**chart);
        });
    });
    let (again, moved) = (repaint.clone(), repaint.clone());
    effect(move || {
        latest.put(Some(read()));
        let _ = (size.get(), ratio.get());
        let _ = theme.is_light();
        let _ = canvas.get();
        repaint.ask();
    });
    // Figures are not read again for a closer look or another slice.
    effect(move || {
        let _ = touched.hands.view();
        if kind.lifts {
            let _ = pointing.picked();
        }
        moved.ask();
    });
    let failure = failure(failed, again);
    let picture = view! { <canvas node_ref=canvas role="img" aria-label=summary></canvas> };
    if !kind.tells {
        return view! { <div class="canvas" node_ref=stage>{picture}{failure}</div> }.into_any();
    }
    let over = touched.pointing.overlay();
    touchable(
        &touched,
        kind,
        stage,
        summary,
        view! { {picture}{over}{failure} }.into_any(),
    )
}

/// Why the chart could not be drawn, with a way to try again.
fn failure(failed: Watched<String>, again: BeforePaint) -> AnyView {
    dynamic(move || {
        let (why, again) = (failed.get(), again.clone());
        if why.is_empty() {
            return ().into_any();
        }
        view! {
            <div class="notice" role="alert">
                <p>{why}</p>
                <button class="button" on:click=clicked(move || again.ask())>"Draw again"</button>
            </div>
        }
        .into_any()
    })
    .into_any()
}
