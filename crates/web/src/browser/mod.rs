//! What the browser offers, behind small hooks that clean up after themselves.

pub mod address;
pub mod answer;
pub mod clipboard;
pub mod clock;
pub mod device;
pub mod dialog;
pub mod download;
pub mod focus;
pub mod frame;
pub mod intl;
pub mod json;
pub mod letters;
pub mod listen;
pub mod motion;
pub mod pointer;
pub mod rich_text;
pub mod scroll;
pub mod sheet;
pub mod start;
pub mod storage;
pub mod theme;
pub mod viewport;
pub mod visibility;
pub mod zones;
