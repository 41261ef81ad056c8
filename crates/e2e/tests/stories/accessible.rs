//! Everybody can use the page: in both themes, with much, with nothing and with nothing
//! but trouble.

use e2e::{Axe, Device, Preference, Viewer};

use crate::pixels::calls;
use crate::world::World;

/// axe-core; none where it was not brought, which is an error where everything has to be
/// tested.
pub(crate) fn axe() -> Option<Axe> {
    Axe::brought().inspect_err(testkit::skip_or_fail).ok()
}

/// All that is wrong with the page as it is now.
pub(crate) async fn faults(viewer: &Viewer, axe: &Axe) -> Vec<String> {
    let audit = viewer.axe(axe).await;
    let contrasts = viewer.contrast(&audit.unclear_contrast()).await;
    let pale = contrasts.iter().filter(|contrast| !contrast.suffices());
    let violations = audit.violations.iter().map(ToString::to_string);
    violations
        .chain(audit.otherwise_unclear())
        .chain(pale.map(ToString::to_string))
        .collect()
}

/// Sees that nothing is wrong in either theme.
pub(crate) async fn accessible_in_both_themes(
    viewer: &Viewer,
    axe: &Axe,
    device: Device,
    what: &str,
) {
    // Nothing is caught between two colours.
    viewer.prefer(&[Preference::ReducedMotion]).await;
    let mut all = Vec::new();
    for (dark, theme) in [(true, "dark"), (false, "light")] {
        viewer.take(Device { dark, ..device }).await;
        let changed = format!("document.documentElement.dataset.theme === '{theme}'");
        viewer.until("the theme follows the system", &changed).await;
        let faults = faults(viewer, axe).await;
        all.extend(faults.iter().map(|fault| format!("{theme}: {fault}")));
    }
    assert!(all.is_empty(), "{what}:\n{}", all.join("\n"));
}

#[tokio::test(flavor = "multi_thread")]
async fn everybody_can_use_a_busy_page() {
    let (Some(axe), Some(world)) = (axe(), World::empty().await) else {
        return;
    };
    calls(&world).await;
    let viewer = world.viewer(Device::DESK).await;
    viewer.until_state("live").await;
    for chart in ["queries", "cost", "response-times", "errors"] {
        let drawn = format!("!!document.querySelector('[data-testid=chart-{chart}] canvas')?.plan");
        viewer.until(&format!("{chart} is drawn"), &drawn).await;
    }
    accessible_in_both_themes(&viewer, &axe, Device::DESK, "a busy page at a desk").await;
    viewer
        .point_into("queries", "(plan) => plan.points.at(-4)")
        .await;
    viewer
        .until(
            "a tip",
            "document.querySelector('[data-testid=tip]') !== null",
        )
        .await;
    accessible_in_both_themes(&viewer, &axe, Device::DESK, "a tip").await;
    // From its top: what is half below the bar that stays in view counts as covered.
    viewer
        .read("scrollTo({ top: 0, behavior: 'instant' })")
        .await;
    accessible_in_both_themes(&viewer, &axe, Device::PHONE, "a busy page on a telephone").await;
    assert_eq!(viewer.complaints(), Vec::<String>::new());
    viewer.leave().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn everybody_can_use_a_page_that_has_nothing_to_show() {
    let (Some(axe), Some(world)) = (axe(), World::empty().await) else {
        return;
    };
    let viewer = world.viewer(Device::DESK).await;
    viewer.until_state("live").await;
    let empty = "document.querySelectorAll('[data-testid=empty]').length === 5";
    viewer.until("there is nothing", empty).await;
    accessible_in_both_themes(&viewer, &axe, Device::DESK, "nothing").await;
    viewer.leave().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn everybody_can_use_a_page_in_trouble() {
    let (Some(axe), Some(world)) = (axe(), World::empty().await) else {
        return;
    };
    calls(&world).await;
    let viewer = world.viewer(Device::DESK).await;
    viewer.until_state("live").await;
    assert!(world.api.stop());
    viewer.until_state("stale").await;
    accessible_in_both_themes(&viewer, &axe, Device::DESK, "stale figures").await;
    // A page that has never seen a figure.
    viewer.reload().await;
    let banner = "document.querySelector('[data-testid=banner]') !== null";
    viewer.until("it says what is away", banner).await;
    accessible_in_both_themes(&viewer, &axe, Device::DESK, "no figures").await;
    viewer.leave().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_nobody_can_use_is_found() {
    let (Some(axe), Some(world)) = (axe(), World::empty().await) else {
        return;
    };
    world.hub.call("database-mcp").await;
    let viewer = world.viewer(Device::DESK).await;
    viewer.until_state("live").await;
    viewer.prefer(&[Preference::ReducedMotion]).await;
    let found = |faults: Vec<String>, what: &str| {
        assert!(
            faults.iter().any(|fault| fault.contains(what)),
            "{faults:?}"
        );
    };
    // Text over glass that is hardly lighter than what shines through.
    let pale = "document.querySelectorAll('[data-testid=card-queries] *')
        .forEach((element) => element.style.setProperty('color', '#3f4a5f', 'important'))";
    viewer.read(pale).await;
    found(faults(&viewer, &axe).await, "at least");
    let nameless = "document.body.append(document.createElement('button'))";
    viewer.read(nameless).await;
    found(faults(&viewer, &axe).await, "button-name");
    viewer.leave().await;
}
