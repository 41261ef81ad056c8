use plotters::prelude::DrawingBackend;

use super::{Align, DrawError, Drawing, Gradients, Ink, Pen};
use crate::charts::model::bars::{BarPlan, BarsChart, BarsPlan, rounded};
use crate::charts::model::frame::{Easel, Rect};

/// CSS pixels of the letters.
pub const LETTERS: f64 = 12.5;

impl Drawing for BarsChart {
    type Plan = BarsPlan;

    fn plan(&self, easel: &Easel<'_>) -> BarsPlan {
        BarsPlan::new(self, easel)
    }

    fn draw<DB: DrawingBackend>(
        plan: &BarsPlan,
        pen: &Pen<'_, DB>,
        gradients: &dyn Gradients,
        ink: &Ink,
    ) -> Result<(), DrawError> {
        for bar in &plan.bars {
            self::bar(bar, pen, gradients, ink)?;
        }
        Ok(())
    }
}

fn bar<DB: DrawingBackend>(
    bar: &BarPlan,
    pen: &Pen<'_, DB>,
    gradients: &dyn Gradients,
    ink: &Ink,
) -> Result<(), DrawError> {
    pen.text(&bar.name, Align::Left, LETTERS, false, ink.plain)?;
    let (ok, failed) = (seen(bar.ok), seen(bar.failed));
    if ok {
        let (left, right) = ((bar.ok.left, 0.0), (bar.ok.right(), 0.0));
        let from = (left, ink.green.fade(0.55));
        gradients.fill(&rounded(bar.ok, true, !failed), from, (right, ink.green));
    }
    if failed {
        pen.fill(&rounded(bar.failed, !ok, true), ink.red)?;
    }
    let alarm = if bar.notable { ink.alarm } else { ink.strong };
    pen.text(&bar.percent, Align::Right, LETTERS, true, alarm)?;
    pen.text(&bar.of, Align::Right, LETTERS, false, ink.faint)
}

fn seen(rect: Rect) -> bool {
    rect.width > 0.0
}
