//! Somebody with a browser.
//!
//! | file | idea |
//! | --- | --- |
//! | `chromium` | the browser itself |
//! | `device` | what somebody looks through |
//! | `opening` | opening the page |
//! | `looking` | what is there, and waiting until something is |
//! | `place` | where things are in the window |
//! | `mouse`, `keys`, `touch` | hands: real events, as from the devices themselves |
//! | `downloads` | files that the page gives |
//! | `wandering` | going from page to page, back and forward |
//! | `surroundings` | preferences, time zone, language, network |
//! | `measuring` | what the browser counts about a page |
//! | `notes` | complaints in the console, and what was asked for |

mod chromium;
mod device;
mod downloads;
mod keys;
mod looking;
mod measuring;
mod mouse;
mod notes;
mod opening;
mod place;
mod surroundings;
mod touch;
mod wandering;

use std::sync::{Arc, Mutex};

use chromiumoxide::Page;
use chromiumoxide::cdp::browser_protocol::browser::BrowserContextId;

pub use chromium::Chromium;
pub use device::Device;
pub use measuring::Counts;
use notes::Notes;
pub use opening::Opening;
pub use place::Place;
pub use surroundings::Preference;

/// Somebody with a page of their own, until they are dropped.
pub struct Viewer {
    chromium: Arc<Chromium>,
    context: BrowserContextId,
    page: Page,
    notes: Notes,
    preferences: Mutex<Preferences>,
}

/// What the browser was told: each telling replaces the last one whole.
#[derive(Default)]
struct Preferences {
    device: Option<Device>,
    others: Vec<Preference>,
}

impl Viewer {
    /// What speaks to the browser.
    pub(crate) fn page(&self) -> &Page {
        &self.page
    }

    /// Closes the page, and the browser with the last one of it.
    pub async fn leave(self) {
        let Viewer {
            chromium, context, ..
        } = self;
        chromium.forget(context).await;
        if let Some(chromium) = Arc::into_inner(chromium) {
            chromium.close().await;
        }
    }
}
