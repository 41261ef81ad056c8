use plotters::prelude::DrawingBackend;

use super::{DrawError, Drawing, Gradients, Ink, Pen, frame};
use crate::charts::model::colours::Rgba;
use crate::charts::model::frame::Easel;
use crate::charts::model::lines::{LinesChart, LinesPlan, Percentile};

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

    fn plan(&self, easel: &Easel<'_>) -> LinesPlan {
        LinesPlan::new(self, easel)
    }

    fn draw<DB: DrawingBackend>(
        plan: &LinesPlan,
        pen: &Pen<'_, DB>,
        _: &dyn Gradients,
        ink: &Ink,
    ) -> Result<(), DrawError> {
        frame::axes(&plan.axes, pen, ink)?;
        // The median last: where lines touch, it is on top.
        for line in plan.lines.iter().rev() {
            let colour = colour(line.percentile, ink);
            for piece in &line.pieces {
                match piece.as_slice() {
                    // A bucket between two gaps is a dot, not nothing.
                    [alone] => pen.dot(*alone, 2.4, colour)?,
                    piece => pen.line(piece, colour, WIDTH)?,
                }
            }
        }
        Ok(())
    }
}
