//! The chat's window: its size, its place beside the board, and on a telephone.

use e2e::{Device, Viewer};
use testkit::HubMood;

use crate::accessible::{accessible_in_both_themes, axe};
use crate::chat::{CHAT, ask, at_chat, until_end, until_gone, until_open, until_there, with_hub};
use crate::pixels::calls;
use crate::ranges::picture;

/// An answer with a bit of everything.
const RICH: &str = "Three servers make up **71 %** of today's **$12.34**, which is **18 % less** than yesterday at this time.

| MCP | Cost | Queries | vs yesterday |
| --- | ---: | ---: | ---: |
| Database MCP | $5.67 | 1,004 | +4 % |
| MacGyver MCP | $2.11 | 388 | −31 % |
| GitHub MCP | $0.98 | 276 | −12 % |

```sql
SELECT mcp_target, sum(cost_estimate)
FROM omni2.audit_logs
WHERE timestamp >= '2026-01-26T00:00Z'
GROUP BY 1 ORDER BY 2 DESC;
```

[Show on the page](?range=7d)
";

async fn size(viewer: &Viewer) -> (f64, f64) {
    let rect =
        format!("(({{ width, height }}) => [width, height])({CHAT}.getBoundingClientRect())");
    let rect = viewer.read(&rect).await;
    let side = |index: usize| rect.get(index).and_then(serde_json::Value::as_f64).unwrap();
    (side(0), side(1))
}

