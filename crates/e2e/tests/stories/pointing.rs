//! Pointing at charts, and walking through them without a mouse: what is told is what the
//! API says.

use e2e::{Device, Viewer};

use crate::pixels::calls;
use crate::world::World;

/// Waits until a chart's tip is what `expected` makes of the API's answer.
async fn until_told(viewer: &Viewer, chart: &str, expected: &str) {
    let asked = "tz=Europe/Berlin&range=24h";
    let compare = if matches!(chart, "queries" | "response-times") {
        "&compare=previous"
    } else {
        ""
    };
    let path = format!("/dashboard/api/v1/dashboard/charts/{chart}?{asked}{compare}");
    let told = format!(
        "fetch('{path}').then((answer) => answer.json()).then((answer) => {{
            const tip = document.querySelector('[data-testid=chart-{chart}] [data-testid=tip]');
            const figures = [...(tip?.querySelectorAll('dd') ?? [])].map((dd) => dd.textContent);
            const plain = (text) => text.replaceAll('\\u202f', ' ');
            const expected = ({expected})(answer);
            return tip !== null && JSON.stringify(figures.map(plain)) === JSON.stringify(expected);
        }})"
    );
    viewer
        .until(&format!("{chart} tells what the API says"), &told)
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_told_is_what_the_api_says() {
    let Some(world) = World::empty().await else {
        return;
    };
    calls(&world).await;
    let viewer = world.viewer(Device::DESK).await;
    viewer
        .point_into("queries", "(plan) => plan.points.at(-4)")
        .await;
    let count = "(answer) => {
        const { count, previous } = answer.data.at(-4);
        return [count, previous].map((figure) => figure.toLocaleString('en'));
    }";
    until_told(&viewer, "queries", count).await;
    viewer
        .point_into(
            "response-times",
            "(plan) => [plan.lines[0].points.at(-2)[0], 90]",
        )
        .await;
    let percentiles = "(answer) => {
        const { p50, p95, p99, previous } = answer.data.at(-2);
        const say = (ms) => ms < 999.5 ? `${Math.round(ms)} ms` : `${+(ms / 1000).toFixed(1)} s`;
        return [p99, p95, p50, ...(previous == null ? [] : [previous])].map(say);
    }";
    until_told(&viewer, "response-times", percentiles).await;
    let first_slice = "(plan) => {
        const [{ from, to }] = plan.slices;
        const [angle, radius] = [(from + to) / 2, (plan.inner + plan.outer) / 2];
        return [plan.center[0] + radius * Math.sin(angle), plan.center[1] - radius * Math.cos(angle)];
    }";
    viewer.point_into("cost", first_slice).await;
    let cost = "(answer) => {
        const [{ cost, queries }] = answer.data;
        const share = cost / answer.total * 100;
        const digits = share < 9.95 ? 1 : 0;
        return [`$${cost.toFixed(2)}`, `${share.toFixed(digits)} %`, `${queries}`];
    }";
    until_told(&viewer, "cost", cost).await;
    viewer
        .point_into(
            "errors",
            "(plan) => [plan.bars[0].ok.left + 5, plan.bars[0].name.y]",
        )
        .await;
    let errors = "(answer) => {
        const [{ errors, total }] = answer.data;
        const share = errors / total * 100;
        return [`${total - errors}`, `${errors}`, `${share.toFixed(share < 9.95 ? 1 : 0)} %`];
    }";
    until_told(&viewer, "errors", errors).await;
    // Nothing is told of what is not pointed at.
    viewer.point(5.0, 300.0).await;
    let none = "document.querySelector('[data-testid=tip]') === null";
    viewer.until("no tip is left behind", none).await;
    assert_eq!(viewer.complaints(), Vec::<String>::new());
    viewer.leave().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn charts_can_be_walked_through_without_a_mouse() {
    let Some(world) = World::empty().await else {
        return;
    };
    calls(&world).await;
    let viewer = world.viewer(Device::DESK).await;
    let stage = "document.querySelector('[data-testid=chart-queries] .canvas')";
    viewer
        .until(
            "the chart is drawn",
            &format!("!!{stage}?.querySelector('canvas')?.plan"),
        )
        .await;
    viewer.read(&format!("{stage}.focus()")).await;
    let count = |index: i32| {
        format!(
            "(answer) => {{
                const {{ count, previous }} = answer.data.at({index});
                return [count, previous].map((figure) => figure.toLocaleString('en'));
            }}"
        )
    };
    viewer.press("End").await;
    until_told(&viewer, "queries", &count(-1)).await;
    viewer.press("ArrowLeft").await;
    viewer.press("ArrowLeft").await;
    until_told(&viewer, "queries", &count(-3)).await;
    viewer.press("Home").await;
    until_told(&viewer, "queries", &count(0)).await;
    let spoken = format!("{stage}.querySelector('[aria-live]').textContent.includes('queries')");
    viewer.until("it is said aloud", &spoken).await;
    viewer.press("Escape").await;
    let none = "document.querySelector('[data-testid=tip]') === null";
    viewer.until("Escape puts the tip away", none).await;
    viewer.leave().await;
}
