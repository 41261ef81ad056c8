//! The feed with many calls: scrolling, pausing, moving with keys.

use e2e::{Device, Hub, Viewer, now};
use hub_sim::AuditRow;

use crate::world::World;

/// Everything that a feed holds at most.
const MANY: i64 = 10_000;
/// Calls that it has no room for.
const OLDER: i64 = 200;
/// A screenful and a few around it.
const FEW: i64 = 60;

/// The list, or an empty element until it is there.
pub(crate) const FEED: &str =
    "(document.querySelector('[data-testid=feed]') ?? document.createElement('div'))";

/// Writes so many calls, a second apart, the last one a minute ago.
pub(crate) async fn write(hub: &Hub, count: i64, call: impl Fn(i64) -> AuditRow) {
    let newest = now() - 60_000_000;
    let rows: Vec<AuditRow> = (0..count)
        .map(|index| AuditRow {
            at: newest - (count - 1 - index) * 1_000_000,
            ..call(index)
        })
        .collect();
    for rows in rows.chunks(500) {
        hub.write(rows).await;
    }
}

/// A call by the first user.
pub(crate) fn call(index: i64) -> AuditRow {
    AuditRow {
        user_id: Some(1),
        mcps: vec![Some("database-mcp".to_owned())],
        message: Some(format!("question {index}")),
        duration_ms: Some(120),
        cost: Some("0.0021".to_owned()),
        ..AuditRow::default()
    }
}

