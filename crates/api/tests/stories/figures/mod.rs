//! Every figure is the one that SQL computes of the same rows.

mod charts;
mod compared;
mod feed;
mod finer;
pub(crate) mod rows;

/// Wednesday afternoon, far from any change of clocks in the zones of these stories.
pub(crate) const NOW: &str = "2026-06-17T13:47:21Z";
