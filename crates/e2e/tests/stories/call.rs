//! One call with all its fields.

use e2e::{Device, Viewer, now};
use hub_sim::AuditRow;

use crate::filters::picture;
use crate::world::World;

const SHEET: &str = "document.querySelector('[data-testid=overlay]')";

/// A call of this moment with everything in it.
fn whole() -> AuditRow {
    AuditRow {
        at: now(),
        user_id: Some(1),
        mcps: vec![
            Some("database-mcp".to_owned()),
            Some("files-mcp".to_owned()),
        ],
        message: Some("Which orders are late, and why?".to_owned()),
        tool: Some("query".to_owned()),
        tools_used: vec!["database-mcp.query".to_owned(), "files-mcp.read".to_owned()],
        tool_params: Some(
            r#"{"sql":"select * from orders where late","limit":50,"password":"hunter2hunter2"}"#
                .to_owned(),
        ),
        tool_calls_count: Some(2),
        iterations: Some(3),
        tokens_input: Some(1_234),
        tokens_output: Some(567),
        duration_ms: Some(1_480),
        cost: Some("0.0123".to_owned()),
        ..AuditRow::default()
    }
}

async fn one(world: &World, row: AuditRow) -> i64 {
    world.hub.write(&[row]).await.first().copied().unwrap()
}

