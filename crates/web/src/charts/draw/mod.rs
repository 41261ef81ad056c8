//! Plans on paper: plotters draws, generic over its backend.
//!
//! plotters counts in whole pixels, which makes smooth curves rough. So the paper is finer
//! than the screen: lengths are multiplied by a unit of several steps a device pixel, and
//! whoever owns the canvas scales it down again.

mod area;
mod bars;
mod donut;
mod fine;
mod frame;
mod lines;
mod pen;
mod spark;

pub use bars::LETTERS;
pub use fine::Fine;
pub use frame::TICKS;
pub use pen::{Align, Pen};

use serde::Serialize;

use super::model::calls::Calls;
use super::model::colours::{HUES, Hue, Rgba};
use super::model::frame::{Axes, Easel, Words};
use super::model::smooth::Point;
use super::model::tip::Tip;

/// The drawing went wrong, in the backend's words.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the chart could not be drawn: {0}")]
pub struct DrawError(pub String);

/// The colours there are, as the style sheet has them now.
#[derive(Clone, Debug, PartialEq)]
pub struct Ink {
    /// Grid lines.
    pub grid: Rgba,
    /// Figures.
    pub strong: Rgba,
    /// Names.
    pub plain: Rgba,
    /// Axis labels.
    pub faint: Rgba,
    /// Accents by name.
    pub purple: Rgba,
    /// Users, and the 95th percentile.
    pub blue: Rgba,
    /// What went well, and the median.
    pub green: Rgba,
    /// Cost, and the 99th percentile.
    pub orange: Rgba,
    /// What failed.
    pub red: Rgba,
    /// What failed, where it is text.
    pub alarm: Rgba,
    /// The MCP servers' hues.
    pub hues: [Rgba; HUES],
    /// Calls of no server.
    pub neutral: Rgba,
}

impl Ink {
    /// The colour of a hue.
    pub fn hue(&self, hue: Hue) -> Rgba {
        match hue {
            Hue::Mcp(index) => self.hues.get(index).copied().unwrap_or(self.neutral),
            Hue::Neutral => self.neutral,
        }
    }
}

/// What plotters has not: fills that go from one colour to another.
pub trait Gradients {
    /// Fills an outline (CSS pixels); colours change along the line between two points.
    fn fill(&self, outline: &[Point], from: (Point, Rgba), to: (Point, Rgba));
}

/// A chart that can be planned and drawn.
pub trait Drawing: Clone + PartialEq + Send + Sync + 'static {
    /// Everything in it that has a place.
    type Plan: Serialize;

    /// Lays it out.
    fn plan(&self, easel: &Easel<'_>) -> Self::Plan;

    /// There is something in it that can be pointed at.
    const TELLS: bool = false;

    /// Time runs from left to right: it can be zoomed and panned.
    const OVER_TIME: bool = false;

    /// What is pointed at is drawn otherwise than the rest.
    const LIFTS: bool = false;

    /// The axes, where there are any.
    fn axes(_plan: &Self::Plan) -> Option<&Axes> {
        None
    }

    /// The first of the things that can be walked through, and how many they are.
    fn shown(&self, _plan: &Self::Plan) -> (usize, usize) {
        (0, 0)
    }

    /// Which calls one of them counts, at a place of it.
    fn calls(&self, _plan: &Self::Plan, _index: usize, _at: Point) -> Option<Calls> {
        None
    }

    /// Which of them a place in CSS pixels is at or nearest to.
    fn nearest(&self, _plan: &Self::Plan, _at: Point) -> Option<usize> {
        None
    }

    /// What is told of one of them.
    fn tell(&self, _plan: &Self::Plan, _index: usize, _words: &dyn Words) -> Option<Tip> {
        None
    }

    /// Draws what was laid out.
    ///
    /// # Errors
    /// When the backend fails.
    fn draw<DB: plotters::prelude::DrawingBackend>(
        plan: &Self::Plan,
        pen: &Pen<'_, DB>,
        gradients: &dyn Gradients,
        ink: &Ink,
    ) -> Result<(), DrawError>;
}
