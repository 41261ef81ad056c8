//! Charts: planned by `model`, drawn by `draw`, put on the page by `canvas` and `panel`.

mod area;
mod bars;
mod canvas;
mod donut;
pub mod draw;
mod lines;
pub mod model;
mod panel;
mod spark;

pub(crate) use area::QueriesPanel;
pub(crate) use bars::ErrorsPanel;
pub use canvas::CanvasChart;
pub(crate) use donut::CostPanel;
pub(crate) use lines::ResponseTimesPanel;
pub(crate) use spark::Sparkline;