async fn until_size(viewer: &Viewer, width: f64, height: f64) {
    let is = format!(
        "(({{ width, height }}) => width === {width} && height === {height})({CHAT}.getBoundingClientRect())"
    );
    viewer
        .until(&format!("it is {width} by {height}"), &is)
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn its_edges_are_dragged_and_moved_by_keys_and_its_size_is_kept() {
    let Some((world, _hub)) = with_hub(HubMood::Answers("Hi".to_owned())).await else {
        return;
    };
    let viewer = at_chat(&world, Device::DESK).await;
    let (width, height) = size(&viewer).await;
    let (x, y) = viewer.middle_of("[data-testid=chat-edge-left]").await;
    viewer.drag((x, y), (x - 100.0, y)).await;
    until_size(&viewer, width + 100.0, height).await;
    let (x, y) = viewer.middle_of("[data-testid=chat-edge-top-left]").await;
    viewer.drag((x, y), (x + 60.0, y + 80.0)).await;
    until_size(&viewer, width + 40.0, height - 80.0).await;
    let (x, y) = viewer
        .middle_of("[data-testid=chat-edge-bottom-right]")
        .await;
    viewer.drag((x, y), (x - 20.0, y - 30.0)).await;
    until_size(&viewer, width + 20.0, height - 110.0).await;
    let focus =
        |edge: &str| format!("document.querySelector('[data-testid=chat-edge-{edge}]').focus()");
    viewer.read(&focus("left")).await;
    viewer.press("ArrowLeft").await;
    until_size(&viewer, width + 36.0, height - 110.0).await;
    viewer.read(&focus("top")).await;
    viewer.press("ArrowUp").await;
    until_size(&viewer, width + 36.0, height - 94.0).await;
    let told = format!(
        "document.activeElement.ariaValueNow === '{}'",
        height - 94.0
    );
    viewer.until("its height is told", &told).await;
    viewer.reload().await;
    viewer.until_state("live").await;
    viewer.press("c").await;
    until_open(&viewer).await;
    until_size(&viewer, width + 36.0, height - 94.0).await;
    // A small page gets a small window, and as large a one as before when it grows again.
    let small = Device {
        width: 800,
        height: 500,
        ..Device::DESK
    };
    viewer.take(small).await;
    let inside = format!(
        "(({{ top, left, bottom, right }}) => top >= 0 && left >= 0 && bottom <= innerHeight && right <= innerWidth)({CHAT}.getBoundingClientRect())"
    );
    viewer.until("it stays within the page", &inside).await;
    viewer.take(Device::DESK).await;
    until_size(&viewer, width + 36.0, height - 94.0).await;
    viewer.read(&focus("top-left")).await;
    viewer.press("Home").await;
    until_size(&viewer, width, height).await;
    assert_eq!(viewer.complaints(), Vec::<String>::new());
    viewer.leave().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn it_is_opened_from_anywhere_made_small_and_left_by_keys() {
    let Some((world, _hub)) = with_hub(HubMood::Answers("Hi".to_owned())).await else {
        return;
    };
    let viewer = world.viewer(Device::DESK).await;
    viewer.until_state("live").await;
    viewer.press("Control+k").await;
    viewer
        .until(
            "one can type",
            "document.activeElement.dataset.testid === 'filter'",
        )
        .await;
    viewer.write("open chat").await;
    viewer.press("Enter").await;
    until_open(&viewer).await;
    // What is written in it is not a command to the page.
    viewer.write("c?t/").await;
    let written = "document.querySelector('[data-testid=chat-field]').value === 'c?t/'";
    viewer.until("letters are letters", written).await;
    viewer.click_on("[data-testid=chat-small]").await;
    let small = format!("{CHAT}.dataset.state === 'small' && {CHAT}.offsetHeight < 80");
    viewer.until("only its head is there", &small).await;
    picture(&viewer, Device::DESK, "chat-small").await;
    viewer.click_on("[data-testid=chat-small]").await;
    until_open(&viewer).await;
    // The board beside it stays usable.
    viewer.click_on("[data-range='7d']").await;
    viewer
        .until("a week is shown", "location.search.includes('range=7d')")
        .await;
    viewer.click_on("[data-testid=chat-field]").await;
    viewer.press("Escape").await;
    let back = "document.activeElement.dataset.testid === 'chat-open'";
    viewer.until("the focus is where it came from", back).await;
    assert_eq!(viewer.complaints(), Vec::<String>::new());
    viewer.leave().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn on_a_telephone_it_is_all_of_the_screen() {
    let Some((world, _hub)) = with_hub(HubMood::Answers(RICH.to_owned())).await else {
        return;
    };
    calls(&world).await;
    let viewer = at_chat(&world, Device::PHONE).await;
    let whole = format!(
        "(({{ top, left, width, height }}) => top === 0 && left === 0 && width === innerWidth && height === innerHeight)({CHAT}.getBoundingClientRect())"
    );
    viewer.until("it fills the screen", &whole).await;
    viewer.write("What costs the most?").await;
    viewer.tap_on("[data-testid=chat-send]").await;
    until_end(&viewer, "whole").await;
    picture(&viewer, Device::PHONE, "chat-phone").await;
    // A keyboard takes half of the screen: the field stays in sight.
    viewer
        .take(Device {
            height: 420,
            ..Device::PHONE
        })
        .await;
    let in_sight = "document.querySelector('[data-testid=chat-field]').getBoundingClientRect().bottom < innerHeight";
    viewer.until("one sees what one writes", in_sight).await;
    viewer.take(Device::PHONE).await;
    // What a link shows is behind it.
    until_there(&viewer, "[data-testid=answer] a").await;
    viewer.tap_on("[data-testid=answer] a").await;
    viewer
        .until("the link is followed", "location.search === '?range=7d'")
        .await;
    let small = format!("{CHAT}.dataset.state === 'small'");
    viewer.until("and the page is to be seen", &small).await;
    viewer.tap_on("[data-testid=chat-close]").await;
    let closed = format!("{CHAT}.dataset.state === 'closed'");
    viewer.until("it is closed", &closed).await;
    viewer.leave().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn everybody_can_chat() {
    let (Some(axe), Some((world, hub))) =
        (axe(), with_hub(HubMood::Answers(RICH.to_owned())).await)
    else {
        return;
    };
    calls(&world).await;
    let viewer = at_chat(&world, Device::DESK).await;
    until_there(&viewer, "[data-testid=chat-greeting]").await;
    accessible_in_both_themes(
        &viewer,
        &axe,
        Device::DESK,
        "a chat in which nothing was said",
    )
    .await;
    viewer.take(Device::DESK).await;
    picture(&viewer, Device::DESK, "chat-empty").await;
    ask(
        &viewer,
        "Which servers cost the most today, and is that more than yesterday?",
    )
    .await;
    until_end(&viewer, "whole").await;
    for (device, name) in [
        (Device::DESK, "desk"),
        (Device::TABLET, "tablet"),
        (Device::PHONE, "phone"),
    ] {
        for (dark, theme) in [(true, "dark"), (false, "light")] {
            let device = Device { dark, ..device };
            viewer.take(device).await;
            picture(&viewer, device, &format!("chat-{name}-{theme}")).await;
        }
    }
    accessible_in_both_themes(&viewer, &axe, Device::DESK, "a conversation").await;
    accessible_in_both_themes(
        &viewer,
        &axe,
        Device::PHONE,
        "a conversation on a telephone",
    )
    .await;
    viewer.take(Device::DESK).await;
    hub.is(HubMood::Refuses(500, "The hub is out of order.".to_owned()));
    viewer.click_on("[data-testid=chat-field]").await;
    ask(&viewer, "And now?").await;
    until_end(&viewer, "failed").await;
    accessible_in_both_themes(&viewer, &axe, Device::DESK, "a failed question").await;
    until_gone(&viewer, "[data-testid=chat-stop]").await;
    viewer.leave().await;
}
