//! What the page knows.

mod link;
mod page;

pub use link::Link;
pub use page::{Liveness, Page, Part};
