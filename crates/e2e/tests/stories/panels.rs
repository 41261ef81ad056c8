//! What goes wrong in one panel stays in it, and is mended there.

use e2e::{Device, Viewer};
use hub_sim::AuditRow;

use crate::feed::{FEED, call, until_counted, write};
use crate::filters::picture;
use crate::world::World;
use crate::zooming::place;

/// More than the page has without asking.
const SOME: i64 = 700;

/// Waits until the cards count so many queries, which they do while figures are live.
pub(crate) async fn until_card(viewer: &Viewer, count: i64) {
    let card = format!(
        "document.querySelector('[data-testid=card-queries]')?.dataset.value === '{count}'"
    );
    viewer.until(&format!("a card counts {count}"), &card).await;
}

/// Scrolls the feed down as far as it goes, which is where it shows this.
pub(crate) async fn scroll_to_end(viewer: &Viewer, says: &str) {
    let condition = &format!(
        "!!{FEED}.querySelector('[data-testid={says}]')
            && {FEED}.scrollTop + {FEED}.clientHeight >= {FEED}.scrollHeight - 1"
    );
    let middle = viewer.middle_of("[data-testid=feed]").await;
    for _ in 0..200 {
        if viewer.read(condition).await == true {
            return;
        }
        let before = viewer.read(&format!("{FEED}.scrollTop")).await;
        viewer.wheel(middle, 900.0).await;
        let moved = format!("{FEED}.scrollTop > {before} || ({condition})");
        viewer.until("the list scrolls on", &moved).await;
    }
    viewer
        .until(&format!("the end says {says}"), condition)
        .await;
}

/// Notes every call that the feed has in the document from now on, and whether one is
/// twice or out of order.
pub(crate) async fn watch_rows(viewer: &Viewer) {
    let watch = format!(
        "(() => {{
            window.seen = new Set();
            window.wrong = [];
            const look = () => {{
                const ids = [...{FEED}.querySelectorAll('[data-id]')].map((row) => Number(row.dataset.id));
                if (ids.some((id, index) => index > 0 && id >= ids[index - 1])) window.wrong.push(ids);
                for (const id of ids) window.seen.add(id);
                requestAnimationFrame(look);
            }};
            look();
        }})()"
    );
    viewer.read(&watch).await;
}

/// All of so many calls have been in the feed, each once and in its place.
pub(crate) async fn all_were_shown(viewer: &Viewer, count: i64) {
    let all = format!("window.seen.size === {count}");
    viewer.until("every call has been shown", &all).await;
    assert_eq!(viewer.read("window.wrong").await, serde_json::json!([]));
}

