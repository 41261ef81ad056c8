//! Choosing which calls the feed shows: the address says which, and the API agrees.

use std::path::PathBuf;

use e2e::{Device, Viewer};
use hub_sim::AuditRow;
use serde_json::Value;

use crate::feed::{FEED, call, until_counted, write};
use crate::world::World;

/// Where pictures go, when somebody wants to look at them.
pub(crate) async fn picture(viewer: &Viewer, name: &str) {
    if let Some(folder) = std::env::var_os("OMNI2_PICTURES") {
        let file = PathBuf::from(folder).join(format!("{name}.png"));
        viewer.picture(&file).await;
    }
}

/// Calls of several servers, ends and users.
fn mixed(index: i64) -> AuditRow {
    let servers = ["database-mcp", "files-mcp", "search-mcp"];
    let server = usize::try_from(index % 3).unwrap();
    let status = ["success", "success", "error", "warning", "success"];
    let status = status.get(usize::try_from(index % 5).unwrap()).unwrap();
    AuditRow {
        user_id: Some(1 + index % 2),
        mcps: vec![servers.get(server).map(|&name| name.to_owned())],
        status: Some((*status).to_owned()),
        success: *status != "error",
        was_blocked: index % 5 == 4,
        message: Some(format!(
            "{} of order {index}",
            ["price", "delivery"].get(server % 2).unwrap()
        )),
        ..call(index)
    }
}

