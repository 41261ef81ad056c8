//! In whose time everything is told.

use e2e::Device;

use crate::pixels::calls;
use crate::ranges::{drawn, picture};
use crate::world::World;

/// Cards, ticks and buckets are those of the API in this time zone.
fn follows(zone: &str) -> String {
    format!(
        "(async () => {{
            const ask = async (path) => (await fetch(
                `/dashboard/api/v1/dashboard/${{path}}?tz={zone}`)).json();
            const [stats, queries] = [await ask('stats'), await ask('charts/queries')];
            const drawn = document.querySelector('[data-testid=chart-queries] canvas')?.plan;
            const card = document.querySelector('[data-testid=card-queries]');
            if (!drawn || !card) return false;
            const {{ axes, points }} = JSON.parse(drawn);
            const clock = (at) => new Intl.DateTimeFormat('en-GB', {{ timeZone: '{zone}',
                hour: '2-digit', minute: '2-digit' }}).format(at);
            const [from, to] = axes.x_domain;
            const at = (x) => from + (x - axes.plot.left) / axes.plot.width * (to - from);
            const ticks = axes.times.filter(({{ text }}) => /^\\d\\d:\\d\\d$/.test(text));
            return card.dataset.value === String(stats.queries_today)
                && points.length === queries.data.length
                && from === Date.parse(queries.data[0].hour)
                && ticks.length > 2
                && ticks.every(({{ text, x }}) => clock(Math.round(at(x) / 60000) * 60000) === text);
        }})()"
    )
}

#[tokio::test(flavor = "multi_thread")]
async fn every_figure_follows_the_zone_that_is_picked() {
    let Some(world) = World::empty().await else {
        return;
    };
    calls(&world).await;
    let viewer = drawn(&world, Device::DESK).await;
    viewer
        .until("Berlin at first", &follows("Europe/Berlin"))
        .await;
    let filter = "document.activeElement.dataset.testid === 'filter'";
    viewer.click_on("[data-testid=zone]").await;
    viewer.until("one can type", filter).await;
    picture(&viewer, Device::DESK, "zones").await;
    viewer.write("kolkata").await;
    let found = "document.querySelector('[data-testid=option]')?.dataset.label === 'Asia/Kolkata'";
    viewer.until("Kolkata is found", found).await;
    viewer.press("Enter").await;
    viewer
        .until("every figure is Kolkata's", &follows("Asia/Kolkata"))
        .await;
    picture(&viewer, Device::DESK, "zone-kolkata").await;
    viewer.reload().await;
    viewer.until("it is kept", &follows("Asia/Kolkata")).await;
    viewer.click_on("[data-testid=zone]").await;
    viewer.until("one can type", filter).await;
    viewer.press("ArrowDown").await;
    let second = "document.querySelector('[aria-selected=true]')?.dataset.label === 'UTC'";
    viewer.until("UTC is the second", second).await;
    viewer.press("Enter").await;
    viewer.until("every figure is UTC's", &follows("UTC")).await;
    viewer.click_on("[data-testid=zone]").await;
    viewer.until("one can type", filter).await;
    viewer.click_on("[data-testid=option]").await;
    viewer
        .until("the browser's own again", &follows("Europe/Berlin"))
        .await;
    assert_eq!(viewer.complaints(), Vec::<String>::new());
    viewer.leave().await;
}
