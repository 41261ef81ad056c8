//! Everything by keys: the palette, the shortcuts, and an address that is none.

use e2e::{Device, Viewer};

use crate::pixels::calls;
use crate::ranges::{drawn, picture};
use crate::world::World;

const TYPING: &str = "document.activeElement.dataset.testid === 'filter'";
const CLOSED: &str = "document.querySelector('[data-testid=overlay]') === null";

/// Opens the palette, types, and takes the first that is found.
async fn command(viewer: &Viewer, typed: &str, label: &str) {
    viewer.press("Control+k").await;
    viewer.until("one can type", TYPING).await;
    viewer.write(typed).await;
    let first = format!(
        "document.querySelector('[data-testid=option][aria-selected=true]')?.dataset.label === '{label}'"
    );
    viewer.until(&format!("{label} is found"), &first).await;
    viewer.press("Enter").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_few_letters_do_everything() {
    let Some(world) = World::empty().await else {
        return;
    };
    calls(&world).await;
    let files = tempfile::tempdir().unwrap();
    let viewer = drawn(&world, Device::DESK).await;
    viewer.save_into(files.path()).await;
    viewer.press("Control+k").await;
    viewer.until("one can type", TYPING).await;
    let named = "(() => {
        const field = document.activeElement;
        const option = document.getElementById(field.getAttribute('aria-activedescendant'));
        return field.role === 'combobox' && option?.ariaSelected === 'true'
            && document.getElementById(field.getAttribute('aria-controls'))?.role === 'listbox';
    })()";
    viewer.until("it says what it is", named).await;
    picture(&viewer, Device::DESK, "palette").await;
    viewer.press("Escape").await;
    viewer.until("Escape closes it", CLOSED).await;
    command(&viewer, "range 7", "Range: last 7 days").await;
    let week = "location.search.includes('range=7d')";
    viewer.until("the week is shown", week).await;
    command(&viewer, "theme light", "Theme: light").await;
    let light = "document.documentElement.dataset.theme === 'light'";
    viewer.until("it is light", light).await;
    picture(&viewer, Device::DESK, "palette-done-light").await;
    command(&viewer, "table errors", "Show errors as a table").await;
    let table = "document.querySelector('[data-testid=chart-errors] table') !== null";
    viewer.until("errors are a table", table).await;
    command(&viewer, "beta", "Show calls of beta-mcp").await;
    let filtered = "new URLSearchParams(location.search).get('mcp') === 'beta-mcp'";
    viewer.until("the feed shows one server", filtered).await;
    command(&viewer, "all calls", "Show all calls").await;
    viewer
        .until("the feed shows all", "!location.search.includes('mcp=')")
        .await;
    command(&viewer, "failed", "Show failed calls only").await;
    let failed = "location.search.includes('status=errors')";
    viewer.until("the feed shows failures", failed).await;
    command(&viewer, "cost csv", "Save cost as CSV").await;
    let (name, content) = viewer.saved(files.path(), "csv");
    assert!(name.starts_with("omni2-cost-7d-"), "{name}");
    assert!(content.starts_with(b"mcp,cost_usd,share,queries\r\n\""));
    command(&viewer, "go response", "Go to response times").await;
    let there = "document.activeElement.dataset.testid === 'chart-response-times'";
    viewer.until("the focus is there", there).await;
    command(&viewer, "time zone", "Time zone…").await;
    let zones = "document.querySelector('[data-testid=zones]') !== null";
    viewer.until("one thing leads to another", zones).await;
    viewer.press("Escape").await;
    viewer.until("and closes", CLOSED).await;
    // With the mouse, too.
    viewer.click_on("[data-testid=palette]").await;
    viewer.until("one can type", TYPING).await;
    viewer.write("xyzxyz").await;
    let nothing = "document.querySelector('.picker-more').textContent === 'Nothing fits.'";
    viewer.until("what is not there is said", nothing).await;
    viewer.press("Escape").await;
    viewer
        .until(
            "the focus goes back",
            "document.activeElement.dataset.testid === 'palette'",
        )
        .await;
    assert_eq!(viewer.complaints(), Vec::<String>::new());
    viewer.leave().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_question_mark_shows_the_shortcuts() {
    let Some(world) = World::empty().await else {
        return;
    };
    calls(&world).await;
    let viewer = drawn(&world, Device::DESK).await;
    viewer.press("?").await;
    let shown = "document.querySelectorAll('[data-testid=overlay] kbd').length > 10";
    viewer.until("the shortcuts are shown", shown).await;
    picture(&viewer, Device::DESK, "shortcuts").await;
    viewer
        .take(Device {
            dark: false,
            ..Device::PHONE
        })
        .await;
    picture(&viewer, Device::PHONE, "shortcuts-phone-light").await;
    viewer.press("Escape").await;
    viewer.until("and closed", CLOSED).await;
    viewer.leave().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_address_that_is_none_leads_back() {
    let Some(world) = World::empty().await else {
        return;
    };
    let address = format!("{}no/such/page", world.gateway.page());
    let viewer = Viewer::open(&address, Device::DESK).await;
    let said = "document.querySelector('[data-testid=not-found]') !== null";
    viewer.until("it is said", said).await;
    picture(&viewer, Device::DESK, "not-found").await;
    let back = "document.querySelector('[data-testid=not-found] a').href";
    let back = viewer.read(back).await;
    viewer.go(back.as_str().unwrap()).await;
    viewer.until_state("live").await;
    viewer.leave().await;
}
