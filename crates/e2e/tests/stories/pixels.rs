//! What is drawn is where the figures say, and has the colours of the style sheet.

use e2e::{Device, Viewer, now};
use hub_sim::AuditRow;
use serde_json::Value;

use crate::world::World;

const HOUR: i64 = 3_600_000_000;

/// Looks at pixels of a chart's canvas: `looks` makes of the plan and a function that
/// reads a pixel what is to be true of both.
async fn chart(viewer: &Viewer, chart: &str, looks: &str) -> Value {
    let question = format!(
        "(() => {{
            const canvas = document.querySelector('[data-testid=chart-{chart}] canvas');
            if (!canvas?.plan) return false;
            const context = canvas.getContext('2d');
            const ratio = canvas.width / canvas.getBoundingClientRect().width;
            const rgba = (x, y) => [...context.getImageData(x * ratio, y * ratio, 1, 1).data];
            const token = (name) => {{
                const probe = document.createElement('canvas').getContext('2d');
                probe.fillStyle = getComputedStyle(canvas).getPropertyValue(name);
                probe.fillRect(0, 0, 1, 1);
                return [...probe.getImageData(0, 0, 1, 1).data];
            }};
            const is = ([x, y], name) => {{
                const [seen, told] = [rgba(x, y), token(name)];
                return seen[3] > 200 && [0, 1, 2].every((i) => Math.abs(seen[i] - told[i]) < 30);
            }};
            const plan = JSON.parse(canvas.plan);
            return ({looks})(plan, is, rgba, ratio);
        }})()"
    );
    viewer
        .until(&format!("{chart} is drawn as planned"), &question)
        .await
}

/// Calls of the last ten hours: two servers, one of which fails a third of its calls.
pub(crate) async fn calls(world: &World) {
    let mut rows = Vec::new();
    for hour in 0..10i64 {
        // An hour without any: a gap in the response times.
        for call in (0..if hour == 4 { 0 } else { 6 + hour * 3 }).map(|call| call * 10_000_000) {
            let fails = call % 30_000_000 == 0;
            let server = if fails || hour % 2 == 0 {
                "alpha-mcp"
            } else {
                "beta-mcp"
            };
            rows.push(AuditRow {
                at: now() - hour * HOUR - call,
                user_id: Some(1),
                mcps: vec![Some(server.to_owned())],
                duration_ms: Some(100 + call / 40_000),
                cost: Some("0.25".to_owned()),
                success: !fails,
                status: Some(if fails { "error" } else { "success" }.to_owned()),
                ..AuditRow::default()
            });
        }
    }
    world.hub.write(&rows).await;
}

pub(crate) async fn every_chart(viewer: &Viewer) {
    let line = "(plan, is) => plan.points.length === 25
        && plan.points.slice(0, -1).every((point) => is(point, '--purple'))";
    chart(viewer, "queries", line).await;
    let fill = "(plan, is, rgba) => {
        const [x, y] = plan.points.at(-2);
        const { top, height } = plan.axes.plot;
        const [near, far] = [rgba(x, y + 4)[3], rgba(x, top + height - 4)[3]];
        return near > far && far < 60 && rgba(x, top - 4)[3] === 0;
    }";
    chart(viewer, "queries", fill).await;
    let slices = "(plan, is) => plan.slices.length > 0 && plan.slices.every((slice) => {
        const [angle, radius] = [(slice.from + slice.to) / 2, (plan.inner + plan.outer) / 2];
        const [x, y] = plan.center;
        const hue = slice.hue === 'Neutral' ? '--mcp-none' : `--mcp-${slice.hue.Mcp}`;
        return is([x + radius * Math.sin(angle), y - radius * Math.cos(angle)], hue);
    })";
    chart(viewer, "cost", slices).await;
    let hole = "(plan, is, rgba) => rgba(...plan.center)[3] === 0";
    chart(viewer, "cost", hole).await;
    let lines = "(plan, is) => ['--green', '--blue', '--orange'].every((colour, index) =>
        plan.lines[index].points.length > 0
        // Where lines touch, the faster one is on top.
        && plan.lines[index].points.some((point) => is(point, colour)))";
    chart(viewer, "response-times", lines).await;
    let bars = "(plan, is) => plan.bars.length === 2 && plan.bars.every(({ ok, failed }) =>
        (ok.width < 8 || is([ok.left + ok.width - 3, ok.top + ok.height / 2], '--green'))
        && (failed.width < 4 || is([failed.left + failed.width / 2, failed.top + failed.height / 2], '--red')))";
    chart(viewer, "errors", bars).await;
    let crisp = "(plan, is, rgba, ratio) => Math.abs(ratio - devicePixelRatio) < 0.02";
    for name in ["queries", "cost", "response-times", "errors"] {
        chart(viewer, name, crisp).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn charts_are_drawn_where_the_figures_say() {
    let Some(world) = World::empty().await else {
        return;
    };
    calls(&world).await;
    let viewer = world.viewer(Device::DESK).await;
    every_chart(&viewer).await;
    // The same window on a finer screen.
    viewer
        .take(Device {
            ratio: 2.0,
            ..Device::DESK
        })
        .await;
    every_chart(&viewer).await;
    viewer
        .take(Device {
            ratio: 2.0,
            dark: false,
            ..Device::DESK
        })
        .await;
    every_chart(&viewer).await;
    viewer.leave().await;
}
