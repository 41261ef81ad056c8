//! Going from page to page.

use chromiumoxide::cdp::browser_protocol::page::{
    EventFrameNavigated, EventLoadEventFired, EventNavigatedWithinDocument,
    GetNavigationHistoryParams, NavigateToHistoryEntryParams,
};
use futures_util::StreamExt;
use serde_json::Value;
use testkit::DEADLINE;

use super::Viewer;

impl Viewer {
    /// Goes to an address and waits until it is loaded.
    pub async fn go(&self, address: &str) {
        let address = Value::from(address);
        self.leave_by(&format!("location.assign({address})")).await;
    }

    /// Loads the page anew, and waits until it is loaded.
    pub async fn reload(&self) {
        self.leave_by("location.reload()").await;
    }

    /// Clicks on what loads the page anew, at once or after a while, and waits until it is
    /// loaded.
    pub async fn leave_through(&self, selector: &str) {
        let selector = Value::from(selector);
        let click = format!("document.querySelector({selector}).click()");
        self.leave_by(&click).await;
    }

    /// Lets the page go elsewhere, as a link does, and waits until another one is loaded in
    /// its place. The browser says so itself: chromiumoxide's own waiting follows every part
    /// of a navigation, and at times misses the end of one.
    async fn leave_by(&self, way: &str) {
        let loads = self.page.event_listener::<EventLoadEventFired>();
        let mut loads = loads.await.unwrap();
        // The page answers before it goes, and what it had been loading may still end.
        let leave = format!("document.left = true; setTimeout(() => {way}); 0");
        self.read(&leave).await;
        let arrived = async {
            while loads.next().await.is_some() {
                let is_other = self.page.evaluate("document.left !== true").await;
                if is_other.is_ok_and(|other| matches!(other.into_value(), Ok(true))) {
                    return;
                }
            }
        };
        let arrived = tokio::time::timeout(DEADLINE, arrived).await;
        arrived.unwrap_or_else(|_| panic!("no page was loaded by {way}"));
    }

    /// Presses the browser's button that goes back.
    pub async fn back(&self) {
        self.turn_pages(-1).await;
    }

    /// Presses the browser's button that goes forward.
    pub async fn forward(&self) {
        self.turn_pages(1).await;
    }

    /// Waits until `act` has opened another page, at an address that ends so, and this one
    /// is left as it was.
    pub async fn opens_beside(&self, ending: &str, act: impl Future<Output = ()>) {
        let before = self.read("location.href").await;
        self.chromium.opens(ending, act).await;
        assert_eq!(self.read("location.href").await, before);
    }

    async fn turn_pages(&self, by: i64) {
        let question = GetNavigationHistoryParams::default();
        let history = self.page.execute(question).await.unwrap().result;
        let entry = usize::try_from(history.current_index + by)
            .ok()
            .and_then(|index| history.entries.get(index));
        let entry = entry.expect("there is no page in that direction");
        let mut to_other = self
            .page
            .event_listener::<EventFrameNavigated>()
            .await
            .unwrap();
        let within = self.page.event_listener::<EventNavigatedWithinDocument>();
        let mut within = within.await.unwrap();
        let turn = NavigateToHistoryEntryParams::new(entry.id);
        self.page.execute(turn).await.unwrap();
        let turned = async {
            tokio::select! {
                _ = to_other.next() => self.page.wait_for_navigation().await.map(|_| ()),
                _ = within.next() => Ok(()),
            }
        };
        let turned = tokio::time::timeout(DEADLINE, turned).await;
        turned.expect("the browser turns to another page").unwrap();
    }
}
