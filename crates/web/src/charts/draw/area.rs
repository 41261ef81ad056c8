use plotters::prelude::DrawingBackend;

use super::{DrawError, Drawing, Gradients, Ink, Pen, frame};
use crate::charts::model::area::{AreaChart, AreaPlan};
use crate::charts::model::calls::Calls;
use crate::charts::model::frame::{Axes, Easel, Words};
use crate::charts::model::smooth::Point;
use crate::charts::model::tip::{self, Line, Tip, Tone};

/// How opaque the fill is right below the highest point.
const FILL: f64 = 0.5;
/// How opaque the line is on its way to the bucket that is still growing.
const RUNNING: f64 = 0.55;
const WIDTH: f64 = 2.2;
/// How opaque the line of the period before is.
pub(super) const BEFORE: f64 = 0.5;

impl Drawing for AreaChart {
    type Plan = AreaPlan;

    const TELLS: bool = true;

    fn plan(&self, easel: &Easel<'_>) -> AreaPlan {
        AreaPlan::new(self, easel)
    }

    const OVER_TIME: bool = true;

    fn axes(plan: &AreaPlan) -> Option<&Axes> {
        Some(&plan.axes)
    }

    fn shown(&self, plan: &AreaPlan) -> (usize, usize) {
        plan.shown
    }

    fn calls(&self, _: &AreaPlan, index: usize, _: Point) -> Option<Calls> {
        Some(Calls::of_bucket(self.bucket(index)?))
    }

    fn nearest(&self, plan: &AreaPlan, at: Point) -> Option<usize> {
        let (first, count) = plan.shown;
        let shown = self.points.iter().skip(first).take(count);
        let nearest = tip::nearest_bucket(&plan.axes, shown.map(|point| point.0), at)?;
        Some(first + nearest)
    }

    fn tell(&self, plan: &AreaPlan, index: usize, words: &dyn Words) -> Option<Tip> {
        let &(at, count) = self.points.get(index)?;
        let dot = (plan.axes.x(at), plan.axes.y(count));
        let tone = Tone::Named("queries");
        let mut lines = vec![Line::new(tone, "queries", words.whole(count))];
        if let Some(before) = self.previous.iter().find(|point| point.0 == at) {
            let figure = words.whole(before.1);
            lines.push(Line::new(Tone::Named("before"), "period before", figure));
        }
        Some(tip::of_bucket(
            &plan.axes,
            words,
            at,
            vec![(dot, tone)],
            lines,
        ))
    }

    fn draw<DB: DrawingBackend>(
        plan: &AreaPlan,
        pen: &Pen<'_, DB>,
        gradients: &dyn Gradients,
        ink: &Ink,
    ) -> Result<(), DrawError> {
        frame::axes(&plan.axes, pen, ink)?;
        let plot = plan.axes.plot;
        let (top, bottom) = ((plot.left, plot.top), (plot.left, plot.bottom()));
        let clear = ink.purple.fade(0.0);
        gradients.fill(
            &plan.outline(),
            (top, ink.purple.fade(FILL)),
            (bottom, clear),
        );
        pen.trace(&plan.previous, ink.faint.fade(BEFORE), 1.4)?;
        pen.trace(&plan.line, ink.purple, WIDTH)?;
        pen.line(&plan.running, ink.purple.fade(RUNNING), WIDTH)?;
        if let Some(&now) = plan.running.last() {
            pen.dot(now, 6.5, ink.purple.fade(0.25))?;
            pen.dot(now, 3.2, ink.purple)?;
        }
        Ok(())
    }
}
