use plotters::prelude::DrawingBackend;

use super::{DrawError, Drawing, Gradients, Ink, Pen};
use crate::charts::model::frame::Easel;
use crate::charts::model::spark::{Spark, SparkPlan, Tone};

impl Drawing for Spark {
    type Plan = (SparkPlan, Tone);

    fn plan(&self, easel: &Easel<'_>) -> Self::Plan {
        (SparkPlan::new(self, easel), self.tone)
    }

    fn draw<DB: DrawingBackend>(
        (plan, tone): &Self::Plan,
        pen: &Pen<'_, DB>,
        gradients: &dyn Gradients,
        ink: &Ink,
    ) -> Result<(), DrawError> {
        let colour = match tone {
            Tone::Queries => ink.green,
            Tone::Cost => ink.orange,
        };
        let (top, bottom) = ((0.0, 0.0), (0.0, plan.bottom));
        gradients.fill(
            &plan.outline(),
            (top, colour.fade(0.38)),
            (bottom, colour.fade(0.04)),
        );
        pen.line(&plan.line, colour, 1.8)
    }
}
