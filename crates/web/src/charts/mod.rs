//! Charts: planned by `model`, drawn by `draw`, put on the page by `canvas` and `panel`.

mod area;
mod bars;
mod canvas;
mod closer;
mod donut;
pub mod draw;
pub(crate) mod export;
mod lines;
pub mod model;
mod panel;
mod pointing;
mod spark;
pub(crate) mod table;

pub(crate) use area::queries_panel;
pub(crate) use bars::errors_panel;
pub use canvas::canvas_chart;
pub(crate) use donut::cost_panel;
pub(crate) use lines::response_times_panel;
pub(crate) use spark::sparkline;
