use plotters::prelude::DrawingBackend;

use super::{Align, DrawError, Ink, Pen};
use crate::charts::model::frame::{Axes, Label};

/// CSS pixels of a tick's letters.
pub const TICKS: f64 = 11.0;

/// Grid lines and the ticks of both axes.
pub(super) fn axes<DB: DrawingBackend>(
    axes: &Axes,
    pen: &Pen<'_, DB>,
    ink: &Ink,
) -> Result<(), DrawError> {
    for line in &axes.grid {
        pen.hairline(axes.plot.left, axes.plot.right(), line.y, ink.grid)?;
        let label = Label {
            text: line.label.clone(),
            x: axes.plot.left - 8.0,
            y: line.y,
        };
        pen.text(&label, Align::Right, TICKS, false, ink.faint)?;
    }
    for time in &axes.times {
        pen.text(time, Align::Center, TICKS, false, ink.faint)?;
    }
    Ok(())
}
