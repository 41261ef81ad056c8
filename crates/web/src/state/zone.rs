//! The time zone of every figure: the browser's own, unless the viewer chose another one.

use crate::browser::storage;
use crate::view::Watched;

const KEY: &str = "omni2.zone";

/// The viewer's choice, cheap to copy.
#[derive(Clone, Copy)]
pub struct Zone(Watched<Option<String>>);

impl Zone {
    /// What was chosen at an earlier visit.
    pub fn begin() -> Zone {
        Zone(Watched::new(storage::get(KEY)))
    }

    /// The zone that was chosen (IANA); none is the browser's own.
    pub fn chosen(self) -> Option<String> {
        self.0.get()
    }

    /// Chooses a zone, or the browser's own, and keeps it.
    pub fn choose(self, zone: Option<String>) {
        storage::set(KEY, zone.as_deref());
        self.0.set(zone);
    }
}
