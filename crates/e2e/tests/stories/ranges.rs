//! How far back the page looks: one click, a day with a name, or any two moments; and the
//! address says it.

use std::path::PathBuf;

use e2e::{Device, Viewer};

use crate::pixels::calls;
use crate::world::World;

/// What the queries chart draws equals the API's answer for the range of the address.
const EQUALS_THE_API: &str = "(async () => {
    const drawn = document.querySelector('[data-testid=chart-queries] canvas')?.plan;
    if (!drawn) return false;
    const query = new URLSearchParams({ tz: 'Europe/Berlin' });
    for (const [name, value] of new URLSearchParams(location.search)) {
        if (['range', 'from', 'to'].includes(name)) query.set(name, value);
    }
    const answer = await (await fetch(`/dashboard/api/v1/dashboard/charts/queries?${query}`)).json();
    const { points, axes } = JSON.parse(drawn);
    return points.length === answer.data.length && points.every(([, y], index) => {
        const value = (axes.plot.top + axes.plot.height - y) / axes.plot.height * axes.y_top;
        return Math.abs(value - answer.data[index].count) < axes.y_top / 200;
    });
})()";

fn chosen(range: &str) -> String {
    format!("document.querySelector('[data-range=\"{range}\"]')?.checked")
}

/// A picture to look at, where pictures are wanted.
pub(crate) async fn picture(viewer: &Viewer, device: Device, name: &str) {
    if let Some(folder) = std::env::var_os("OMNI2_PICTURES").map(PathBuf::from) {
        viewer.picture(&folder.join(format!("{name}.png"))).await;
        // A picture of a whole page makes the browser forget its size.
        viewer.take(device).await;
        let Device { width, height, .. } = device;
        let taken = format!("innerWidth === {width} && innerHeight === {height}");
        viewer.until("the window has its size again", &taken).await;
    }
}

pub(crate) async fn drawn(world: &World, device: Device) -> Viewer {
    let viewer = world.viewer(device).await;
    let chart = "!!document.querySelector('[data-testid=chart-queries] canvas')?.plan";
    viewer.until("the chart is drawn", chart).await;
    viewer
}

