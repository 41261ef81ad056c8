//! From the wire's figures to geometry: pure, in CSS pixels, tested natively.
//!
//! A chart is planned before it is drawn. A plan holds everything that has a place:
//! ticks, points, slices, bars, labels. It is what the drawing code draws, what the page
//! exposes for tests and assistive technology, and what pointers will be looked up in.

pub mod area;
pub mod bars;
pub mod calls;
pub mod colours;
pub mod cut;
pub mod donut;
pub mod figures;
pub mod frame;
pub mod lines;
pub mod rounded;
pub mod smooth;
pub mod spark;
pub mod stamp;
pub mod table;
pub mod ticks;
pub mod time;
pub mod time_ticks;
pub mod tip;
pub mod trace;
mod turn;
pub mod view;
