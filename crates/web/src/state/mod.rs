//! What the page knows.

mod finer;
mod link;
mod look;
mod page;
mod part;
mod you;
mod zone;
mod zoom;

pub use link::Link;
pub(crate) use link::until;
pub use look::{CALLS, Look, PAGE, Span};
pub use page::{Liveness, Page};
pub use part::Part;
pub use you::You;
pub use zone::Zone;
pub use zoom::Zoom;
