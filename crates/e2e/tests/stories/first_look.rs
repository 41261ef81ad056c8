//! The first minutes with the dashboard.

use std::time::Instant;

use e2e::Device;

use crate::world::World;

/// Every card against the API, asked by the page itself at that moment.
const CARDS_EQUAL_THE_API: &str = "fetch('/dashboard/api/v1/dashboard/stats?tz=Europe/Berlin')
    .then((answer) => answer.json())
    .then((stats) => [
        ['card-active-mcps', stats.active_mcps], ['card-users', stats.total_users],
        ['card-queries', stats.queries_today], ['card-cost', stats.cost_today],
    ].every(([card, figure]) =>
        document.querySelector(`[data-testid=${card}]`).dataset.value === String(figure)))";

#[tokio::test(flavor = "multi_thread")]
async fn somebody_tries_it_with_the_simulated_hub() {
    let world = World::simulated();
    // The page is opened while the hub is still writing its past.
    let viewer = world.viewer(Device::DESK).await;
    viewer.until_state("live").await;
    viewer
        .until("the cards equal the API's figures", CARDS_EQUAL_THE_API)
        .await;
    let source = viewer
        .read("document.querySelector('[data-testid=source]').textContent")
        .await;
    assert_eq!(source, "simulated hub");
    for chart in ["queries", "cost", "response-times", "errors"] {
        let drawn = format!("!!document.querySelector('[data-testid=chart-{chart}] canvas')?.plan");
        viewer.until(&format!("{chart} is drawn"), &drawn).await;
    }
    // It moves while one looks, though at night a minute may go by between two calls.
    let newest = "Number(document.querySelector('[data-testid=feed] [data-id]').dataset.id)";
    let before = viewer.read(newest).await;
    viewer
        .until_at_last("a new call comes in", &format!("{newest} > {before}"))
        .await;
    assert_eq!(viewer.complaints(), Vec::<String>::new());
    for address in viewer.requests() {
        assert!(
            address.starts_with(&world.gateway.page()) || address == "about:blank",
            "{address}"
        );
    }
    viewer.leave().await;
    assert!(world.api.stop());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_committed_call_shows_at_once() {
    let Some(world) = World::empty().await else {
        return;
    };
    let viewer = world.viewer(Device::DESK).await;
    viewer.until_state("live").await;
    let mut took = Vec::new();
    for _ in 0..7 {
        let id = world.hub.call("database-mcp").await;
        let committed = Instant::now();
        viewer.until_call(id).await;
        took.push(committed.elapsed());
    }
    took.sort();
    let (median, longest) = (took.get(3).unwrap(), took.last().unwrap());
    println!("committed to shown: median {median:?}, longest {longest:?} of 7");
    let count = "document.querySelector('[data-testid=card-queries]').dataset.value === '7'";
    viewer.until("the card counts all seven", count).await;
    viewer
        .until("the cards equal the API's figures", CARDS_EQUAL_THE_API)
        .await;
    assert_eq!(viewer.complaints(), Vec::<String>::new());
    viewer.leave().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_hub_that_nobody_has_used_yet_is_no_fault() {
    let Some(world) = World::empty().await else {
        return;
    };
    let viewer = world.viewer(Device::DESK).await;
    viewer.until_state("live").await;
    let empty = "document.querySelectorAll('[data-testid=empty]').length === 5";
    viewer
        .until("four charts and the feed say that there is nothing", empty)
        .await;
    let banner = viewer
        .read("document.querySelector('[data-testid=banner]') === null")
        .await;
    assert_eq!(banner, true);
    assert_eq!(viewer.complaints(), Vec::<String>::new());
    // The first call ever.
    let id = world.hub.call("database-mcp").await;
    viewer.until_call(id).await;
    let chart = "!!document.querySelector('[data-testid=chart-queries] canvas')";
    viewer.until("the first chart comes", chart).await;
    viewer.leave().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_reads_further_down_is_not_moved() {
    let Some(world) = World::empty().await else {
        return;
    };
    let mut last = 0;
    for _ in 0..40 {
        last = world.hub.call("database-mcp").await;
    }
    let viewer = world.viewer(Device::DESK).await;
    let rows = "document.querySelector('[data-testid=feed]')?.scrollHeight > 40 * 50";
    viewer.until("the feed is full", rows).await;
    // One that came later would be new, too.
    viewer.until_call(last).await;
    let feed = "document.querySelector('[data-testid=feed]')";
    viewer.read(&format!("{feed}.scrollTop = 300")).await;
    viewer
        .until("it has scrolled", &format!("{feed}.scrollTop > 200"))
        .await;
    let top_row = format!("{feed}.querySelector('[data-id]').dataset.id");
    let before = viewer.read(&top_row).await;
    for _ in 0..3 {
        world.hub.call("database-mcp").await;
    }
    let pill = "document.querySelector('[data-testid=feed-new]')";
    viewer
        .until(
            "the pill counts three",
            &format!("{pill}?.textContent.includes('3 new')"),
        )
        .await;
    assert_eq!(viewer.read(&top_row).await, before);
    viewer.read(&format!("{pill}.click()")).await;
    viewer
        .until(
            "the newest is on top",
            &format!("{top_row} !== '{}'", before.as_str().unwrap()),
        )
        .await;
    viewer
        .until("the list is at its top", &format!("{feed}.scrollTop === 0"))
        .await;
    viewer.leave().await;
}
