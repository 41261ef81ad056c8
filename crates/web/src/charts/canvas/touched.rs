//! A chart that is pointed at, dragged, clicked and walked through.

use leptos::ev::{KeyboardEvent, MouseEvent, PointerEvent};
use leptos::html;
use leptos::prelude::*;

use super::hands::Hands;
use super::{Kind, Paint};
use crate::charts::model::smooth::Point;
use crate::charts::pointing::{Pointing, Tells};
use crate::state::Look;
use crate::view::Kept;

/// The chart that was drawn last, and what is done with it; cheap to copy.
#[derive(Clone, Copy)]
pub(super) struct Touched {
    pub(super) latest: Kept<Option<Box<dyn Paint>>>,
    pub(super) pointing: Pointing,
    pub(super) hands: Hands,
    pub(super) look: Option<Look>,
}

impl Touched {
    fn ask(self, question: impl FnOnce(&dyn Tells)) {
        self.latest.change(|chart| {
            if let Some(chart) = chart {
                question(&**chart);
            }
        });
    }

    fn moved(self, event: &PointerEvent) {
        self.ask(|chart| {
            if self.hands.moved(chart, event) {
                self.pointing.leave();
            } else {
                self.pointing.point(chart, place(event));
            }
        });
    }

    fn clicked(self, event: &MouseEvent) {
        self.ask(|chart| {
            let at = place(event);
            if let Some(index) = chart.nearest(at).filter(|_| !self.hands.dragged()) {
                self.open(chart, index, at);
            }
        });
    }

    fn key(self, event: &KeyboardEvent) {
        if event.ctrl_key() || event.meta_key() || event.alt_key() {
            return;
        }
        self.ask(|chart| {
            let (key, picked) = (event.key(), self.pointing.peek());
            let tip = picked.and_then(|index| chart.tell(index));
            let at = tip.map(|tip| tip.at);
            let is_ours = match (key.as_str(), picked, at) {
                ("Enter", Some(index), Some(at)) => {
                    self.open(chart, index, at);
                    true
                }
                _ => {
                    self.pointing.walk(chart, &key)
                        || self.hands.key(chart, &key, at.map(|at| at.0))
                }
            };
            if is_ours {
                event.prevent_default();
                event.stop_propagation();
            }
        });
    }

    /// Shows the calls that are counted there.
    fn open(self, chart: &dyn Tells, index: usize, at: Point) {
        let (Some(look), Some(calls)) = (self.look, chart.calls(index, at)) else {
            return;
        };
        let pairs = calls.pairs();
        let pairs: Vec<(&str, Option<&str>)> = pairs
            .iter()
            .map(|(name, value)| (*name, value.as_deref()))
            .collect();
        look.filter_calls(&pairs);
    }
}

/// A chart's stage with its hands.
pub(super) fn touchable(
    touched: &Touched,
    kind: Kind,
    stage: NodeRef<html::Div>,
    summary: Signal<String>,
    inner: AnyView,
) -> AnyView {
    let touched = *touched;
    let Touched {
        pointing, hands, ..
    } = touched;
    view! {
        <div
            class=if kind.over_time { "canvas over-time" } else { "canvas" }
            node_ref=stage
            tabindex="0"
            role="group"
            aria-roledescription="chart"
            aria-label=summary
            on:pointerdown=move |event| touched.ask(|chart| hands.down(chart, &event))
            on:pointermove=move |event| touched.moved(&event)
            on:pointerup=move |event| hands.up(&event)
            on:pointercancel=move |event| hands.up(&event)
            on:pointerleave=move |_| pointing.leave()
            on:wheel=move |event| touched.ask(|chart| hands.wheel(chart, &event))
            on:dblclick=move |_| hands.reset()
            on:click=move |event| touched.clicked(&event)
            on:blur=move |_| pointing.leave()
            on:keydown=move |event| touched.key(&event)
        >
            {inner}
        </div>
    }
    .into_any()
}

fn place(event: &MouseEvent) -> Point {
    (f64::from(event.offset_x()), f64::from(event.offset_y()))
}
