//! Signs that only the chat has: they come with it.

use leptos::prelude::*;

use crate::components::icon::drawn;

/// A sign, 1 em high: see [`crate::components::icon`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sign {
    /// Leaves only the head.
    Smaller,
    /// Shows all again.
    Larger,
    /// Clears.
    Bin,
    /// Copies.
    Copy,
    /// Stops.
    Stop,
    /// Does it again.
    Again,
    /// To the end.
    Down,
    /// A tool.
    Tool,
}

/// The sign.
pub(super) fn sign(sign: Sign) -> AnyView {
    drawn(match sign {
        Sign::Smaller => "M5 18.5h14",
        Sign::Larger => "M6 14.5l6-6 6 6",
        Sign::Bin => "M4.5 7h15M9.5 7V4.5h5V7M6.5 7l1 12.5h9l1-12.5M10 11v5M14 11v5",
        Sign::Copy => "M9 9h10v11H9zM15 9V4.5H5v11h4",
        Sign::Stop => "M7.5 7.5h9v9h-9z",
        Sign::Again => "M19.5 12a7.5 7.5 0 1 1-2.3-5.4M19.5 3.5v4h-4",
        Sign::Down => "M12 5v14M6 13l6 6 6-6",
        Sign::Tool => {
            "M14.5 6.5a4 4 0 0 1 5-1L16.8 8.2l1 1L20.5 6.5a4 4 0 0 1-5.5 5L8 18.5a2 2 0 0 1-3-3l7-7a4 4 0 0 1 2.5-2Z"
        }
    })
}
