//! What people's systems prefer: a theme, little motion, nothing that shines through, the
//! few colours of a system of their own.

use e2e::{Device, Preference, Viewer};

use crate::filters::picture;
use crate::pixels::{calls, every_chart};
use crate::world::World;

const LIGHT: Device = Device {
    dark: false,
    ..Device::DESK
};

/// Waits until the page is in this theme.
async fn until_theme(viewer: &Viewer, theme: &str) {
    let is = format!("document.documentElement.dataset.theme === '{theme}'");
    viewer.until(&format!("the page is {theme}"), &is).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_theme_follows_the_system_or_is_chosen_and_kept() {
    let Some(world) = World::empty().await else {
        return;
    };
    let viewer = world.viewer(Device::DESK).await;
    viewer.until_state("live").await;
    until_theme(&viewer, "dark").await;
    viewer.take(LIGHT).await;
    until_theme(&viewer, "light").await;
    let says = |now: &str| {
        let button = "document.querySelector('[data-testid=theme]')";
        format!("{button}?.ariaLabel.startsWith('Theme: {now}.')")
    };
    // Chosen, it is so whatever the system prefers, and after the page is loaded anew.
    for (now, theme, system) in [("dark", "dark", LIGHT), ("light", "light", Device::DESK)] {
        viewer.take(system).await;
        viewer.click_on("[data-testid=theme]").await;
        viewer.until("the button says so", &says(now)).await;
        until_theme(&viewer, theme).await;
        viewer.reload().await;
        viewer.until("the button still says so", &says(now)).await;
        until_theme(&viewer, theme).await;
    }
    viewer.click_on("[data-testid=theme]").await;
    viewer
        .until("the system's again", &says("as the system"))
        .await;
    until_theme(&viewer, "dark").await;
    viewer.take(LIGHT).await;
    until_theme(&viewer, "light").await;
    assert_eq!(viewer.complaints(), Vec::<String>::new());
    viewer.leave().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_moves_for_those_who_want_less_motion() {
    let Some(world) = World::empty().await else {
        return;
    };
    let viewer = world.viewer(Device::DESK).await;
    viewer.until_state("live").await;
    let moves = "document.getAnimations().length";
    assert_ne!(viewer.read(moves).await, 0, "the live dot breathes");
    viewer.prefer(&[Preference::ReducedMotion]).await;
    // Notes whatever moves in any frame from now on.
    let watch = "void (() => {
        window.moved = new Set();
        const look = () => {
            for (const { effect } of document.getAnimations()) window.moved.add(effect.target.className);
            requestAnimationFrame(look);
        };
        look();
    })()";
    viewer.read(watch).await;
    let id = world.hub.call("database-mcp").await;
    viewer.until_call(id).await;
    let card = viewer.middle_of("[data-testid=card-users]").await;
    viewer.point(card.0, card.1).await;
    let over = "document.querySelector('[data-testid=card-users]').matches(':hover')";
    viewer.until("the mouse is over a card", over).await;
    viewer.press("Control+k").await;
    let opened = "document.querySelector('[data-testid=overlay]')?.open";
    viewer.until("the commands are open", opened).await;
    let lifted = "getComputedStyle(document.querySelector('[data-testid=card-users]')).transform";
    assert_eq!(viewer.read(lifted).await, "none");
    let gone = viewer.read("[...window.moved]").await;
    assert_eq!(gone, serde_json::json!([]));
    // Nor does what waits for its figures.
    assert!(world.api.stop());
    viewer.reload().await;
    let skeletons = "document.querySelectorAll('.skeleton').length > 0";
    viewer.until("it waits for figures", skeletons).await;
    assert_eq!(viewer.read(moves).await, 0);
    viewer.leave().await;
}

/// All that shines through, of what stands over the page's ground.
const SHINES: &str = "(() => {
    const over = '.glass, .top-bar, .tip, .menu, .overlay-sheet';
    const alpha = (colour) => {
        const probe = document.createElement('canvas').getContext('2d');
        probe.fillStyle = colour;
        probe.fillRect(0, 0, 1, 1);
        return probe.getImageData(0, 0, 1, 1).data[3];
    };
    const shines = (element, of) => {
        const style = getComputedStyle(element, of);
        return style.backdropFilter !== 'none'
            || !of && element.matches(over) && alpha(style.backgroundColor) < 255;
    };
    return [...document.querySelectorAll('body *')].flatMap((element) =>
        [null, '::before', '::after', '::backdrop'].filter((of) => shines(element, of))
            .map((of) => element.className + (of ?? '')));
})()";

