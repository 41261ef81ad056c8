//! What the browser offers, behind small hooks that clean up after themselves.

pub mod address;
pub mod clock;
pub mod device;
pub mod dialog;
pub mod focus;
pub mod frame;
pub mod intl;
pub mod listen;
pub mod scroll;
pub mod start;
pub mod storage;
pub mod theme;
pub mod visibility;