/// Waits until head, rows and the API say the same of what the address names.
async fn until_agreed(viewer: &Viewer, what: &str) -> Value {
    let agreed = format!(
        "(async () => {{
            const named = new URLSearchParams(location.search);
            const asked = new URLSearchParams({{ limit: '1' }});
            for (const [name, value] of named) {{
                if (name === 'status' && value === 'errors') asked.set('outcome', 'error');
                else if (name === 'since') asked.set('from', value);
                else if (name === 'until') asked.set('to', value);
                else asked.set(name, value);
            }}
            const path = `/dashboard/api/v1/dashboard/activity?${{asked}}`;
            const {{ matching, activities }} = await (await fetch(path)).json();
            const count = document.querySelector('[data-testid=feed-count]');
            const first = {FEED}.querySelector('[data-id]')?.dataset.id;
            return Number(count?.dataset.value) === matching
                && first === activities[0]?.id.toString() && {{ matching }};
        }})()"
    );
    let agreed = viewer.until(what, &agreed).await;
    agreed.get("matching").cloned().unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn the_feed_shows_what_the_address_names_and_counts_it_as_the_api_does() {
    let Some(world) = World::empty().await else {
        return;
    };
    write(&world.hub, 300, mixed).await;
    let viewer = world.viewer(Device::DESK).await;
    until_counted(&viewer, 300).await;
    viewer
        .until(
            "calls are there",
            &format!("!!{FEED}.querySelector('[data-id]')"),
        )
        .await;
    let names = "fetch('/dashboard/api/v1/dashboard/activity?limit=6').then((a) => a.json())
        .then((a) => a.activities.map((call) => [call.mcps[0], call.user_email, call.timestamp]))";
    let names = viewer.read(names).await;
    let name = |row: usize, field: usize| {
        let name = names.get(row).and_then(|row| row.get(field));
        name.and_then(Value::as_str).unwrap().to_owned()
    };
    let (mcp, user, newest, older) = (name(0, 0), name(0, 1), name(0, 2), name(5, 2));
    let page = world.gateway.page();
    for (filter, what) in [
        (format!("mcp={mcp}"), "one server"),
        ("status=errors".to_owned(), "errors of both kinds"),
        ("status=warning".to_owned(), "warnings"),
        (format!("user={user}"), "one user"),
        ("q=delivery".to_owned(), "a text"),
        (
            format!("mcp={mcp}&status=errors&user={user}&q=order"),
            "all together",
        ),
        (
            format!("since={older}&until={newest}"),
            "from one moment to another",
        ),
    ] {
        viewer.go(&format!("{page}?{filter}")).await;
        let matching = until_agreed(&viewer, what).await;
        println!("{what}: {matching}");
        assert!(
            matching.as_i64().unwrap() > 0 && matching != 300,
            "{what}: {matching}"
        );
    }
    viewer.go(&format!("{page}?q=nobody%20asked%20this")).await;
    let none = format!(
        "{FEED}.querySelector('[data-testid=empty]')?.textContent === 'No call is like this.'"
    );
    viewer.until("it is said that there is none", &none).await;
    assert_eq!(viewer.complaints(), Vec::<String>::new());
    viewer.leave().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn filters_are_chosen_by_hand_and_taken_away_one_by_one() {
    let Some(world) = World::empty().await else {
        return;
    };
    write(&world.hub, 300, mixed).await;
    let viewer = world.viewer(Device::DESK).await;
    until_counted(&viewer, 300).await;
    viewer
        .until(
            "calls are there",
            &format!("!!{FEED}.querySelector('[data-id]')"),
        )
        .await;
    picture(&viewer, "feed-desk").await;
    viewer.press("/").await;
    let focused = "document.activeElement.id === 'feed-search'";
    viewer.until("the search has the focus", focused).await;
    viewer.write("price").await;
    viewer
        .until("it is searched for", "location.search === '?q=price'")
        .await;
    until_agreed(&viewer, "what was written").await;
    viewer.click_on("[data-testid=feed-filter]").await;
    // Choosing from a list, as its own menu does it, which is the system's and not the page's.
    let choose = |name: &str, index: usize| {
        format!(
            "(() => {{
                const list = document.querySelector('[data-testid=feed-{name}]');
                if (!list?.options[{index}]) return false;
                list.selectedIndex = {index};
                list.dispatchEvent(new Event('change', {{ bubbles: true }}));
                return true;
            }})()"
        )
    };
    viewer
        .until("a status is chosen", &choose("status", 1))
        .await;
    until_agreed(&viewer, "errors with this text").await;
    viewer.until("a server is chosen", &choose("mcp", 1)).await;
    until_agreed(&viewer, "errors of one server with this text").await;
    picture(&viewer, "feed-desk-filtered").await;
    viewer
        .take(Device {
            dark: false,
            ..Device::DESK
        })
        .await;
    picture(&viewer, "feed-desk-filtered-light").await;
    viewer.take(Device::PHONE).await;
    picture(&viewer, "feed-phone-filtered").await;
    viewer.take(Device::DESK).await;
    let chips = |count: usize| {
        format!("document.querySelectorAll('[data-testid=feed-chip]').length === {count}")
    };
    viewer.until("there are three chips", &chips(3)).await;
    viewer
        .click_on("[data-testid=feed-chip][data-name=q]")
        .await;
    viewer.until("there are two", &chips(2)).await;
    let emptied = "document.getElementById('feed-search').value === ''";
    viewer.until("the search is empty again", emptied).await;
    until_agreed(&viewer, "errors of one server").await;
    viewer.back().await;
    viewer.until("a step back brings it back", &chips(3)).await;
    viewer.click_on("[data-testid=feed-clear]").await;
    viewer.until("all are gone", "location.search === ''").await;
    let all = format!("{FEED}.scrollHeight > 40 * 52");
    viewer.until("all calls are there again", &all).await;
    assert_eq!(viewer.complaints(), Vec::<String>::new());
    viewer.leave().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn new_calls_come_into_a_filtered_feed_only_if_they_match() {
    let Some(world) = World::empty().await else {
        return;
    };
    write(&world.hub, 30, mixed).await;
    let viewer = world.viewer(Device::DESK).await;
    until_counted(&viewer, 30).await;
    let page = world.gateway.page();
    viewer.go(&format!("{page}?q=what+is+new")).await;
    let none = format!("!!{FEED}.querySelector('[data-testid=empty]')");
    viewer.until("there is none yet", &none).await;
    world
        .hub
        .write(&[AuditRow {
            at: e2e::now(),
            ..mixed(1)
        }])
        .await;
    let id = world.hub.call("database-mcp").await;
    viewer.until_call(id).await;
    let one = format!(
        "{FEED}.querySelectorAll('[data-id]').length === 1
        && document.querySelector('[data-testid=feed-count]')?.dataset.value === '1'"
    );
    viewer.until("it is the only one", &one).await;
    assert_eq!(viewer.complaints(), Vec::<String>::new());
    viewer.leave().await;
}
