//! What the page knows.

mod link;
mod look;
mod page;
mod zone;
mod zoom;

pub use link::Link;
pub(crate) use link::until;
pub use look::{CALLS, Look, PAGE, Span};
pub use page::{Liveness, Page, Part};
pub use zone::Zone;
pub use zoom::Zoom;
