//! A closer look at the charts over time, by wheel, hand, fingers and keys.

use e2e::{Device, Viewer};

use crate::pixels::calls;
use crate::world::World;

/// The span that the queries chart shows, minutes.
const SPAN: &str = "(() => {
    const canvas = document.querySelector('[data-testid=chart-queries] canvas');
    const [from, to] = JSON.parse(canvas.plan).axes.x_domain;
    return (to - from) / 60000;
})()";

/// The moment below a place of the queries chart's plot (a part of its width), milliseconds.
fn moment(part: f64) -> String {
    format!(
        "(() => {{
            const canvas = document.querySelector('[data-testid=chart-queries] canvas');
            const [from, to] = JSON.parse(canvas.plan).axes.x_domain;
            return from + (to - from) * {part};
        }})()"
    )
}

/// A place in the queries chart's plot.
pub(crate) async fn place(viewer: &Viewer, part: f64) -> e2e::Place {
    let of_plan = format!(
        "(plan) => [plan.axes.plot.left + plan.axes.plot.width * {part}, plan.axes.plot.top + 60]"
    );
    viewer.place_in("queries", &of_plan).await
}

async fn drawn(world: &World, device: Device) -> Viewer {
    let viewer = world.viewer(device).await;
    let both = "['queries', 'response-times'].every((chart) =>
        document.querySelector(`[data-testid=chart-${chart}] canvas`)?.plan)";
    viewer.until("both charts are drawn", both).await;
    viewer
}

/// What is drawn equals the API's answer for the part of time that the address names.
const EQUALS_THE_API: &str = "(async () => {
    const zoom = new URLSearchParams(location.search).get('zoom');
    const drawn = document.querySelector('[data-testid=chart-queries] canvas')?.plan;
    if (!zoom || !drawn) return false;
    const [[from, to], plan] = [zoom.split('..').map(Number), JSON.parse(drawn)];
    if (plan.axes.x_domain[0] !== from || plan.axes.x_domain[1] !== to) return false;
    const minutes = (to - from) / 60000;
    const bucket = minutes <= 120 ? 60 : minutes <= 720 ? 300 : 3600;
    const query = new URLSearchParams({
        tz: 'Europe/Berlin', from: new Date(from).toISOString(), to: new Date(to).toISOString(), bucket,
    });
    const answer = await (await fetch(`/dashboard/api/v1/dashboard/charts/queries?${query}`)).json();
    const { plot, y_top } = plan.axes;
    const within = answer.data.filter(({ hour }) => Date.parse(hour) >= from && Date.parse(hour) <= to);
    return within.length > 2 && plan.points.length === within.length
        && within.every(({ hour, count }, index) => {
            const x = plot.left + plot.width * (Date.parse(hour) - from) / (to - from);
            const y = plot.top + plot.height * (1 - count / y_top);
            const [px, py] = plan.points[index];
            return Math.abs(px - x) < 0.5 && Math.abs(py - y) < 0.5;
        });
})()";

