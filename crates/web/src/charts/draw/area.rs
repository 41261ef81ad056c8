use plotters::prelude::DrawingBackend;

use super::{DrawError, Drawing, Gradients, Ink, Pen, frame};
use crate::charts::model::area::{AreaChart, AreaPlan};
use crate::charts::model::frame::{Easel, Words};
use crate::charts::model::smooth::Point;
use crate::charts::model::tip::{self, Line, Tip, Tone};

/// How opaque the fill is right below the highest point.
const FILL: f64 = 0.5;
/// How opaque the line is on its way to the bucket that is still growing.
const RUNNING: f64 = 0.55;
const WIDTH: f64 = 2.2;

impl Drawing for AreaChart {
    type Plan = AreaPlan;

    const TELLS: bool = true;

    fn plan(&self, easel: &Easel<'_>) -> AreaPlan {
        AreaPlan::new(self, easel)
    }

    fn count(&self) -> usize {
        self.points.len()
    }

    fn nearest(&self, plan: &AreaPlan, at: Point) -> Option<usize> {
        tip::nearest_bucket(&plan.axes, self.points.iter().map(|point| point.0), at)
    }

    fn tell(&self, plan: &AreaPlan, index: usize, words: &dyn Words) -> Option<Tip> {
        let &(at, count) = self.points.get(index)?;
        let dot = (plan.axes.x(at), plan.axes.y(count));
        let tone = Tone::Named("queries");
        let line = Line::new(tone, "queries", words.whole(count));
        Some(tip::of_bucket(
            &plan.axes,
            words,
            at,
            vec![(dot, tone)],
            vec![line],
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
        pen.line(&plan.line, ink.purple, WIDTH)?;
        pen.line(&plan.running, ink.purple.fade(RUNNING), WIDTH)?;
        if let Some(&now) = plan.points.last() {
            pen.dot(now, 6.5, ink.purple.fade(0.25))?;
            pen.dot(now, 3.2, ink.purple)?;
        }
        Ok(())
    }
}
