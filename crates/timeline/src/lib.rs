//! The arithmetic behind every figure of the dashboard.
//!
//! Rows of the hub's audit log go in as [`Call`]s; sums over spans of time come out.
//! Pure: no I/O, no clock of its own (every function that needs the time is told it),
//! and none of our other crates.
//!
//! | file | idea |
//! | --- | --- |
//! | `money` | exact decimal money |
//! | `attribution` | which MCP servers a row counts for |
//! | `sketch` | mergeable latency sketch, percentiles |
//! | `call`, `tally` | what goes in, what comes out |
//! | `names`, `bucket`, `quarter` | how a quarter-hour is held |
//! | `timeline`, `fold`, `joined` | what is held and for how long; sums over spans |
//! | `zone`, `edges`, `window`, `before` | days, hours and buckets on a viewer's wall clock |

mod attribution;
mod before;
mod bucket;
mod call;
mod edges;
mod fold;
mod joined;
mod money;
mod names;
mod quarter;
mod replace;
mod sketch;
mod span;
mod tally;
mod timeline;
mod window;
mod zone;

pub use attribution::attribute;
pub use call::{Call, Placed};
pub use joined::joined;
pub use money::Money;
pub use names::{OTHER, UNATTRIBUTED};
pub use sketch::{Sketch, floor_of};
pub use span::{DAY, HOUR, MINUTE, Micros, QUARTER, SECOND, Span, running_minute_end};
pub use tally::{McpTally, Tally};
pub use timeline::{MINUTES_KEPT, Timeline};
pub use window::{BucketSize, MAX_BUCKETS, MAX_DAYS, Range, Window, WindowError};
pub use zone::Zone;