#[tokio::test(flavor = "multi_thread")]
async fn a_range_is_one_click_away_and_a_link_shows_it_to_others() {
    let Some(world) = World::empty().await else {
        return;
    };
    calls(&world).await;
    let viewer = drawn(&world, Device::DESK).await;
    viewer.until("24 hours at first", &chosen("24h")).await;
    for (range, buckets) in [("1h", 61), ("6h", 73), ("7d", 29), ("30d", 31)] {
        viewer.click_on(&format!("[data-range='{range}']")).await;
        let shown = format!(
            "{} && new URLSearchParams(location.search).get('range') === '{range}'
            && document.querySelector('.charts').ariaBusy === 'false'
            && JSON.parse(document.querySelector('[data-testid=chart-queries] canvas').plan).points.length === {buckets}",
            chosen(range)
        );
        viewer.until(&format!("{range} is shown"), &shown).await;
        viewer.until("as the API says", EQUALS_THE_API).await;
    }
    picture(&viewer, Device::DESK, "range-30d").await;
    // Somebody else opens the same address.
    let address = viewer.read("location.href").await;
    let other = Viewer::open(address.as_str().unwrap(), Device::DESK).await;
    other
        .until("the same range is chosen", &chosen("30d"))
        .await;
    other.until("and shown", EQUALS_THE_API).await;
    other.leave().await;
    viewer.back().await;
    viewer.until("back is the week", &chosen("7d")).await;
    viewer.until("and its figures", EQUALS_THE_API).await;
    viewer.forward().await;
    viewer.until("forward is the month", &chosen("30d")).await;
    // Arrow keys go through the ranges.
    viewer
        .read("document.querySelector('[data-range=\"30d\"]').focus()")
        .await;
    viewer.press("ArrowLeft").await;
    viewer.until("one to the left", &chosen("7d")).await;
    viewer.press("ArrowLeft").await;
    viewer
        .until(
            "24 hours need no name",
            "!location.search.includes('range')",
        )
        .await;
    viewer.until("as the API says", EQUALS_THE_API).await;
    assert_eq!(viewer.complaints(), Vec::<String>::new());
    viewer.leave().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn any_two_moments_can_be_asked_for() {
    let Some(world) = World::empty().await else {
        return;
    };
    calls(&world).await;
    let viewer = drawn(&world, Device::DESK).await;
    viewer.click_on("[data-testid=range-custom]").await;
    let form = "document.querySelector('[data-testid=span]') !== null";
    viewer.until("the form is there", form).await;
    picture(&viewer, Device::DESK, "range-custom").await;
    // From four hours ago to two hours before that: no.
    let fill = |field: &str, hours_ago: i64| {
        format!(
            "(() => {{
                const field = document.querySelector('[data-testid=span-{field}]');
                const parts = new Intl.DateTimeFormat('sv-SE', {{ timeZone: 'Europe/Berlin',
                    dateStyle: 'short', timeStyle: 'short' }}).format(Date.now() - {hours_ago} * 3600000);
                field.value = parts.replace(' ', 'T');
                field.dispatchEvent(new InputEvent('input', {{ bubbles: true }}));
                return true;
            }})()"
        )
    };
    viewer.read(&fill("from", 4)).await;
    viewer.read(&fill("to", 6)).await;
    viewer.click_on("[data-testid=span-show]").await;
    let wrong = "document.querySelector('[data-testid=span-wrong]').textContent.includes('after the beginning')";
    viewer.until("it is said what is wrong", wrong).await;
    viewer.read(&fill("to", 2)).await;
    viewer.click_on("[data-testid=span-show]").await;
    let shown = "(() => {
        const query = new URLSearchParams(location.search);
        const hours = (Date.parse(query.get('to')) - Date.parse(query.get('from'))) / 3600000;
        return hours === 2 && document.querySelector('[data-testid=overlay]') === null
            && document.querySelector('.charts').ariaBusy === 'false';
    })()";
    viewer.until("two hours are shown", shown).await;
    viewer.until("as the API says", EQUALS_THE_API).await;
    let focus = "document.activeElement.dataset.testid === 'range-custom'";
    viewer.until("the focus is where it was", focus).await;
    picture(&viewer, Device::DESK, "range-two-hours").await;
    // A day with a name.
    viewer.click_on("[data-testid=range-custom]").await;
    viewer.until("the form is there", form).await;
    viewer.read("[...document.querySelectorAll('.span-named button')].find((button) => button.textContent === 'Yesterday').click()").await;
    let yesterday = "(() => {
        const from = new Date(new URLSearchParams(location.search).get('from'));
        return from.toLocaleTimeString('sv-SE', { timeZone: 'Europe/Berlin' }) === '00:00:00';
    })()";
    viewer
        .until("yesterday begins at midnight", yesterday)
        .await;
    assert_eq!(viewer.complaints(), Vec::<String>::new());
    viewer.leave().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_be_had_is_said_in_every_panel() {
    let Some(world) = World::empty().await else {
        return;
    };
    calls(&world).await;
    let address = format!("{}?from=yesterday", world.gateway.page());
    let viewer = Viewer::open(&address, Device::DESK).await;
    let said = "[...document.querySelectorAll('[data-testid=panel-failed]')]
        .filter((panel) => panel.textContent.includes('RFC 3339')).length === 4";
    viewer.until("each chart says what is wrong", said).await;
    picture(&viewer, Device::DESK, "range-wrong").await;
    viewer.click_on("[data-range='24h']").await;
    viewer.until("another range is shown", EQUALS_THE_API).await;
    viewer.leave().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_range_fits_a_telephone() {
    let Some(world) = World::empty().await else {
        return;
    };
    calls(&world).await;
    for dark in [true, false] {
        let device = Device {
            dark,
            ..Device::PHONE
        };
        let viewer = drawn(&world, device).await;
        let fits = "document.documentElement.scrollWidth <= innerWidth
            && document.querySelector('[data-testid=range]').getBoundingClientRect().right <= innerWidth";
        viewer.until("nothing is wider than the window", fits).await;
        let theme = if dark { "dark" } else { "light" };
        picture(&viewer, device, &format!("range-phone-{theme}")).await;
        viewer.click_on("[data-testid=range-custom]").await;
        let form = "document.querySelector('[data-testid=span]') !== null";
        viewer.until("the form is there", form).await;
        picture(
            &viewer,
            Device::PHONE,
            &format!("range-custom-phone-{theme}"),
        )
        .await;
        viewer.leave().await;
    }
}
