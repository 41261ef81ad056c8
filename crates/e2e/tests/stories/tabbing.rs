//! Going through the page with Tab: everything that can be done is on the way, in the order
//! of reading, and wherever the focus is, a ring shows it.

use e2e::{Device, Viewer};
use serde_json::{Value, json};

use crate::pixels::calls;
use crate::world::World;

/// More stops than any page has.
const STOPS: usize = 120;

/// What the focus is on: its name, and what is wrong with how it shows. Null where the
/// focus has left the page, or has been before.
const STOP: &str = "(() => {
    const at = document.activeElement;
    window.been ??= [];
    const last = window.been.at(-1);
    // A field for a time has stops of its own within.
    if (at === last) return { wrong: [] };
    if (!at || at === document.body || window.been.includes(at)) return null;
    window.been.push(at);
    const wrong = [];
    const style = getComputedStyle(at);
    const ring = parseFloat(style.outlineWidth);
    if (!at.matches(':focus-visible') || style.outlineStyle === 'none' || ring < 2) wrong.push('no ring');
    const light = (colour) => {
        const probe = document.createElement('canvas').getContext('2d');
        probe.fillStyle = colour;
        probe.fillRect(0, 0, 1, 1);
        const [r, g, b] = [...probe.getImageData(0, 0, 1, 1).data].map((part) => part / 255)
            .map((part) => part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4);
        return 0.2126 * r + 0.7152 * g + 0.0722 * b + 0.05;
    };
    const [one, other] = [light(style.outlineColor), light(style.getPropertyValue('--ground-1'))];
    if (Math.max(one, other) / Math.min(one, other) < 3) wrong.push('a pale ring');
    // Three edges of a ring are enough to see it.
    const grown = ring + parseFloat(style.outlineOffset);
    const { left, top, right, bottom } = at.getBoundingClientRect();
    const edges = [left - grown, top - grown, -right - grown, -bottom - grown];
    const cut = (within) => edges.filter((edge, index) => edge < within[index] - 0.5).length;
    for (let above = at.parentElement; above && above !== document.body; above = above.parentElement) {
        const { overflowX, contain } = getComputedStyle(above);
        if (overflowX === 'visible' && !/strict|paint|content/.test(contain)) continue;
        const { left: x, top: y } = above.getBoundingClientRect();
        const [l, t] = [x + above.clientLeft, y + above.clientTop];
        if (cut([l, t, -l - above.clientWidth, -t - above.clientHeight]) > 1) wrong.push(`cut off by ${above.className}`);
    }
    if (cut([0, 0, -innerWidth, -innerHeight]) > 1) wrong.push('out of sight');
    const hit = document.elementFromPoint((left + right) / 2, (top + bottom) / 2);
    if (!hit || !(at.parentElement.contains(hit) || hit.contains(at))) wrong.push(`covered by ${hit?.className}`);
    if (last && !(last.compareDocumentPosition(at) & 4)) wrong.push('out of order');
    const name = at.getAttribute('aria-label') || at.dataset.testid || at.textContent.trim() || at.value;
    return { name, wrong: wrong.map((what) => `${name}: ${what}`) };
})()";

/// Tabs from where the focus is until it leaves: where it stopped, and what was wrong.
async fn walk(viewer: &Viewer) -> (Vec<String>, Vec<Value>) {
    viewer.read("window.been = []").await;
    let (mut names, mut wrong) = (Vec::new(), Vec::new());
    for _ in 0..STOPS {
        viewer.press("Tab").await;
        let stop = viewer.read(STOP).await;
        if stop.is_null() {
            break;
        }
        names.extend(stop.get("name").and_then(Value::as_str).map(str::to_owned));
        wrong.extend(
            stop.get("wrong")
                .and_then(Value::as_array)
                .cloned()
                .unwrap_or_default(),
        );
    }
    (names, wrong)
}

#[tokio::test(flavor = "multi_thread")]
async fn tab_goes_through_the_page_and_a_ring_shows_where() {
    let Some(world) = World::empty().await else {
        return;
    };
    calls(&world).await;
    let viewer = world.viewer(Device::DESK).await;
    viewer.until_state("live").await;
    for chart in ["queries", "cost", "response-times", "errors"] {
        let drawn = format!("!!document.querySelector('[data-testid=chart-{chart}] canvas')?.plan");
        viewer.until(&format!("{chart} is drawn"), &drawn).await;
    }
    let (names, wrong) = walk(&viewer).await;
    assert_eq!(Value::from(wrong), json!([]));
    let stops = |name: &str| names.iter().filter(|stop| stop.contains(name)).count();
    assert_eq!(names.first().unwrap(), "Skip to the figures");
    // One range of those that are named is enough: arrow keys change it.
    assert_eq!(stops("last 24 hours"), 1, "{names:?}");
    for name in [
        "range-custom",
        "palette",
        "zone",
        "Theme",
        "Show today's calls",
        "As a table",
        "Save as",
        "Queries over time",
        "Cost by MCP",
        "alpha-mcp",
        "p99",
        "Response times",
        "Errors by MCP",
        "Pause",
        "Search calls",
        "Filter",
        "Calls, newest first",
        "Open chat",
    ] {
        assert!(stops(name) > 0, "no stop at {name}: {names:?}");
    }
    assert_eq!(viewer.complaints(), Vec::<String>::new());
    viewer.leave().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn tab_goes_through_what_lies_over_the_page_as_well() {
    let Some(world) = World::empty().await else {
        return;
    };
    calls(&world).await;
    let id = world.hub.call("database-mcp").await;
    let viewer = world.viewer(Device::DESK).await;
    viewer.until_call(id).await;
    viewer.click_on(&format!("[data-id='{id}'] a")).await;
    let call = "document.querySelector('dialog [data-testid=copy-link]') !== null
        && document.querySelector('dialog [data-testid=call-question]') !== null";
    viewer.until("the call is open", call).await;
    passes(
        &viewer,
        &["call-older", "Copy link", "Copy question", "Question"],
    )
    .await;
    viewer.press("Escape").await;
    for (button, field, last) in [
        ("palette", "[role=combobox]", ""),
        ("zone", "[role=combobox]", ""),
        ("range-custom", "input", "span-show"),
    ] {
        viewer.click_on(&format!("[data-testid={button}]")).await;
        let opened = format!("document.querySelector('dialog[open] {field}') !== null");
        viewer.until(&format!("{button} is open"), &opened).await;
        passes(&viewer, &[last]).await;
        viewer.press("Escape").await;
        let closed = "document.querySelector('dialog') === null";
        viewer.until("it is closed", closed).await;
    }
    // What opens within the page.
    viewer.click_on("[data-testid=feed-filter]").await;
    let choices = "document.querySelectorAll('.feed-choices select').length > 0";
    viewer.until("the choices are there", choices).await;
    passes(&viewer, &[]).await;
    assert_eq!(viewer.complaints(), Vec::<String>::new());
    viewer.leave().await;
}

/// Tabs through what is open: it stops at these, and each stop is seen.
async fn passes(viewer: &Viewer, at: &[&str]) {
    let (names, wrong) = walk(viewer).await;
    assert_eq!(Value::from(wrong), json!([]), "{names:?}");
    for name in at {
        let stops = names.iter().any(|stop| stop.contains(name));
        assert!(stops, "no stop at {name}: {names:?}");
    }
}
