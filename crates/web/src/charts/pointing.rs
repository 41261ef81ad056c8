//! Pointing at a chart and walking through it: which thing is picked, and what is told of
//! it. What is told lies above the canvas: pointing never draws anew.

use leptos::prelude::*;

use super::model::calls::Calls;
use super::model::frame::Axes;
use super::model::smooth::Point;
use super::model::tip::{Line, Tip, Tone};
use crate::view::{Watched, dynamic, words};

/// A chart that can be asked.
pub(super) trait Tells {
    /// The first of the things that can be walked through, and how many they are.
    fn shown(&self) -> (usize, usize);
    /// The axes, where there are any.
    fn axes(&self) -> Option<&Axes>;
    /// Which calls one of them counts, at a place of it.
    fn calls(&self, index: usize, at: Point) -> Option<Calls>;
    /// Which of them a place in CSS pixels is at or nearest to.
    fn nearest(&self, at: Point) -> Option<usize>;
    /// What is told of one of them.
    fn tell(&self, index: usize) -> Option<Tip>;
}

/// What of a chart is picked.
#[derive(Clone, Copy)]
pub(super) struct Pointing {
    picked: Watched<Option<usize>>,
    tip: Watched<Option<Tip>>,
    /// What a screen reader says: only of what was walked to, not of what a mouse passes.
    spoken: Watched<String>,
}

impl Pointing {
    pub(super) fn new() -> Pointing {
        Pointing {
            picked: Watched::new(None),
            tip: Watched::new(None),
            spoken: Watched::new(String::new()),
        }
    }

    /// What is picked, again whenever it changes.
    pub(super) fn picked(self) -> Option<usize> {
        self.picked.get()
    }

    /// What is picked now.
    pub(super) fn peek(self) -> Option<usize> {
        self.picked.peek()
    }

    /// Picks what is nearest to a place, if anything is.
    pub(super) fn point(self, chart: &dyn Tells, at: Point) {
        let nearest = chart.nearest(at);
        if self.picked.peek() != nearest {
            self.pick(chart, nearest);
        }
    }

    /// Picks nothing.
    pub(super) fn leave(self) {
        self.picked.set(None);
        self.tip.set(None);
    }

    /// Walks with a key; whether it was one that walks.
    pub(super) fn walk(self, chart: &dyn Tells, key: &str) -> bool {
        let (first, count) = chart.shown();
        let Some(last) = (first + count).checked_sub(1).filter(|_| count > 0) else {
            return false;
        };
        let picked = self.picked.peek().map(|at| at.clamp(first, last));
        let next = match (key, picked) {
            ("ArrowRight" | "ArrowDown", None) | ("Home", _) => Some(first),
            ("ArrowLeft" | "ArrowUp", None) | ("End", _) => Some(last),
            ("ArrowRight" | "ArrowDown", Some(at)) => Some((at + 1).min(last)),
            ("ArrowLeft" | "ArrowUp", Some(at)) => Some(at.saturating_sub(1).max(first)),
            ("Escape", Some(_)) => None,
            _ => return false,
        };
        self.pick(chart, next);
        let tip = self.tip.peek();
        self.spoken
            .set(tip.map_or_else(String::new, |tip| tip.sentence()));
        true
    }

    /// Tells again of what is picked: figures or places have changed.
    pub(super) fn refresh(self, chart: &dyn Tells) {
        if let Some(index) = self.picked.peek() {
            self.pick(chart, Some(index));
        }
    }

    /// What lies above the canvas.
    pub(super) fn overlay(self) -> AnyView {
        let tip = dynamic(move || self.tip.get().as_ref().map_or_else(nothing, told));
        let spoken = words(move || self.spoken.get());
        view! {
            <div class="overlay" aria-hidden="true">{tip}</div>
            <p class="unseen" aria-live="polite">{spoken}</p>
        }
        .into_any()
    }

    fn pick(self, chart: &dyn Tells, index: Option<usize>) {
        let tip = index.and_then(|index| chart.tell(index));
        self.picked.set(index.filter(|_| tip.is_some()));
        self.tip.set(tip);
    }
}

fn nothing() -> AnyView {
    ().into_any()
}

fn told(tip: &Tip) -> AnyView {
    let shift = |(x, y): Point| format!("translate({x}px, {y}px)");
    let crosshair = tip.crosshair.map_or_else(nothing, |(top, height)| {
        let height = format!("{height}px");
        let place = shift((tip.at.0, top));
        view! { <i class="crosshair" style:height=height style:transform=place></i> }.into_any()
    });
    let dot = |&(place, tone): &(Point, Tone)| {
        view! { <i class=format!("dot {}", tone.class()) style:transform=shift(place)></i> }
    };
    let line = |line: &Line| {
        view! {
            <dt class=line.tone.class()>{line.name.clone()}</dt>
            <dd>{line.figure.clone()}</dd>
        }
    };
    let side = if tip.flipped { "tip flipped" } else { "tip" };
    view! {
        {crosshair}
        {tip.dots.iter().map(dot).collect_view()}
        <div class="tip-place" style:transform=shift(tip.at)>
            <div class=side data-testid="tip">
                <b>{tip.title.clone()}</b>
                <dl>{tip.lines.iter().map(line).collect_view()}</dl>
            </div>
        </div>
    }
    .into_any()
}
