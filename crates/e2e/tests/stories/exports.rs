//! Charts as files: the figures, and the picture.

use e2e::Device;
use serde_json::Value;

use crate::pixels::calls;
use crate::ranges::{drawn, picture};
use crate::world::World;

#[tokio::test(flavor = "multi_thread")]
async fn figures_are_saved_as_the_api_tells_them() {
    let Some(world) = World::empty().await else {
        return;
    };
    calls(&world).await;
    let files = tempfile::tempdir().unwrap();
    let viewer = drawn(&world, Device::DESK).await;
    viewer.save_into(files.path()).await;
    viewer
        .click_on("[data-testid=chart-queries] [data-testid=export]")
        .await;
    let menu = "document.activeElement.dataset.testid === 'export-png'";
    viewer.until("the menu has the focus", menu).await;
    picture(&viewer, Device::DESK, "export-menu").await;
    viewer.press("ArrowDown").await;
    viewer.press("Enter").await;
    let (name, content) = viewer.saved(files.path(), "csv");
    assert!(
        name.starts_with("omni2-queries-24h-20") && name.ends_with("Z.csv"),
        "{name}"
    );
    let answer = viewer.read("fetch('/dashboard/api/v1/dashboard/charts/queries?tz=Europe/Berlin').then((answer) => answer.json())").await;
    let text = String::from_utf8(content).unwrap();
    let mut lines = text.split_terminator("\r\n");
    let head = lines.next().unwrap();
    assert!(
        head.starts_with("time_utc,time_local,queries,errors,cost_usd"),
        "{head}"
    );
    let data = answer.get("data").and_then(Value::as_array).unwrap();
    assert_eq!(lines.clone().count(), data.len());
    for (line, point) in lines.zip(data) {
        let fields: Vec<&str> = line.split(',').collect();
        let of = |name: &str| point.get(name).unwrap();
        assert_eq!(*fields.first().unwrap(), of("hour").as_str().unwrap());
        let local = fields.get(1).unwrap();
        assert!(
            local.ends_with("+01:00") || local.ends_with("+02:00"),
            "{local}"
        );
        assert_eq!(
            fields.get(2).unwrap().parse::<u64>().unwrap(),
            of("count").as_u64().unwrap()
        );
        assert_eq!(
            fields.get(3).unwrap().parse::<u64>().unwrap(),
            of("errors").as_u64().unwrap()
        );
        let cost: f64 = fields.get(4).unwrap().parse().unwrap();
        assert!((cost - of("cost").as_f64().unwrap()).abs() < 1e-9);
    }
    let focus = "document.activeElement.id === 'export-queries'
        && document.querySelector('[data-testid=export-menu]') === null";
    viewer.until("the focus is where it was", focus).await;
    viewer.press("Enter").await;
    viewer.until("the menu has the focus", menu).await;
    viewer.press("Escape").await;
    viewer.until("Escape closes it", focus).await;
    assert_eq!(viewer.complaints(), Vec::<String>::new());
    viewer.leave().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_chart_is_saved_as_it_is_on_the_screen() {
    let Some(world) = World::empty().await else {
        return;
    };
    calls(&world).await;
    let files = tempfile::tempdir().unwrap();
    for (ratio, dark) in [(2.0, true), (1.0, false)] {
        let viewer = drawn(
            &world,
            Device {
                ratio,
                dark,
                ..Device::DESK
            },
        )
        .await;
        viewer.save_into(files.path()).await;
        for chart in ["queries", "cost", "response-times", "errors"] {
            viewer
                .click_on(&format!("[data-testid=chart-{chart}] [data-testid=export]"))
                .await;
            viewer.click_on("[data-testid=export-png]").await;
            let (name, content) = viewer.saved(files.path(), "png");
            assert!(name.starts_with(&format!("omni2-{chart}-")), "{name}");
            // The header of a PNG: its signature, then width and height.
            assert_eq!(content.get(1..4).unwrap(), b"PNG");
            let width = content.get(16..20).unwrap();
            let width = f64::from(u32::from_be_bytes(width.try_into().unwrap()));
            let canvas =
                format!("document.querySelector('[data-testid=chart-{chart}] canvas').width");
            let drawn = viewer.read(&canvas).await.as_f64().unwrap();
            assert!(width >= drawn + 40.0 * ratio - 1.0, "{width} for {drawn}");
            if let Some(folder) = std::env::var_os("OMNI2_PICTURES") {
                let theme = if dark { "dark" } else { "light" };
                let file =
                    std::path::Path::new(&folder).join(format!("export-{chart}-{theme}.png"));
                std::fs::write(file, &content).unwrap();
            }
        }
        assert_eq!(viewer.complaints(), Vec::<String>::new());
        viewer.leave().await;
    }
}
