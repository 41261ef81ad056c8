//! The hands and surroundings that other stories rely on do what they say, on a page of
//! their own that notes what reaches it.

use e2e::{Chromium, Device, Opening, Preference, Viewer};

use crate::world::World;

/// A page that notes each event in `noted`, and has a field to write into.
const NOTEPAD: &str = "<!doctype html><style>body{margin:0;height:3000px}
    .pad{height:400px;touch-action:none}</style><div class=pad></div><input>
    <script>noted=[];for(const kind of ['pointerdown','pointermove','pointerup','wheel','dblclick',
    'click','keydown'])addEventListener(kind,(e)=>noted.push([kind,e.pointerType,e.buttons,
    e.key??e.deltaY,e.ctrlKey,e.isPrimary]))</script>";

async fn notepad(opening: Opening) -> Viewer {
    let viewer = opening.at("about:blank").await;
    let page = serde_json::Value::from(NOTEPAD);
    let write = format!("document.write({page}); document.close(); 0");
    viewer.read(&write).await;
    viewer
}

/// Waits until an expression of the events that have come is true, and forgets them.
async fn until(viewer: &Viewer, what: &str, expression: &str) {
    let seen = format!(
        "({expression})(noted.filter(([kind]) => kind !== 'click')) && ((noted = []), true)"
    );
    viewer.until(what, &seen).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_mouse_moves_drags_clicks_twice_and_turns_its_wheel() {
    let viewer = notepad(Opening::on(Device::DESK)).await;
    viewer.drag((100.0, 100.0), (300.0, 120.0)).await;
    let dragged = "(seen) => {
        const held = seen.filter(([kind, , buttons]) => kind === 'pointermove' && buttons === 1);
        return held.length >= 5 && seen.at(-1)[0] === 'pointerup' && seen.at(-1)[1] === 'mouse';
    }";
    until(&viewer, "it was dragged", dragged).await;
    viewer.double_click((200.0, 100.0)).await;
    let twice = "(seen) => seen.some(([kind]) => kind === 'dblclick')";
    until(&viewer, "it was clicked twice", twice).await;
    viewer.pinch_on_pad((200.0, 100.0), -120.0).await;
    let pinched =
        "(seen) => seen.some(([kind, , , by, ctrl]) => kind === 'wheel' && by === -120 && ctrl)";
    until(&viewer, "it was pinched", pinched).await;
    viewer.wheel((200.0, 100.0), 240.0).await;
    viewer.until("the page scrolls", "scrollY > 100").await;
    viewer.leave().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn fingers_tap_pan_and_pinch() {
    let viewer = notepad(Opening::on(Device::PHONE)).await;
    let coarse = "matchMedia('(pointer: coarse) and (hover: none)').matches";
    viewer.until("nothing hovers on a telephone", coarse).await;
    viewer.pan((300.0, 100.0), (100.0, 100.0)).await;
    let panned = "(seen) => seen.filter(([kind, type]) => kind === 'pointermove' && type === 'touch').length >= 5
        && seen.at(-1)[0] === 'pointerup'";
    until(&viewer, "one finger was moved", panned).await;
    viewer.pinch((195.0, 200.0), 60.0, 240.0).await;
    let pinched =
        "(seen) => [true, false].every((primary) => seen.filter(([kind, , , , , first]) =>
        kind === 'pointermove' && first === primary).length >= 5)
        && seen.filter(([kind]) => kind === 'pointerup').length === 2";
    until(&viewer, "two fingers were moved", pinched).await;
    viewer.tap_on("input").await;
    viewer
        .until(
            "the field has the focus",
            "document.activeElement.matches('input')",
        )
        .await;
    viewer.leave().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn keys_write_walk_and_command() {
    let viewer = notepad(Opening::on(Device::DESK)).await;
    viewer.press("Tab").await;
    viewer.write("Grüße, 12 + 3").await;
    viewer
        .until(
            "it is written",
            "document.querySelector('input').value === 'Grüße, 12 + 3'",
        )
        .await;
    viewer.press("Control+a").await;
    viewer.press("Backspace").await;
    viewer
        .until(
            "all of it was chosen",
            "document.querySelector('input').value === ''",
        )
        .await;
    viewer.press("Control+k").await;
    let command =
        "(seen) => seen.some(([kind, , , key, ctrl]) => kind === 'keydown' && key === 'k' && ctrl)";
    until(&viewer, "a command was pressed", command).await;
    viewer.press("Shift+Tab").await;
    viewer
        .until(
            "the focus went back",
            "document.activeElement === document.body",
        )
        .await;
    viewer.leave().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn people_sit_elsewhere_and_prefer_other_things() {
    let opening = Opening::on(Device::DESK)
        .zone("America/St_Johns")
        .locale("de-DE");
    let viewer = notepad(opening).await;
    let zone = viewer
        .read("Intl.DateTimeFormat().resolvedOptions().timeZone")
        .await;
    assert_eq!(zone, "America/St_Johns");
    let says = viewer
        .read("[navigator.language, (1234.5).toLocaleString()].join(' ')")
        .await;
    assert_eq!(says, "de-DE 1.234,5");
    for (preference, query) in [
        (Preference::ReducedMotion, "prefers-reduced-motion: reduce"),
        (
            Preference::ReducedTransparency,
            "prefers-reduced-transparency: reduce",
        ),
        (Preference::MoreContrast, "prefers-contrast: more"),
        (Preference::ForcedColours, "forced-colors: active"),
    ] {
        viewer.prefer(&[preference]).await;
        viewer
            .take(Device {
                dark: false,
                ..Device::DESK
            })
            .await;
        let both = format!("matchMedia('({query}) and (prefers-color-scheme: light)').matches");
        viewer.until(query, &both).await;
    }
    viewer.prefer(&[]).await;
    viewer
        .until("as usual", "!matchMedia('(forced-colors: active)').matches")
        .await;
    viewer.leave().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn people_go_back_and_forward_and_have_a_network_of_their_own() {
    let world = World::simulated();
    let chromium = Chromium::launch().await;
    let page = world.gateway.page();
    let opening = Opening::on(Device::DESK);
    let viewer = opening.clone().within(chromium.clone(), &page).await;
    viewer.until_state("live").await;
    viewer.read("location.hash = 'second'").await;
    viewer.back().await;
    assert_eq!(viewer.read("location.hash").await, "");
    viewer.forward().await;
    assert_eq!(viewer.read("location.hash").await, "#second");
    viewer.reload().await;
    viewer.until_state("live").await;
    let other = opening.within(chromium, &page).await;
    let answers = "fetch('/dashboard/api/v1/status').then(() => true, () => false)";
    other.unplug(true).await;
    assert_eq!(other.read(answers).await, false);
    assert_eq!(viewer.read(answers).await, true);
    other.unplug(false).await;
    assert_eq!(other.read(answers).await, true);
    other.leave().await;
    viewer.leave().await;
}
