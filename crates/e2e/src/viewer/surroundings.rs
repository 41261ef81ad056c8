//! What a page finds around it: the screen, what its viewer prefers, where in the world
//! that is, and whether there is a network.

use chromiumoxide::cdp::browser_protocol::browser::{
    PermissionDescriptor, PermissionSetting, SetPermissionParams,
};
use chromiumoxide::cdp::browser_protocol::emulation::{
    MediaFeature, SetDeviceMetricsOverrideParams, SetLocaleOverrideParams,
    SetTouchEmulationEnabledParams, SetUserAgentOverrideParams,
};
use chromiumoxide::cdp::browser_protocol::network;
use serde_json::Value;

use super::{Device, Viewer};

/// What a system can be told to prefer, besides a theme.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Preference {
    /// As little as possible moves.
    ReducedMotion,
    /// Nothing shines through.
    ReducedTransparency,
    /// More contrast.
    MoreContrast,
    /// The system's own few colours.
    ForcedColours,
}

impl Preference {
    fn feature(self) -> (&'static str, &'static str) {
        match self {
            Preference::ReducedMotion => ("prefers-reduced-motion", "reduce"),
            Preference::ReducedTransparency => ("prefers-reduced-transparency", "reduce"),
            Preference::MoreContrast => ("prefers-contrast", "more"),
            Preference::ForcedColours => ("forced-colors", "active"),
        }
    }
}

impl Viewer {
    /// Lets pages read the clipboard: what was copied last.
    pub async fn clipboard(&self) -> String {
        let allow = SetPermissionParams::builder()
            .permission(PermissionDescriptor::new("clipboard-read"))
            .setting(PermissionSetting::Granted)
            .browser_context_id(self.context.clone());
        self.page.execute(allow.build().unwrap()).await.unwrap();
        let text = self.read("navigator.clipboard.readText()").await;
        text.as_str().unwrap_or_default().to_owned()
    }

    /// Changes to another device; what is preferred besides its theme stays.
    pub async fn take(&self, device: Device) {
        let (width, height) = (i64::from(device.width), i64::from(device.height));
        let metrics = SetDeviceMetricsOverrideParams::new(width, height, device.ratio, false);
        self.page.execute(metrics).await.unwrap();
        let touch = SetTouchEmulationEnabledParams::new(device.touch);
        self.page.execute(touch).await.unwrap();
        self.preferences.lock().unwrap().device = Some(device);
        self.tell_preferences().await;
    }

    /// Sets what the system prefers to exactly these, besides the device's theme.
    pub async fn prefer(&self, all: &[Preference]) {
        self.preferences.lock().unwrap().others = all.to_vec();
        self.tell_preferences().await;
    }

    async fn tell_preferences(&self) {
        let features = {
            let preferences = self.preferences.lock().unwrap();
            let dark = preferences.device.is_some_and(|device| device.dark);
            let scheme = if dark { "dark" } else { "light" };
            let others = preferences.others.iter().map(|other| other.feature());
            std::iter::once(("prefers-color-scheme", scheme))
                .chain(others)
                .map(|(name, value)| MediaFeature::new(name, value))
                .collect()
        };
        self.page.emulate_media_features(features).await.unwrap();
    }

    /// Moves to another time zone (IANA); an open page is told when it is loaded anew.
    pub async fn travel_to(&self, zone: &str) {
        self.page.emulate_timezone(zone.to_owned()).await.unwrap();
    }

    /// Changes the language (BCP 47) of the browser, and what it asks servers for; an open
    /// page is told when it is loaded anew.
    pub async fn speak(&self, locale: &str) {
        let agent = self.read("navigator.userAgent").await;
        let agent = agent.as_str().unwrap_or_default();
        let agent = SetUserAgentOverrideParams::builder()
            .user_agent(agent)
            .accept_language(locale);
        self.page.execute(agent.build().unwrap()).await.unwrap();
        let locale = SetLocaleOverrideParams::builder().locale(locale).build();
        self.page.execute(locale).await.unwrap();
    }

    /// Pulls the network's plug, or puts it back.
    #[expect(
        deprecated,
        reason = "one command for requests and `navigator` alike; what replaces it takes two"
    )]
    pub async fn unplug(&self, away: bool) {
        let network = network::EmulateNetworkConditionsParams::new(away, 0.0, -1.0, -1.0);
        self.page.execute(network).await.unwrap();
        let told = self.read("navigator.onLine").await;
        assert_eq!(told, Value::from(!away), "the browser knows");
    }
}
