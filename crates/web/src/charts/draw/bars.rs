use plotters::prelude::DrawingBackend;
use shared_types::OTHER;

use super::{Align, DrawError, Drawing, Gradients, Ink, Pen};
use crate::charts::model::bars::{BarPlan, BarsChart, BarsPlan};
use crate::charts::model::calls::Calls;
use crate::charts::model::frame::{Easel, Rect, Words};
use crate::charts::model::rounded::rounded;
use crate::charts::model::smooth::Point;
use crate::charts::model::tip::{Line, Tip, Tone};

/// CSS pixels of the letters.
pub const LETTERS: f64 = 12.5;

/// CSS pixels above and below a bar's middle that still are its row.
const HALF_ROW: f64 = 13.0;

impl Drawing for BarsChart {
    type Plan = BarsPlan;

    const TELLS: bool = true;

    fn plan(&self, easel: &Easel<'_>) -> BarsPlan {
        BarsPlan::new(self, easel)
    }

    fn shown(&self, _: &BarsPlan) -> (usize, usize) {
        (0, self.rows.len())
    }

    fn calls(&self, plan: &BarsPlan, index: usize, at: Point) -> Option<Calls> {
        let (row, bar) = (self.rows.get(index)?, plan.bars.get(index)?);
        // What is left over is of no one server.
        let failed = bar.failed.left..=bar.failed.right();
        (row.mcp != OTHER).then(|| Calls {
            mcp: Some(row.mcp.clone()),
            errors_only: row.errors > 0 && failed.contains(&at.0),
            since: self.since,
            until: self.until,
        })
    }

    fn nearest(&self, plan: &BarsPlan, at: Point) -> Option<usize> {
        let within = |bar: &BarPlan| (bar.name.y - at.1).abs() <= HALF_ROW;
        plan.bars.iter().position(within)
    }

    fn tell(&self, plan: &BarsPlan, index: usize, words: &dyn Words) -> Option<Tip> {
        let (row, bar) = (self.rows.get(index)?, plan.bars.get(index)?);
        let errors = row.errors as f64;
        Some(Tip {
            at: (bar.ok.left + 24.0, bar.ok.top),
            flipped: false,
            crosshair: None,
            dots: Vec::new(),
            title: row.mcp.clone(),
            lines: vec![
                Line::new(
                    Tone::Named("ok"),
                    "ok",
                    words.whole(row.total as f64 - errors),
                ),
                Line::new(Tone::Named("failed"), "errors", words.whole(errors)),
                Line::new(Tone::Plain, "error rate", words.share(row.share())),
            ],
        })
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
