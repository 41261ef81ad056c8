//! Hands on a chart over time: dragging, pinching, the wheel, keys. What they do is decided
//! by the model; here are the events.

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, PointerEvent, WheelEvent};

use crate::charts::model::frame::Axes;
use crate::charts::model::view::{Grip, View};
use crate::charts::pointing::Tells;
use crate::state::Zoom;
use crate::view::Kept;

/// CSS pixels that a pointer may move and still be clicking.
const STILL: f64 = 4.0;
/// How much closer one press of a key or one notch of a wheel looks.
const STEP: f64 = 0.8;
/// How many notches of a wheel count at once.
const MOST: f64 = 12.0;

/// The hands on one chart, cheap to copy.
#[derive(Clone, Copy)]
pub(super) struct Hands {
    zoom: Option<Zoom>,
    held: Kept<Held>,
}

#[derive(Default)]
struct Held {
    grip: Grip,
    /// Where the first pointer went down.
    from: f64,
    /// It has moved since: what follows is no click.
    moved: bool,
}

impl Hands {
    pub(super) fn new(zoom: Option<Zoom>) -> Hands {
        Hands {
            zoom,
            held: Kept::new(Held::default()),
        }
    }

    /// The part of time that is shown.
    pub(super) fn view(self) -> Option<View> {
        self.zoom.and_then(Zoom::view)
    }

    /// Whether the last press was a drag.
    pub(super) fn dragged(self) -> bool {
        self.held.change(|held| held.moved).unwrap_or_default()
    }

    /// A pointer goes down.
    pub(super) fn down(self, chart: &dyn Tells, event: &PointerEvent) {
        let x = f64::from(event.offset_x());
        self.held.change(|held| {
            if held.grip.count() == 0 {
                (held.from, held.moved) = (x, false);
            }
            if let Some(axes) = chart.axes().filter(|_| event.button() == 0) {
                let in_plot = x - axes.plot.left;
                held.grip.take(event.pointer_id(), in_plot, axes.at(x));
            }
        });
    }

    /// A pointer moves; whether it drags something.
    pub(super) fn moved(self, chart: &dyn Tells, event: &PointerEvent) -> bool {
        let (Some(zoom), Some(axes)) = (self.zoom, chart.axes()) else {
            return false;
        };
        let x = f64::from(event.offset_x());
        let limits = zoom.limits();
        let (view, dragging) = self
            .held
            .change(|held| {
                let holds = held.grip.count() > 0;
                if holds && !held.moved && held.grip.count() < 2 && (x - held.from).abs() < STILL {
                    return (None, holds);
                }
                let (id, x) = (event.pointer_id(), x - axes.plot.left);
                let view = now(zoom, axes).view();
                let view = held.grip.moved(id, x, axes.plot.width, view, limits);
                if view.is_some() && !held.moved {
                    held.moved = true;
                    capture(event);
                }
                (view, holds)
            })
            .unwrap_or_default();
        if let Some(view) = view {
            zoom.show(view);
        }
        dragging
    }

    /// A pointer is lifted, or taken away.
    pub(super) fn up(self, event: &PointerEvent) {
        self.held
            .change(|held| held.grip.release(event.pointer_id()));
    }

    /// The wheel zooms around the pointer; sideways it pans.
    pub(super) fn wheel(self, chart: &dyn Tells, event: &WheelEvent) {
        let (Some(zoom), Some(axes)) = (self.zoom, chart.axes()) else {
            return;
        };
        let axes = now(zoom, axes);
        event.prevent_default();
        let pixels = if event.delta_mode() == WheelEvent::DOM_DELTA_PIXEL {
            1.0
        } else {
            20.0
        };
        let (across, down) = (event.delta_x() * pixels, event.delta_y() * pixels);
        let (view, limits) = (axes.view(), zoom.limits());
        if across.abs() > down.abs() {
            let by = axes.at(across) - axes.at(0.0);
            zoom.show(view.shifted(by, limits));
        } else {
            // Touchpads tell a pinch as a wheel with the control key, in smaller steps.
            let notch = if event.ctrl_key() { 20.0 } else { 100.0 };
            // The browser tells several notches as one when it is busy; and it knows how to
            // raise to a power.
            let factor = js_sys::Math::pow(STEP, (-down / notch).clamp(-MOST, MOST));
            let at = axes.at(f64::from(event.offset_x()));
            zoom.show(view.zoomed(at, factor, limits));
        }
    }

    /// Keys zoom around what is picked, or the middle; whether this one does.
    pub(super) fn key(self, chart: &dyn Tells, key: &str, picked: Option<f64>) -> bool {
        let (Some(zoom), Some(axes)) = (self.zoom, chart.axes()) else {
            return false;
        };
        let factor = match key {
            "+" | "=" => STEP,
            "-" | "_" => 1.0 / STEP,
            "0" => {
                zoom.reset();
                return true;
            }
            "Escape" if untrack(|| zoom.view().is_some()) => {
                zoom.reset();
                return true;
            }
            _ => return false,
        };
        let axes = now(zoom, axes);
        let at = axes.at(picked.unwrap_or(axes.plot.left + axes.plot.width / 2.0));
        zoom.show(axes.view().zoomed(at, factor, zoom.limits()));
        true
    }

    /// Back to all there is, live.
    pub(super) fn reset(self) {
        if let Some(zoom) = self.zoom {
            zoom.reset();
        }
    }
}

/// The axes as they will be drawn next: hands may move several times between two paints.
fn now(zoom: Zoom, axes: &Axes) -> Axes {
    let view = zoom.peek().unwrap_or_else(|| axes.view());
    Axes {
        x_domain: (view.from, view.to),
        ..axes.frame()
    }
}

/// A drag goes on where the pointer leaves the chart.
fn capture(event: &PointerEvent) {
    let element = event.current_target();
    if let Some(element) = element.and_then(|target| target.dyn_into::<Element>().ok()) {
        // It fails for a pointer that is gone.
        let _ = element.set_pointer_capture(event.pointer_id());
    }
}
