//! Each chart as a table of the same figures.

use e2e::{Device, Viewer};

use crate::pixels::calls;
use crate::ranges::{drawn, picture};
use crate::world::World;

/// The cells of a table equal what `rows` makes of the API's answer.
fn equals(chart: &str, rows: &str) -> String {
    format!(
        "(async () => {{
            const answer = await (await fetch(
                '/dashboard/api/v1/dashboard/charts/{chart}?tz=Europe/Berlin&range=24h')).json();
            const body = document.querySelectorAll('[data-testid=chart-{chart}] tbody tr');
            const cells = [...body].map((row) => [...row.cells].map((cell) => cell.dataset.value));
            const expected = ({rows})(answer).map((row) => row.map((value) => String(value ?? '')));
            const same = (row, index) => row.every((value, i) => cells[index]?.[i] === value);
            return cells.length > 1 && cells.length === expected.length && expected.every(same);
        }})()"
    )
}

async fn all_equal_the_api(viewer: &Viewer) {
    for (chart, rows) in [
        (
            "queries",
            "({ data }) => data.reverse().map((point) => [point.hour, point.count, point.errors, point.cost])",
        ),
        (
            "response-times",
            "({ data }) => data.reverse().map((point) =>
                [point.timestamp, point.p50, point.p95, point.p99, point.count])",
        ),
        (
            "cost",
            "({ data, total }) => data.map((slice) => [slice.mcp, slice.cost, slice.cost / total, slice.queries])",
        ),
        (
            "errors",
            "({ data }) => data.map((bar) => [bar.mcp, bar.total, bar.errors, bar.errors / bar.total])",
        ),
    ] {
        viewer
            .until(&format!("{chart} in figures"), &equals(chart, rows))
            .await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_chart_can_be_read_as_a_table_and_a_link_says_so() {
    let Some(world) = World::empty().await else {
        return;
    };
    calls(&world).await;
    let viewer = drawn(&world, Device::DESK).await;
    // Cost is about the same range as the others, once it is asked for.
    viewer.click_on("[data-range='7d']").await;
    viewer.click_on("[data-range='24h']").await;
    for chart in ["queries", "response-times", "cost", "errors"] {
        viewer
            .click_on(&format!("[data-testid=chart-{chart}] [data-testid=table]"))
            .await;
        let table = format!(
            "document.querySelector('[data-testid=chart-{chart}] table caption') !== null
            && document.querySelector('[data-testid=chart-{chart}] .canvas') === null
            && new URLSearchParams(location.search).getAll('table').includes('{chart}')"
        );
        viewer.until(&format!("{chart} is a table"), &table).await;
    }
    all_equal_the_api(&viewer).await;
    picture(&viewer, Device::DESK, "tables").await;
    let address = viewer.read("location.href").await;
    let other = Viewer::open(
        address.as_str().unwrap(),
        Device {
            dark: false,
            ..Device::DESK
        },
    )
    .await;
    all_equal_the_api(&other).await;
    picture(&other, Device::DESK, "tables-light").await;
    other.take(Device::PHONE).await;
    let fits = "document.documentElement.scrollWidth <= innerWidth";
    other.until("tables fit a telephone", fits).await;
    picture(&other, Device::PHONE, "tables-phone").await;
    // It goes on while one reads.
    world.hub.call("gamma-mcp").await;
    all_equal_the_api(&viewer).await;
    viewer.back().await;
    let chart = "document.querySelector('[data-testid=chart-errors] canvas') !== null
        && document.querySelector('[data-testid=chart-cost] table') !== null";
    viewer.until("back is one table less", chart).await;
    viewer
        .read("document.querySelector('[data-testid=chart-cost] [data-testid=table]').focus()")
        .await;
    viewer.press("Enter").await;
    let chart = "document.querySelector('[data-testid=chart-cost] canvas') !== null";
    viewer.until("the chart is back", chart).await;
    assert_eq!(viewer.complaints(), Vec::<String>::new());
    viewer.leave().await;
    other.leave().await;
}