#[tokio::test(flavor = "multi_thread")]
async fn nothing_shines_through_for_those_who_want_less_transparency() {
    let Some(world) = World::empty().await else {
        return;
    };
    calls(&world).await;
    let viewer = world.viewer(Device::DESK).await;
    viewer.until_state("live").await;
    assert_ne!(viewer.read(SHINES).await, serde_json::json!([]), "glass");
    viewer.prefer(&[Preference::ReducedTransparency]).await;
    let solid = |what: &'static str| {
        let viewer = &viewer;
        async move {
            for (theme, device) in [("light", LIGHT), ("dark", Device::DESK)] {
                viewer.take(device).await;
                until_theme(viewer, theme).await;
                let shines = viewer.read(SHINES).await;
                assert_eq!(shines, serde_json::json!([]), "{what}, {theme}");
                picture(viewer, &format!("solid-{what}-{theme}")).await;
            }
        }
    };
    viewer
        .point_into("queries", "(plan) => plan.points.at(-4)")
        .await;
    let tip = "document.querySelector('[data-testid=tip]') !== null";
    viewer.until("a tip", tip).await;
    solid("tip").await;
    viewer.press("Control+k").await;
    let opened = "document.querySelector('[data-testid=overlay]')?.open";
    viewer.until("the commands are open", opened).await;
    solid("commands").await;
    viewer.press("Escape").await;
    assert!(world.api.stop());
    let banner = "document.querySelector('[data-kind=trouble]') !== null";
    viewer.until("a banner", banner).await;
    solid("banner").await;
    viewer.leave().await;
}

/// All that is hard to tell from the system's ground: colours of charts that hardly differ
/// from it, marks without their hue, and things without an edge.
const LOST: &str = "(() => {
    const canvas = document.querySelector('[data-testid=chart-queries] canvas');
    const rgb = (colour) => {
        const probe = document.createElement('canvas').getContext('2d');
        probe.fillStyle = colour;
        probe.fillRect(0, 0, 1, 1);
        return [...probe.getImageData(0, 0, 1, 1).data];
    };
    const light = (colour) => {
        const [r, g, b] = rgb(colour).map((part) => part / 255)
            .map((part) => part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4);
        return 0.2126 * r + 0.7152 * g + 0.0722 * b;
    };
    const ground = document.createElement('p');
    document.body.append(ground);
    ground.style.backgroundColor = 'Canvas';
    const canvases = getComputedStyle(ground).backgroundColor;
    ground.remove();
    const contrast = (colour) => {
        const [one, other] = [light(colour), light(canvases)];
        return (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
    };
    const token = (name) => getComputedStyle(canvas).getPropertyValue(name);
    const least = { '--ink': 7, '--ink-2': 7, '--ink-3': 7, '--alarm': 7, '--mcp-none': 3 };
    for (const hue of ['purple', 'blue', 'green', 'orange', 'red']) least[`--${hue}`] = 3;
    for (let hue = 0; hue < 12; hue += 1) least[`--mcp-${hue}`] = 3;
    const pale = Object.keys(least).filter((name) => contrast(token(name)) < least[name])
        .map((name) => `${name} ${token(name)} on ${canvases}: ${contrast(token(name))}`);
    // The brightest, or darkest, of what is written beside an axis.
    const { plot } = JSON.parse(canvas.plan).axes;
    const ratio = canvas.width / canvas.getBoundingClientRect().width;
    const beside = canvas.getContext('2d').getImageData(0, 0, (plot.left - 4) * ratio, canvas.height).data;
    let label = 1;
    for (let at = 0; at < beside.length; at += 4) {
        if (beside[at + 3] > 200) label = Math.max(label, contrast(`rgb(${beside.slice(at, at + 3)})`));
    }
    if (label < 7) pale.push(`labels: ${label}`);
    const seen = [...document.querySelectorAll('main *, header *')].filter((element) =>
        element.checkVisibility() && element.getBoundingClientRect().width > 1);
    const edge = (element) => {
        const { borderTopWidth, borderTopStyle, outlineWidth, outlineStyle } = getComputedStyle(element);
        return (parseFloat(borderTopWidth) > 0 && borderTopStyle !== 'none')
            || (parseFloat(outlineWidth) > 0 && outlineStyle !== 'none');
    };
    const edged = '.glass, .badge, .live, .button, .tool, .skeleton, .new-pill, input:not([type=radio]), select';
    const bare = seen.filter((element) => element.matches(edged) && !edge(element));
    const marks = seen.filter((element) => element.matches('.legend i, .donut-legend i, .live b'));
    const faint = marks.filter((mark) => contrast(getComputedStyle(mark).backgroundColor) < 3);
    return [...pale, ...bare.concat(faint).map((element) => `${element.tagName} ${element.className}`)];
})()";

#[tokio::test(flavor = "multi_thread")]
async fn everything_is_told_apart_in_the_few_colours_of_a_system() {
    let Some(world) = World::empty().await else {
        return;
    };
    calls(&world).await;
    let viewer = world.viewer(Device::DESK).await;
    viewer.until_state("live").await;
    viewer.prefer(&[Preference::ForcedColours]).await;
    for choice in ["system", "dark", "light"] {
        for (ground, device) in [("light", LIGHT), ("dark", Device::DESK)] {
            viewer.take(device).await;
            until_theme(&viewer, ground).await;
            every_chart(&viewer).await;
            let lost = viewer.read(LOST).await;
            assert_eq!(lost, serde_json::json!([]), "{choice} on {ground}");
            picture(&viewer, &format!("forced-{choice}-on-{ground}")).await;
        }
        viewer.click_on("[data-testid=theme]").await;
    }
    viewer.leave().await;
}