#[tokio::test(flavor = "multi_thread")]
async fn older_calls_that_cannot_be_had_are_asked_for_again_where_they_stopped() {
    let Some(world) = World::empty().await else {
        return;
    };
    write(&world.hub, SOME, call).await;
    let viewer = world.viewer(Device::DESK).await;
    until_counted(&viewer, SOME).await;
    viewer.until_state("live").await;
    until_card(&viewer, SOME).await;
    watch_rows(&viewer).await;
    world.gateway.refuse("/dashboard/activity");
    scroll_to_end(&viewer, "feed-failed").await;
    picture(&viewer, "panels-feed-failed").await;
    // Everything else goes on: a card counts the next call, which waits above the list.
    let top = viewer.read(&format!("{FEED}.scrollTop")).await;
    world
        .hub
        .write(&[AuditRow {
            at: e2e::now(),
            ..call(SOME)
        }])
        .await;
    until_card(&viewer, SOME + 1).await;
    viewer
        .until(
            "it waits",
            "document.querySelector('[data-testid=feed-new]') !== null",
        )
        .await;
    assert_eq!(viewer.read(&format!("{FEED}.scrollTop")).await, top);
    viewer.until_state("live").await;
    let no_banner = "document.querySelector('[data-testid=banner]') === null";
    assert_eq!(viewer.read(no_banner).await, true, "nothing else is wrong");
    world.gateway.allow_all();
    viewer.click_on("[data-testid=feed-failed] button").await;
    scroll_to_end(&viewer, "feed-end").await;
    // From the end up to what has waited.
    viewer.click_on("[data-testid=feed-new]").await;
    all_were_shown(&viewer, SOME + 1).await;
    viewer.forgive();
    viewer.leave().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_call_that_cannot_be_had_is_asked_for_again_in_its_sheet() {
    let Some(world) = World::empty().await else {
        return;
    };
    let id = world.hub.call("database-mcp").await;
    let viewer = world.viewer(Device::DESK).await;
    viewer.until_call(id).await;
    world.gateway.refuse(&format!("/activity/{id}"));
    viewer.click_on(&format!("[data-id='{id}'] a")).await;
    let says = |text: &str| {
        format!("document.querySelector('[data-testid=overlay]')?.textContent.includes('{text}')")
    };
    viewer
        .until("the sheet says why", &says("does not answer"))
        .await;
    picture(&viewer, "panels-call-failed").await;
    // What lies below goes on.
    world.hub.call("files-mcp").await;
    until_card(&viewer, 2).await;
    viewer.until_state("live").await;
    world.gateway.allow_all();
    viewer.click_on("[data-testid=call-failed] button").await;
    viewer.until("the call is told", &says("what is new")).await;
    viewer.forgive();
    viewer.leave().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_part_of_the_page_that_cannot_be_fetched_is_fetched_again_where_it_was_wanted() {
    let Some(world) = World::empty().await else {
        return;
    };
    let id = world.hub.call("database-mcp").await;
    world.gateway.refuse("/split_later.wasm");
    let viewer = world.viewer(Device::DESK).await;
    viewer.until_call(id).await;
    // In the place of a chart, and over the page.
    viewer
        .click_on("[data-testid=chart-queries] [data-testid=table]")
        .await;
    let missing = |place: &str| {
        format!("document.querySelector('[data-testid={place}] [role=alert] button') !== null")
    };
    viewer
        .until("the panel says so", &missing("chart-queries"))
        .await;
    viewer.click_on(&format!("[data-id='{id}'] a")).await;
    viewer.until("the sheet says so", &missing("overlay")).await;
    picture(&viewer, "panels-chunk-missing").await;
    viewer
        .click_on("[data-testid=overlay] [role=alert] button")
        .await;
    viewer
        .until("it still cannot be had", &missing("overlay"))
        .await;
    world.hub.call("files-mcp").await;
    until_card(&viewer, 2).await;
    world.gateway.allow_all();
    viewer
        .click_on("[data-testid=overlay] [role=alert] button")
        .await;
    let told = "document.querySelector('[data-testid=call-question]') !== null";
    viewer.until("the call is told", told).await;
    viewer.press("Escape").await;
    viewer
        .click_on("[data-testid=chart-queries] [role=alert] button")
        .await;
    let table = "document.querySelector('[data-testid=chart-queries] table') !== null";
    viewer.until("the figures stand in a table", table).await;
    viewer.forgive();
    viewer.leave().await;
}

/// Turns the wheel over a chart until what is shown is a few hours, some hours ago.
async fn look_closer(viewer: &Viewer) {
    for _ in 0..12 {
        viewer.wheel(place(viewer, 0.7).await, -100.0).await;
    }
}

/// How many points a chart has in view.
fn points(chart: &str) -> String {
    format!(
        "(() => {{
            const plan = JSON.parse(document.querySelector('[data-testid=chart-{chart}] canvas').plan);
            return (plan.points ?? plan.lines[0].points).length;
        }})()"
    )
}

#[tokio::test(flavor = "multi_thread")]
async fn finer_figures_that_cannot_be_had_are_missed_by_their_own_chart_only() {
    let Some(world) = World::empty().await else {
        return;
    };
    crate::pixels::calls(&world).await;
    let viewer = world.viewer(Device::DESK).await;
    viewer.until_state("live").await;
    world.gateway.refuse("/charts/response-times");
    look_closer(&viewer).await;
    let says = |chart: &str| {
        format!("document.querySelector('[data-testid=chart-{chart}] .closer span').textContent")
    };
    let why = format!("{}.includes('does not answer')", says("response-times"));
    viewer.until("the chart says why", &why).await;
    picture(&viewer, "panels-zoom-failed").await;
    // The other one has its finer figures: minutes, not hours.
    let fine = format!("{} > 24", points("queries"));
    viewer
        .until("the other chart is as fine as it can be", &fine)
        .await;
    assert_eq!(viewer.read(&says("queries")).await, "");
    viewer.until_state("live").await;
    world.gateway.allow_all();
    viewer
        .click_on("[data-testid=chart-response-times] .closer span + .button")
        .await;
    let mended = format!("{} === ''", says("response-times"));
    viewer.until("a second try brings them", &mended).await;
    // Neither can be had: what there is stays.
    world.gateway.refuse("/charts/response-times");
    world.gateway.refuse("/charts/queries");
    viewer
        .drag(place(&viewer, 0.2).await, place(&viewer, 0.8).await)
        .await;
    let why = format!("{}.includes('does not answer')", says("queries"));
    viewer.until("both charts say why", &why).await;
    world.gateway.allow_all();
    viewer
        .click_on("[data-testid=chart-queries] .closer span + .button")
        .await;
    let mended = format!("{} + {} === ''", says("queries"), says("response-times"));
    viewer.until("both are mended", &mended).await;
    viewer.forgive();
    viewer.leave().await;
}
