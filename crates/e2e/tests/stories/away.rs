//! Things go away and come back.

use e2e::{Device, Gateway, Hub, now};
use hub_sim::{AuditRow, Generation};
use testkit::{ApiProcess, Postgres, free_port};

use crate::feed::{FEED, call, until_counted, write};
use crate::world::{World, watch};

/// Calls in the database before a cut, and those that come while it lasts: more than what a
/// stream that begins anew tells at once.
const BEFORE: i64 = 60;
const MISSED: i64 = 400;

fn cluster() -> Option<Postgres> {
    match Postgres::start() {
        Ok(cluster) => Some(cluster),
        Err(missing) => {
            testkit::skip_or_fail(&missing);
            None
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_database_goes_away_and_nothing_is_lost() {
    let Some(mut cluster) = cluster() else { return };
    let mut hub = Hub::create(cluster.create_database(), Generation::A).await;
    let (_api, gateway) = watch(hub.url());
    let viewer = e2e::Viewer::open(&gateway.page(), Device::DESK).await;
    let before = hub.call("database-mcp").await;
    viewer.until_call(before).await;
    cluster.stop();
    viewer.until_state("stale").await;
    let banner =
        "document.querySelector('[data-testid=banner]')?.textContent.includes('last good figures')";
    viewer
        .until("the banner says what the figures are worth", banner)
        .await;
    viewer.until_call(before).await;
    cluster.restart();
    hub.reconnect().await;
    let mut last = 0;
    for _ in 0..5 {
        last = hub.call("database-mcp").await;
    }
    viewer.until_state("live").await;
    viewer.until_call(last).await;
    let six = "document.querySelector('[data-testid=card-queries]').dataset.value === '6'";
    viewer.until("the card counts all six", six).await;
    let gone = "document.querySelector('[data-testid=banner]') === null";
    viewer.until("the banner is gone", gone).await;
    assert_eq!(viewer.complaints(), Vec::<String>::new());
    viewer.leave().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_database_that_is_not_there_yet_is_waited_for() {
    let Some(mut cluster) = cluster() else { return };
    let hub = Hub::create(cluster.create_database(), Generation::B).await;
    let url = hub.url().to_owned();
    drop(hub);
    cluster.stop();
    let (_api, gateway) = watch(&url);
    let viewer = e2e::Viewer::open(&gateway.page(), Device::DESK).await;
    let banner = "document.querySelector('[data-testid=banner]')?.textContent.includes('database')";
    viewer.until("the banner names the database", banner).await;
    let skeleton = "document.querySelectorAll('.skeleton').length > 0";
    viewer.until("nothing is made up meanwhile", skeleton).await;
    assert_eq!(viewer.complaints(), Vec::<String>::new());
    cluster.restart();
    viewer.until_state("live").await;
    viewer.leave().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_proxy_that_holds_back_streams_only_slows_the_page() {
    let Some(world) = World::empty().await else {
        return;
    };
    world.gateway.pass_streams(false);
    let viewer = world.viewer(Device::DESK).await;
    let id = world.hub.call("database-mcp").await;
    viewer.until_call(id).await;
    viewer.until_state("reconnecting").await;
    let id = world.hub.call("database-mcp").await;
    viewer.until_call(id).await;
    world.gateway.pass_streams(true);
    viewer.until_state("live").await;
    let id = world.hub.call("database-mcp").await;
    viewer.until_call(id).await;
    viewer.leave().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_api_is_replaced_under_an_open_page() {
    let Some(world) = World::empty().await else {
        return;
    };
    let World {
        hub,
        gateway: _,
        api,
    } = world;
    assert!(api.stop());
    let port = free_port().to_string();
    let settings = [("DATABASE_URL", hub.url()), ("API_PORT", port.as_str())];
    let api = ApiProcess::start(&settings);
    let gateway = Gateway::before(&api.url());
    let viewer = e2e::Viewer::open(&gateway.page(), Device::DESK).await;
    let id = hub.call("database-mcp").await;
    viewer.until_call(id).await;
    assert!(api.stop());
    viewer.until_state("stale").await;
    let api = ApiProcess::start(&settings);
    let id = hub.call("database-mcp").await;
    viewer.until_call(id).await;
    viewer.until_state("live").await;
    let two = "document.querySelector('[data-testid=card-queries]').dataset.value === '2'";
    viewer.until("the card counts both", two).await;
    viewer.leave().await;
    assert!(api.stop());
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_reads_further_down_keeps_the_place_over_a_long_cut() {
    let Some(world) = World::empty().await else {
        return;
    };
    let World { hub, .. } = world;
    let port = free_port().to_string();
    let settings = [("DATABASE_URL", hub.url()), ("API_PORT", port.as_str())];
    let api = ApiProcess::start(&settings);
    let gateway = Gateway::before(&api.url());
    write(&hub, BEFORE, call).await;
    let viewer = e2e::Viewer::open(&gateway.page(), Device::DESK).await;
    until_counted(&viewer, BEFORE).await;
    let rows = format!("{FEED}.scrollHeight > 40 * 50");
    viewer.until("the feed is full", &rows).await;
    viewer.read(&format!("{FEED}.scrollTop = 500")).await;
    // The first row that can be read, and where it is.
    let reading = format!(
        "(() => {{
            const top = {FEED}.getBoundingClientRect().top;
            const rows = [...{FEED}.querySelectorAll('[data-id]')];
            const row = rows.find((row) => row.getBoundingClientRect().top >= top);
            return {FEED}.scrollTop === 500 && row
                && [row.dataset.id, Math.round(row.getBoundingClientRect().top - top)];
        }})()"
    );
    let before = viewer.until("it has scrolled", &reading).await;
    assert!(api.stop());
    viewer.until_state("stale").await;
    let missed = |index| AuditRow {
        at: now() + index,
        ..call(index)
    };
    hub.write(&(0..MISSED).map(missed).collect::<Vec<_>>())
        .await;
    let _api = ApiProcess::start(&settings);
    viewer.until_state("live").await;
    let pill = "(document.querySelector('[data-testid=feed-new]')?.textContent ?? '')";
    let counts = format!("/^\\d+\\+ new$/.test({pill}) && parseInt({pill}) < {MISSED}");
    viewer
        .until("the pill says that there are many", &counts)
        .await;
    assert_eq!(viewer.read(&reading).await, before, "nothing has moved");
    viewer.click_on("[data-testid=feed-new]").await;
    let all = format!(
        "(() => {{
            const ids = [...{FEED}.querySelectorAll('[data-id]')].map((row) => Number(row.dataset.id));
            return {FEED}.scrollTop === 0 && ids.length > 5
                && ids.every((id, index) => index === 0 || id === ids[index - 1] - 1);
        }})()"
    );
    viewer.until("the newest are there, each once", &all).await;
    viewer.forgive();
    viewer.leave().await;
}
