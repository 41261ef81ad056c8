//! Nothing is cut off, at a desk or on a telephone, with much, with nothing, and before
//! and without figures; pictures to look at.

use std::net::TcpListener;
use std::path::PathBuf;

use e2e::{Device, Gateway, Preference, Viewer};

use crate::world::{World, watch};

const EMPTY: &str = "document.querySelectorAll('[data-testid=empty]').length === 5";
const BANNER: &str = "document.querySelector('[data-testid=banner]') !== null";
const SKELETONS: &str = "document.querySelectorAll('.skeleton').length > 0";

/// Nothing is wider than the window, and what is drawn is as sharp as the screen. Figures
/// that nobody has yet are drawn nowhere.
fn fits(width: u16) -> String {
    format!(
        "innerWidth === {width} && document.documentElement.scrollWidth <= innerWidth
        && [...document.querySelectorAll('.canvas')].every((stage) => {{
            const canvas = stage.querySelector('canvas');
            const width = stage.getBoundingClientRect().width * devicePixelRatio;
            const hidden = width === 0;
            return hidden || (canvas.plan && Math.abs(canvas.width - width) <= 1);
        }})"
    )
}

/// Sees that the page fits everywhere as it is now: `state` names the pictures.
async fn fits_everywhere(viewer: Viewer, state: &str) {
    let pictures = std::env::var_os("OMNI2_PICTURES").map(PathBuf::from);
    for (name, device) in [
        ("desk", Device::DESK),
        ("tablet", Device::TABLET),
        ("phone", Device::PHONE),
    ] {
        for (theme, dark) in [("dark", true), ("light", false)] {
            viewer.take(Device { dark, ..device }).await;
            let changed = format!("document.documentElement.dataset.theme === '{theme}'");
            viewer.until("the theme follows the system", &changed).await;
            viewer
                .until("nothing is wider than the window", &fits(device.width))
                .await;
            if let Some(folder) = &pictures {
                // Nothing is half way.
                viewer.prefer(&[Preference::ReducedMotion]).await;
                let file = format!("{state}-{name}-{theme}.webp");
                viewer.picture(&folder.join(file)).await;
            }
        }
    }
    viewer.leave().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_busy_page_fits_a_desk_a_tablet_and_a_telephone() {
    let world = World::simulated();
    let viewer = world.viewer(Device::DESK).await;
    viewer.until_state("live").await;
    let drawn = "['queries', 'cost', 'response-times', 'errors'].every((chart) =>
        document.querySelector(`[data-testid=chart-${chart}] canvas`)?.plan)";
    viewer.until("every chart is drawn", drawn).await;
    fits_everywhere(viewer, "full").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_with_nothing_to_show_fits_as_well() {
    let Some(world) = World::empty().await else {
        return;
    };
    let viewer = world.viewer(Device::DESK).await;
    viewer.until_state("live").await;
    viewer.until("there is nothing", EMPTY).await;
    fits_everywhere(viewer, "empty").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_that_still_waits_for_figures_fits_as_well() {
    // Takes questions and never answers.
    let silent = TcpListener::bind("127.0.0.1:0").unwrap();
    let gateway = Gateway::before(&format!("http://{}", silent.local_addr().unwrap()));
    let viewer = Viewer::open(&gateway.page(), Device::DESK).await;
    viewer.until("nothing is made up", SKELETONS).await;
    fits_everywhere(viewer, "loading").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_without_a_database_fits_as_well() {
    let port = testkit::free_port();
    let (_api, gateway) = watch(&format!("postgres://nobody@127.0.0.1:{port}/none"));
    let viewer = Viewer::open(&gateway.page(), Device::DESK).await;
    viewer.until("it says what is away", BANNER).await;
    viewer.until("nothing is made up", SKELETONS).await;
    fits_everywhere(viewer, "failing").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_whose_figures_are_old_fits_as_well() {
    let world = World::simulated();
    let viewer = world.viewer(Device::DESK).await;
    viewer.until_state("live").await;
    assert!(world.api.stop());
    viewer.until_state("stale").await;
    fits_everywhere(viewer, "stale").await;
}
