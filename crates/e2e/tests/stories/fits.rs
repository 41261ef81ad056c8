//! Nothing is cut off, at a desk or on a telephone; pictures to look at.

use std::path::PathBuf;

use e2e::Device;

use crate::world::World;

#[tokio::test(flavor = "multi_thread")]
async fn the_page_fits_a_desk_a_tablet_and_a_telephone() {
    let world = World::simulated();
    let viewer = world.viewer(Device::DESK).await;
    viewer.until_state("live").await;
    let pictures = std::env::var_os("OMNI2_PICTURES").map(PathBuf::from);
    for (name, device) in [
        ("desk", Device::DESK),
        ("tablet", Device::TABLET),
        ("phone", Device::PHONE),
    ] {
        for dark in [true, false] {
            viewer.take(Device { dark, ..device }).await;
            let theme = if dark { "dark" } else { "light" };
            let changed = format!("document.documentElement.dataset.theme === '{theme}'");
            viewer.until("the theme follows the system", &changed).await;
            let fits = format!(
                "innerWidth === {} && document.documentElement.scrollWidth <= innerWidth
                && [...document.querySelectorAll('.canvas')].every((stage) => {{
                    const canvas = stage.querySelector('canvas');
                    const width = stage.getBoundingClientRect().width * devicePixelRatio;
                    const hidden = width === 0;
                    return hidden || (canvas.plan && Math.abs(canvas.width - width) <= 1);
                }})",
                device.width
            );
            viewer
                .until("nothing is wider than the window", &fits)
                .await;
            if let Some(folder) = &pictures {
                viewer
                    .picture(&folder.join(format!("{name}-{theme}.png")))
                    .await;
            }
        }
    }
    assert_eq!(viewer.complaints(), Vec::<String>::new());
    viewer.leave().await;
}
