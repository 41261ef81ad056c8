use plotters::prelude::DrawingBackend;
use shared_types::OTHER;

use super::{DrawError, Drawing, Gradients, Ink, Pen};
use crate::charts::model::calls::Calls;
use crate::charts::model::donut::{DonutChart, DonutPlan};
use crate::charts::model::frame::{Easel, Words};
use crate::charts::model::smooth::Point;
use crate::charts::model::tip::{Line, Tip, Tone};

impl Drawing for DonutChart {
    type Plan = DonutPlan;

    const TELLS: bool = true;

    fn plan(&self, easel: &Easel<'_>) -> DonutPlan {
        DonutPlan::new(self, easel)
    }

    const LIFTS: bool = true;

    fn shown(&self, plan: &DonutPlan) -> (usize, usize) {
        (0, plan.slices.len())
    }

    fn calls(&self, _: &DonutPlan, index: usize, _: Point) -> Option<Calls> {
        let part = self.costly().nth(index)?;
        // What is left over is of no one server.
        (part.mcp != OTHER).then(|| Calls {
            mcp: Some(part.mcp.clone()),
            since: self.since,
            until: self.until,
            ..Calls::default()
        })
    }

    fn nearest(&self, plan: &DonutPlan, at: Point) -> Option<usize> {
        plan.slice_at(at)
    }

    fn tell(&self, plan: &DonutPlan, index: usize, words: &dyn Words) -> Option<Tip> {
        let part = self.costly().nth(index)?;
        let slice = plan.slices.get(index)?;
        let middle = plan.at(
            plan.outer.midpoint(plan.inner),
            slice.from.midpoint(slice.to),
        );
        let tone = Tone::Mcp(part.hue);
        Some(Tip {
            at: middle,
            flipped: false,
            crosshair: None,
            dots: Vec::new(),
            title: part.mcp.clone(),
            lines: vec![
                Line::new(tone, "cost", words.dollars(part.cost)),
                Line::new(Tone::Plain, "share", words.share(self.share(part))),
                Line::new(Tone::Plain, "queries", words.whole(part.queries as f64)),
            ],
        })
    }

    fn draw<DB: DrawingBackend>(
        plan: &DonutPlan,
        pen: &Pen<'_, DB>,
        _: &dyn Gradients,
        ink: &Ink,
    ) -> Result<(), DrawError> {
        for (index, slice) in plan.slices.iter().enumerate() {
            let (dx, dy) = plan.lift(index);
            let outline = plan.outline(slice).into_iter();
            let lifted: Vec<Point> = outline.map(|(x, y)| (x + dx, y + dy)).collect();
            pen.fill(&lifted, ink.hue(slice.hue))?;
        }
        Ok(())
    }
}
