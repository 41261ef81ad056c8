use plotters::prelude::DrawingBackend;

use super::{DrawError, Drawing, Gradients, Ink, Pen};
use crate::charts::model::donut::{DonutChart, DonutPlan};
use crate::charts::model::frame::Easel;

impl Drawing for DonutChart {
    type Plan = DonutPlan;

    fn plan(&self, easel: &Easel<'_>) -> DonutPlan {
        DonutPlan::new(self, easel)
    }

    fn draw<DB: DrawingBackend>(
        plan: &DonutPlan,
        pen: &Pen<'_, DB>,
        _: &dyn Gradients,
        ink: &Ink,
    ) -> Result<(), DrawError> {
        for slice in &plan.slices {
            pen.fill(&plan.outline(slice), ink.hue(slice.hue))?;
        }
        Ok(())
    }
}
