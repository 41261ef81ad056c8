//! Markdown made into safe HTML, with code highlighted.
//!
//! It is a module of its own, which a worker runs: crates/web/rich-text-worker.js. An answer
//! is a [`Document`], to which text is pushed as it comes; what it gives back are blocks of
//! HTML that the page puts in as they are, so nothing here may let through what could run,
//! load from elsewhere, or reach beyond its block.

mod document;
mod highlight;
mod limits;
mod links;
mod markdown;
mod text;
#[cfg(target_arch = "wasm32")]
mod wasm;

pub use document::{Document, Update};
pub use highlight::Painter;