#[tokio::test(flavor = "multi_thread")]
async fn the_wheel_looks_closer_where_the_pointer_is() {
    let Some(world) = World::empty().await else {
        return;
    };
    calls(&world).await;
    let viewer = drawn(&world, Device::DESK).await;
    let before = viewer.read(&moment(0.75)).await.as_f64().unwrap();
    let day = viewer.read(SPAN).await.as_f64().unwrap();
    assert!(day >= 1440.0, "{day}");
    for _ in 0..12 {
        viewer.wheel(place(&viewer, 0.75).await, -100.0).await;
    }
    let closer = format!("{SPAN} < {day} / 6");
    viewer.until("hours have become a few", &closer).await;
    let after = viewer.read(&moment(0.75)).await.as_f64().unwrap();
    let span = viewer.read(SPAN).await.as_f64().unwrap();
    assert!(
        (after - before).abs() < span * 60_000.0 * 0.02,
        "the moment below the pointer stayed: {}",
        after - before
    );
    viewer
        .until("the address says it", "location.search.includes('zoom=')")
        .await;
    viewer
        .until("finer figures have come, those of the API", EQUALS_THE_API)
        .await;
    // Somebody else with the same address sees the same.
    let address = viewer.read("location.href").await;
    let colleague = Viewer::open(address.as_str().unwrap(), Device::DESK).await;
    colleague
        .until("a colleague sees the same", EQUALS_THE_API)
        .await;
    colleague.leave().await;
    // What comes in does not move it.
    let domain = viewer.read(&moment(0.0)).await;
    let id = world.hub.call("database-mcp").await;
    viewer.until_call(id).await;
    assert_eq!(viewer.read(&moment(0.0)).await, domain);
    viewer
        .click_on("[data-testid=chart-queries] [data-testid=zoom-reset]")
        .await;
    viewer
        .until("all of the day is back", &format!("{SPAN} >= 1440"))
        .await;
    viewer
        .until(
            "and the address is short",
            "!location.search.includes('zoom')",
        )
        .await;
    assert_eq!(viewer.complaints(), Vec::<String>::new());
    viewer.leave().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_hand_drags_time_and_a_double_click_lets_go() {
    let Some(world) = World::empty().await else {
        return;
    };
    calls(&world).await;
    let viewer = drawn(&world, Device::DESK).await;
    let span = viewer.read(SPAN).await.as_f64().unwrap();
    let below = viewer.read(&moment(0.3)).await.as_f64().unwrap();
    viewer
        .drag(place(&viewer, 0.3).await, place(&viewer, 0.6).await)
        .await;
    let there = format!("Math.abs({} - {below}) < 120000", moment(0.6));
    viewer.until("the moment followed the hand", &there).await;
    let after = viewer.read(SPAN).await.as_f64().unwrap();
    assert!(
        (after - span).abs() < 1e-6,
        "{after} minutes instead of {span}"
    );
    let both = "(() => {
        const domain = (chart) => JSON.parse(document.querySelector(
            `[data-testid=chart-${chart}] canvas`).plan).axes.x_domain;
        return domain('queries').join() === domain('response-times').join();
    })()";
    viewer.until("both charts show the same time", both).await;
    // A drag is no click: the feed shows what it showed.
    assert_eq!(
        viewer.read("location.search.includes('since=')").await,
        false
    );
    viewer.double_click(place(&viewer, 0.5).await).await;
    let live = "document.querySelector('[data-testid=zoom-reset]') === null";
    viewer.until("a double click lets go", live).await;
    viewer.leave().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn two_fingers_stretch_time_on_a_telephone() {
    let Some(world) = World::empty().await else {
        return;
    };
    calls(&world).await;
    let viewer = drawn(&world, Device::PHONE).await;
    viewer
        .read("document.querySelector('[data-testid=chart-queries]').scrollIntoView()")
        .await;
    let span = viewer.read(SPAN).await.as_f64().unwrap();
    viewer.pinch(place(&viewer, 0.5).await, 60.0, 180.0).await;
    viewer
        .until("fingers apart look closer", &format!("{SPAN} < {span} / 2"))
        .await;
    viewer.pinch(place(&viewer, 0.5).await, 200.0, 40.0).await;
    viewer
        .until(
            "fingers together look from further off",
            &format!("{SPAN} > {span} / 2"),
        )
        .await;
    viewer.leave().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn keys_look_closer_around_what_is_walked_to() {
    let Some(world) = World::empty().await else {
        return;
    };
    calls(&world).await;
    let viewer = drawn(&world, Device::DESK).await;
    let span = viewer.read(SPAN).await.as_f64().unwrap();
    viewer
        .read("document.querySelector('[data-testid=chart-queries] .canvas').focus()")
        .await;
    viewer.press("End").await;
    for _ in 0..4 {
        viewer.press("=").await;
    }
    viewer
        .until(
            "the key of plus looks closer",
            &format!("{SPAN} < {span} / 2"),
        )
        .await;
    viewer.press("-").await;
    viewer
        .until(
            "minus looks from further off",
            &format!("{SPAN} > {span} * 0.45"),
        )
        .await;
    viewer.press("Escape").await;
    viewer.press("Escape").await;
    viewer
        .until("Escape goes back", &format!("{SPAN} >= {span}"))
        .await;
    viewer.leave().await;
}
