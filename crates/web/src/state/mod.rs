//! What the page knows.

mod link;
mod look;
mod page;
mod zone;

pub use link::Link;
pub use look::{CALLS, Look, Span};
pub use page::{Liveness, Page, Part};
pub use zone::Zone;
