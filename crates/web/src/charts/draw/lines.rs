use plotters::prelude::DrawingBackend;

use super::area::BEFORE;
use super::{DrawError, Drawing, Gradients, Ink, Pen, frame};
use crate::charts::model::calls::Calls;
use crate::charts::model::colours::Rgba;
use crate::charts::model::frame::{Axes, Easel, Words};
use crate::charts::model::lines::{LinesChart, LinesPlan, Percentile};
use crate::charts::model::smooth::Point;
use crate::charts::model::tip::{self, Line, Tip, Tone};

const WIDTH: f64 = 2.0;

fn colour(percentile: Percentile, ink: &Ink) -> Rgba {
    match percentile {
        Percentile::P50 => ink.green,
        Percentile::P95 => ink.blue,
        Percentile::P99 => ink.orange,
    }
}

impl Drawing for LinesChart {
    type Plan = LinesPlan;

    const TELLS: bool = true;

    fn plan(&self, easel: &Easel<'_>) -> LinesPlan {
        LinesPlan::new(self, easel)
    }

    const OVER_TIME: bool = true;

    fn axes(plan: &LinesPlan) -> Option<&Axes> {
        Some(&plan.axes)
    }

    fn shown(&self, plan: &LinesPlan) -> (usize, usize) {
        plan.shown
    }

    fn calls(&self, _: &LinesPlan, index: usize, _: Point) -> Option<Calls> {
        Some(Calls::of_bucket(self.bucket(index)?))
    }

    fn nearest(&self, plan: &LinesPlan, at: Point) -> Option<usize> {
        let (first, count) = plan.shown;
        let shown = self.buckets.iter().skip(first).take(count);
        let nearest = tip::nearest_bucket(&plan.axes, shown.map(|bucket| bucket.0), at)?;
        Some(first + nearest)
    }

    fn tell(&self, plan: &LinesPlan, index: usize, words: &dyn Words) -> Option<Tip> {
        let &(at, values) = self.buckets.get(index)?;
        let (mut dots, mut lines) = (Vec::new(), Vec::new());
        // The slowest first, as it is in the picture.
        let switched_on = Percentile::ALL.into_iter().zip(values).zip(self.hidden);
        for ((percentile, value), hidden) in switched_on.rev() {
            if hidden {
                continue;
            }
            let tone = Tone::Named(percentile.name());
            if let Some(value) = value {
                dots.push(((plan.axes.x(at), plan.axes.y(value)), tone));
            }
            let figure = value.map_or_else(|| "no calls".to_owned(), |ms| words.took(ms));
            lines.push(Line::new(tone, percentile.name(), figure));
        }
        if let Some(before) = self.previous.iter().find(|point| point.0 == at) {
            let figure = words.took(before.1);
            lines.push(Line::new(Tone::Named("before"), "p95 before", figure));
        }
        Some(tip::of_bucket(&plan.axes, words, at, dots, lines))
    }

    fn draw<DB: DrawingBackend>(
        plan: &LinesPlan,
        pen: &Pen<'_, DB>,
        _: &dyn Gradients,
        ink: &Ink,
    ) -> Result<(), DrawError> {
        frame::axes(&plan.axes, pen, ink)?;
        for piece in &plan.previous {
            pen.trace(piece, ink.faint.fade(BEFORE), 1.4)?;
        }
        // The median last: where lines touch, it is on top.
        for line in plan.lines.iter().rev() {
            let colour = colour(line.percentile, ink);
            for piece in &line.pieces {
                pen.trace(piece, colour, WIDTH)?;
            }
        }
        Ok(())
    }
}
