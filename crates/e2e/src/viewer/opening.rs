//! Opening the page: on which device, where in the world, in which language.

use std::sync::{Arc, Mutex};

use chromiumoxide::cdp::browser_protocol::network::SetCacheDisabledParams;

use super::{Chromium, Device, Notes, Viewer};

/// Somebody who is about to open a page.
#[derive(Clone, Debug)]
pub struct Opening {
    device: Device,
    zone: String,
    locale: Option<String>,
    cached: bool,
}

impl Opening {
    /// On this device, in Europe/Berlin, in the browser's own language.
    pub fn on(device: Device) -> Opening {
        Opening {
            device,
            zone: "Europe/Berlin".to_owned(),
            locale: None,
            cached: true,
        }
    }

    /// In this time zone (IANA).
    #[must_use]
    pub fn zone(mut self, zone: &str) -> Opening {
        zone.clone_into(&mut self.zone);
        self
    }

    /// In this language (BCP 47).
    #[must_use]
    pub fn locale(mut self, locale: &str) -> Opening {
        self.locale = Some(locale.to_owned());
        self
    }

    /// Without the browser's cache, as if every address were asked for the first time.
    #[must_use]
    pub fn uncached(mut self) -> Opening {
        self.cached = false;
        self
    }

    /// Opens a page in a browser of its own.
    pub async fn at(self, address: &str) -> Viewer {
        self.within(Chromium::shell().await, address).await
    }

    /// Opens a page in a browser that others use too.
    pub async fn within(self, chromium: Arc<Chromium>, address: &str) -> Viewer {
        let viewer = self.before(chromium).await;
        viewer.go(address).await;
        viewer
    }

    /// Takes a seat, and opens nothing yet.
    pub async fn before(self, chromium: Arc<Chromium>) -> Viewer {
        let (page, context) = chromium.page().await;
        let notes = Notes::of(&page).await;
        let viewer = Viewer {
            chromium,
            context,
            page,
            notes,
            preferences: Mutex::default(),
        };
        if !self.cached {
            let off = SetCacheDisabledParams::new(true);
            viewer.page.execute(off).await.unwrap();
        }
        viewer.take(self.device).await;
        viewer.travel_to(&self.zone).await;
        if let Some(locale) = &self.locale {
            viewer.speak(locale).await;
        }
        viewer
    }
}

impl Viewer {
    /// Opens a page on a device in Europe/Berlin.
    pub async fn open(address: &str, device: Device) -> Viewer {
        Opening::on(device).at(address).await
    }
}
