//! Going from page to page.

use chromiumoxide::cdp::browser_protocol::page::{
    EventFrameNavigated, EventNavigatedWithinDocument, GetNavigationHistoryParams,
    NavigateToHistoryEntryParams,
};
use futures_util::StreamExt;
use testkit::DEADLINE;

use super::Viewer;

impl Viewer {
    /// Goes to an address and waits until it is loaded.
    pub async fn go(&self, address: &str) {
        self.page.goto(address).await.unwrap();
    }

    /// Loads the page anew, and waits until it is loaded.
    pub async fn reload(&self) {
        self.page.reload().await.unwrap();
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
