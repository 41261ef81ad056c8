//! No network for a while: what is known stays, and says since when.

use std::time::Duration;

use e2e::Device;

use crate::feed::FEED;
use crate::filters::picture;
use crate::panels::until_card;
use crate::world::World;

const BANNER: &str = "(document.querySelector('[data-testid=banner]')?.textContent ?? '')";

#[tokio::test(flavor = "multi_thread")]
async fn without_a_network_the_last_figures_stay_and_say_since_when() {
    let Some(world) = World::empty().await else {
        return;
    };
    let first = world.hub.call("database-mcp").await;
    let viewer = world.viewer(Device::DESK).await;
    viewer.until_call(first).await;
    viewer.until_state("live").await;
    until_card(&viewer, 1).await;
    viewer.unplug(true).await;
    let said = tokio::time::timeout(Duration::from_secs(5), viewer.until_state("stale")).await;
    assert!(said.is_ok(), "it is said within seconds");
    let since = "/Stale since \\d/.test(document.querySelector('[data-testid=live]').textContent)";
    viewer.until("the pill says since when", since).await;
    let plain = format!("{BANNER}.includes('offline') && {BANNER}.includes('the figures of')");
    viewer
        .until("the banner says what is the matter", &plain)
        .await;
    picture(&viewer, "offline").await;
    until_card(&viewer, 1).await;
    viewer.until_call(first).await;
    let mut last = first;
    for _ in 0..3 {
        last = world.hub.call("files-mcp").await;
    }
    viewer.unplug(false).await;
    let back = tokio::time::timeout(Duration::from_secs(5), viewer.until_state("live")).await;
    assert!(back.is_ok(), "it is live within seconds");
    viewer.until_call(last).await;
    until_card(&viewer, 4).await;
    let ids =
        format!("[...{FEED}.querySelectorAll('[data-id]')].map((row) => Number(row.dataset.id))");
    let ids = viewer.read(&ids).await;
    let all: Vec<i64> = (first..=last).rev().collect();
    assert_eq!(
        ids,
        serde_json::json!(all),
        "none is missing, none is twice"
    );
    let gone = format!("{BANNER} === ''");
    viewer.until("the banner is gone", &gone).await;
    viewer.forgive();
    viewer.leave().await;
}