async fn until_open(viewer: &Viewer, id: i64) {
    let open = format!("{SHEET}?.open && {SHEET}.textContent.includes('call {id}')");
    viewer.until(&format!("call {id} is open"), &open).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_link_shows_the_same_call_to_somebody_else() {
    let Some(world) = World::empty().await else {
        return;
    };
    let id = one(&world, whole()).await;
    let viewer = world.viewer(Device::DESK).await;
    viewer.until_call(id).await;
    viewer.click_on(&format!("[data-id='{id}'] a")).await;
    until_open(&viewer, id).await;
    picture(&viewer, "call-desk").await;
    viewer
        .take(Device {
            dark: false,
            ..Device::DESK
        })
        .await;
    picture(&viewer, "call-desk-light").await;
    let link = viewer.read("location.href").await;
    let other = Viewer::open(link.as_str().unwrap(), Device::PHONE).await;
    until_open(&other, id).await;
    picture(&other, "call-phone").await;
    let told = "(() => {
        const text = (name) => document.querySelector(`[data-testid=call-${name}]`)?.textContent ?? '';
        return text('question') === 'Which orders are late, and why?'
            && text('parameters').includes('\"limit\": 50')
            && !document.body.textContent.includes('hunter2');
    })()";
    other.until("everything is told but secrets", told).await;
    // Escape closes it there, a step back here.
    other.press("Escape").await;
    let closed = format!("{SHEET} === null && !location.search.includes('call')");
    other.until("it is closed", &closed).await;
    viewer.back().await;
    viewer.until("going back closes it", &closed).await;
    assert_eq!(viewer.complaints(), Vec::<String>::new());
    assert_eq!(other.complaints(), Vec::<String>::new());
    other.leave().await;
    viewer.leave().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_call_is_opened_left_and_followed_by_others_without_a_mouse() {
    let Some(world) = World::empty().await else {
        return;
    };
    let older = one(&world, whole()).await;
    let newer = one(&world, whole()).await;
    let viewer = world.viewer(Device::DESK).await;
    viewer.until_call(newer).await;
    viewer.until_call(older).await;
    viewer
        .read("document.querySelector('[data-testid=feed]').focus()")
        .await;
    viewer.press("ArrowDown").await;
    let focused = format!("document.activeElement.id === 'call-{newer}'");
    viewer
        .until("the newest call has the focus", &focused)
        .await;
    viewer.press("Enter").await;
    until_open(&viewer, newer).await;
    viewer.press("ArrowRight").await;
    until_open(&viewer, older).await;
    viewer.press("ArrowLeft").await;
    until_open(&viewer, newer).await;
    viewer.press("Escape").await;
    viewer.until("the focus is back", &focused).await;
    assert_eq!(viewer.complaints(), Vec::<String>::new());
    viewer.leave().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_call_opens_beside_the_page_like_any_link() {
    let Some(world) = World::empty().await else {
        return;
    };
    let id = one(&world, whole()).await;
    let viewer = world.viewer(Device::DESK).await;
    viewer.until_call(id).await;
    let row = format!("[data-id='{id}'] a");
    let own = format!("?call={id}");
    viewer
        .opens_beside(&own, viewer.control_click_on(&row))
        .await;
    viewer
        .opens_beside(&own, viewer.middle_click_on(&row))
        .await;
    assert_eq!(viewer.read(&format!("{SHEET} === null")).await, true);
    viewer.leave().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_call_says_is_copied_whole() {
    let Some(world) = World::empty().await else {
        return;
    };
    let call = whole();
    let id = one(&world, call.clone()).await;
    let viewer = world.copier().await;
    viewer.until_call(id).await;
    viewer.click_on(&format!("[data-id='{id}'] a")).await;
    until_open(&viewer, id).await;
    let mut copied = Vec::new();
    for what in ["link", "question", "parameters"] {
        let button = format!("[data-testid=copy-{what}]");
        viewer.click_on(&button).await;
        let done = format!("document.querySelector('{button}').textContent === 'Copied'");
        viewer.until("it says that it has copied", &done).await;
        copied.push(viewer.clipboard().await);
    }
    let address = viewer.read("location.href").await;
    let [link, question, parameters] = copied.as_slice() else {
        panic!("{copied:?}");
    };
    assert_eq!(link, address.as_str().unwrap());
    assert_eq!(Some(question), call.message.as_ref());
    let parameters: serde_json::Value = serde_json::from_str(parameters).unwrap();
    assert_eq!(parameters.get("limit").unwrap(), 50);
    assert!(!parameters.to_string().contains("hunter2"), "{parameters}");
    viewer.leave().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_call_that_is_gone_says_so() {
    let Some(world) = World::empty().await else {
        return;
    };
    one(&world, whole()).await;
    let viewer = world.viewer(Device::DESK).await;
    viewer.until_state("live").await;
    viewer
        .go(&format!("{}?call=987654321", world.gateway.page()))
        .await;
    let gone = "!!document.querySelector('[data-testid=call-gone]')";
    viewer.until("it is said that it is gone", gone).await;
    viewer.leave().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn hostile_text_neither_runs_nor_breaks_the_page() {
    let Some(world) = World::empty().await else {
        return;
    };
    let nasty = "<img src=x onerror=\"window.ran=true\"><script>window.ran=true</script> \u{202e}gnitrats \u{2066}";
    let long = format!("{nasty}{}", "longwordwithoutend".repeat(6_000));
    let hostile = AuditRow {
        message: Some(long),
        tool_params: Some(format!("{{\"x\":\"<b>{}</b>\"}}", "y".repeat(5_000))),
        ..whole()
    };
    let id = one(&world, hostile).await;
    let viewer = world.viewer(Device::PHONE).await;
    viewer.until_call(id).await;
    viewer
        .go(&format!("{}?call={id}", world.gateway.page()))
        .await;
    until_open(&viewer, id).await;
    picture(&viewer, "call-hostile").await;
    let sound = format!(
        "window.ran === undefined && document.querySelector('main img, dialog img') === null
            && document.documentElement.scrollWidth <= innerWidth
            && {SHEET}.scrollWidth <= {SHEET}.clientWidth + 1
            && document.querySelector('[data-testid=call-question]').textContent.startsWith('<img')"
    );
    viewer.until("it is text, within the page", &sound).await;
    assert_eq!(viewer.complaints(), Vec::<String>::new());
    viewer.leave().await;
}
