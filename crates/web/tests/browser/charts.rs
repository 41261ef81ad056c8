use leptos::prelude::*;
use wasm_bindgen_test::wasm_bindgen_test;
use web::charts::model::area::AreaChart;
use web::charts::model::bars::{BarsChart, Row};
use web::charts::model::lines::LinesChart;

use crate::stage::{GREEN, PURPLE, RED, Stage, is};

const HOUR: i64 = 3_600_000;

fn area(values: &[f64]) -> AreaChart {
    let points = (0..)
        .step_by(3_600_000)
        .zip(values.iter().copied())
        .collect();
    AreaChart {
        points,
        ..AreaChart::default()
    }
}

fn place(value: &serde_json::Value) -> (f64, f64) {
    (value[0].as_f64().unwrap(), value[1].as_f64().unwrap())
}

#[wasm_bindgen_test]
async fn the_line_goes_through_every_bucket() {
    let chart = area(&[40.0, 120.0, 80.0, 200.0, 10.0]);
    let stage = Stage::show(Signal::stored(chart), 560, 280).await;
    for point in stage.plan()["points"].as_array().unwrap() {
        let (x, y) = place(point);
        assert!(
            is(stage.pixel(x, y), PURPLE),
            "{:?} at {x}, {y}",
            stage.pixel(x, y)
        );
    }
}

#[wasm_bindgen_test]
async fn above_the_line_there_is_nothing() {
    let stage = Stage::show(Signal::stored(area(&[0.0, 0.0, 100.0])), 560, 280).await;
    let plan = stage.plan();
    let (left, top) = (&plan["axes"]["plot"]["left"], &plan["axes"]["plot"]["top"]);
    let (x, y) = (left.as_f64().unwrap() + 12.0, top.as_f64().unwrap() + 12.0);
    assert_eq!(stage.pixel(x, y)[3], 0);
}

#[wasm_bindgen_test]
async fn new_figures_are_drawn() {
    let chart = RwSignal::new(area(&[1.0, 1.0]));
    let stage = Stage::show::<AreaChart>(chart.into(), 400, 200).await;
    chart.set(area(&[1.0, 1.0, 1.0, 4.0]));
    stage
        .until(|stage| stage.plan()["points"].as_array().unwrap().len() == 4)
        .await;
}

#[wasm_bindgen_test]
async fn a_chart_fills_its_panel_and_follows_its_size() {
    let stage = Stage::show(Signal::stored(area(&[1.0, 2.0])), 500, 250).await;
    let ratio = web_sys::window().unwrap().device_pixel_ratio();
    assert_eq!(f64::from(stage.canvas().width()), (500.0 * ratio).round());
    stage.resize(320, 180);
    stage
        .until(|stage| f64::from(stage.canvas().width()) == (320.0 * ratio).round())
        .await;
    assert_eq!(f64::from(stage.canvas().height()), (180.0 * ratio).round());
}

#[wasm_bindgen_test]
async fn a_gap_stays_a_gap() {
    let some = [Some(100.0), Some(100.0), Some(100.0)];
    let buckets = vec![
        (0, some),
        (HOUR, some),
        (2 * HOUR, [None; 3]),
        (3 * HOUR, some),
        (4 * HOUR, some),
    ];
    let stage = Stage::show(
        Signal::stored(LinesChart {
            buckets,
            ..LinesChart::default()
        }),
        560,
        280,
    )
    .await;
    let points = stage.plan()["lines"][0]["points"].clone();
    let ((left, y), (right, _)) = (place(&points[1]), place(&points[2]));
    assert!(
        is(stage.pixel(left - 20.0, y), GREEN),
        "{:?}",
        stage.pixel(left - 20.0, y)
    );
    assert!(!is(stage.pixel(f64::midpoint(left, right), y), GREEN));
}

#[wasm_bindgen_test]
async fn errors_are_red_and_the_rest_is_green() {
    let row = Row {
        mcp: "Database MCP".to_owned(),
        errors: 300,
        total: 1000,
    };
    let chart = BarsChart {
        rows: vec![row],
        total: 1000,
        errors: 300,
        ..BarsChart::default()
    };
    let stage = Stage::show(Signal::stored(chart), 480, 200).await;
    let bar = stage.plan()["bars"][0].clone();
    let middle = |part: &str, at: f64| {
        let part = |name: &str| bar[part][name].as_f64().unwrap();
        (
            part("left") + part("width") * at,
            part("top") + part("height") / 2.0,
        )
    };
    let (x, y) = middle("ok", 0.97);
    assert!(is(stage.pixel(x, y), GREEN), "{:?}", stage.pixel(x, y));
    let (x, y) = middle("failed", 0.5);
    assert!(is(stage.pixel(x, y), RED), "{:?}", stage.pixel(x, y));
}