/// Waits until the API has told of so many calls.
pub(crate) async fn until_counted(viewer: &Viewer, count: i64) {
    let counted = format!(
        "fetch('/dashboard/api/v1/dashboard/activity?limit=1').then((answer) => answer.json())
            .then((answer) => answer.matching === {count})"
    );
    viewer.until("the API has read every call", &counted).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn ten_thousand_calls_scroll_by_and_none_is_missing_or_twice() {
    let Some(world) = World::empty().await else {
        return;
    };
    write(&world.hub, MANY + OLDER, call).await;
    let viewer = world.viewer(Device::DESK).await;
    until_counted(&viewer, MANY + OLDER).await;
    viewer
        .until(
            "there are calls",
            &format!("!!{FEED}.querySelector('[data-id]')"),
        )
        .await;
    // Notes what each frame has, and whether it is in order and in its place.
    let watch = format!(
        "(() => {{
            const feed = {FEED};
            window.seen = new Set();
            window.most = 0;
            window.wrong = [];
            const look = () => {{
                const rows = [...feed.querySelectorAll('[data-id]')];
                const ids = rows.map((row) => Number(row.dataset.id));
                window.most = Math.max(window.most, rows.length);
                if (ids.some((id, index) => index > 0 && id >= ids[index - 1])) window.wrong.push(ids);
                for (const id of ids) window.seen.add(id);
                requestAnimationFrame(look);
            }};
            look();
            return true;
        }})()"
    );
    viewer.read(&watch).await;
    let middle = viewer.middle_of("[data-testid=feed]").await;
    let end = format!(
        "!!{FEED}.querySelector('[data-testid=feed-end]') && {FEED}.scrollTop + {FEED}.clientHeight >= {FEED}.scrollHeight - 1"
    );
    for _ in 0..2_000 {
        if viewer.read(&end).await == true {
            break;
        }
        let before = viewer.read(&format!("{FEED}.scrollTop")).await;
        viewer.wheel(middle, 900.0).await;
        let moved = format!("{FEED}.scrollTop > {before} || ({end})");
        viewer.until("the list scrolls on", &moved).await;
    }
    viewer.until("the end is reached", &end).await;
    let says = viewer
        .read(&format!(
            "{FEED}.querySelector('[data-testid=feed-end]').textContent"
        ))
        .await;
    let told = says.as_str().unwrap();
    assert!(told.contains("10,000") && told.contains("filter"), "{told}");
    let pages = "(async () => {
        const ids = [];
        let cursor = '';
        do {
            const path = `/dashboard/api/v1/dashboard/activity?limit=500${cursor}`;
            const page = await (await fetch(path)).json();
            ids.push(...page.activities.map((call) => call.id));
            cursor = page.next && `&cursor=${encodeURIComponent(page.next)}`;
        } while (cursor);
        return { all: ids.length, missing: ids.slice(0, 10000).filter((id) => !window.seen.has(id)).length,
            shown: window.seen.size, most: window.most, wrong: window.wrong.length };
    })()";
    let found = viewer.read(pages).await;
    println!("scrolled to the end: {found}");
    assert_eq!(found.get("all").unwrap(), MANY + OLDER);
    assert_eq!(found.get("missing").unwrap(), 0);
    assert_eq!(found.get("shown").unwrap(), MANY);
    assert_eq!(found.get("wrong").unwrap(), 0);
    let most = found.get("most").unwrap().as_i64().unwrap();
    assert!(most < FEW, "{most} rows in the document");
    assert_eq!(viewer.complaints(), Vec::<String>::new());
    viewer.leave().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_paused_list_stands_still_and_counts_what_waits() {
    let Some(world) = World::empty().await else {
        return;
    };
    let first = world.hub.call("database-mcp").await;
    let viewer = world.viewer(Device::DESK).await;
    viewer.until_call(first).await;
    viewer.click_on("[data-testid=feed-pause]").await;
    let pressed = "document.querySelector('[data-testid=feed-pause][aria-pressed=true]') !== null";
    viewer.until("it is paused", pressed).await;
    let mut last = first;
    for _ in 0..3 {
        last = world.hub.call("files-mcp").await;
    }
    let waiting = "document.querySelector('[data-testid=feed-pause]').textContent === '3 new'";
    viewer.until("three wait", waiting).await;
    let top = format!("Number({FEED}.querySelector('[data-id]').dataset.id)");
    assert_eq!(viewer.read(&top).await, first);
    viewer.click_on("[data-testid=feed-pause]").await;
    viewer
        .until("it goes on with the newest", &format!("{top} === {last}"))
        .await;
    assert_eq!(viewer.complaints(), Vec::<String>::new());
    viewer.leave().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn keys_go_from_call_to_call() {
    let Some(world) = World::empty().await else {
        return;
    };
    write(&world.hub, 120, call).await;
    let viewer = world.viewer(Device::DESK).await;
    until_counted(&viewer, 120).await;
    let rows = format!("{FEED}.scrollHeight > 40 * 50");
    viewer.until("the feed is full", &rows).await;
    viewer.read(&format!("{FEED}.focus()")).await;
    let ids = format!("[...{FEED}.querySelectorAll('[data-id]')].map((row) => row.dataset.id)");
    let ids = viewer.read(&ids).await;
    let focused = |index: usize| {
        let id = ids.get(index).and_then(|id| id.as_str()).unwrap();
        format!("document.activeElement.id === 'call-{id}'")
    };
    viewer.press("ArrowDown").await;
    viewer
        .until("the first call has the focus", &focused(0))
        .await;
    viewer.press("ArrowDown").await;
    viewer.until("the second call has it", &focused(1)).await;
    viewer.press("ArrowUp").await;
    viewer
        .until("the first call has it again", &focused(0))
        .await;
    viewer.press("End").await;
    let last = format!(
        "document.activeElement.id.startsWith('call-') && {FEED}.scrollTop > 1000
            && (() => {{
                const row = document.activeElement.getBoundingClientRect();
                const list = {FEED}.getBoundingClientRect();
                return row.top >= list.top - 1 && row.bottom <= list.bottom + 1;
            }})()"
    );
    viewer
        .until("the last call is in view and has it", &last)
        .await;
    // Rows that leave the document take the focus nowhere.
    viewer.read(&format!("{FEED}.scrollTop = 0")).await;
    viewer
        .until(
            "the list has the focus",
            &format!("document.activeElement === {FEED}"),
        )
        .await;
    assert_eq!(viewer.complaints(), Vec::<String>::new());
    viewer.leave().await;
}
