//! Things go away and come back.

use e2e::{Device, Gateway, Hub};
use hub_sim::Generation;
use testkit::{ApiProcess, Postgres, free_port};

use crate::world::{World, watch};

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
