//! The one source of time: injected, so that tests choose the moment.

use std::sync::Arc;

use timeline::Micros;

/// Tells the time: microseconds since the Unix epoch, UTC.
pub type Clock = Arc<dyn Fn() -> Micros + Send + Sync>;
