//! A figure is clicked, and the feed shows the calls that it counts: as many as it says.

use e2e::{Device, Viewer};

use crate::pixels::calls;
use crate::world::World;

/// Waits until the feed counts as many calls as the API says of what was clicked: `expected`
/// makes a number of an endpoint's answer.
async fn until_counted(viewer: &Viewer, what: &str, path: &str, expected: &str) {
    let equal = format!(
        "fetch('/dashboard/api/v1/dashboard/{path}').then((answer) => answer.json()).then((answer) => {{
            const count = document.querySelector('[data-testid=feed-count]')?.dataset.value;
            return count !== undefined && count === String(({expected})(answer));
        }})"
    );
    viewer.until(what, &equal).await;
}

async fn opened() -> Option<(World, Viewer)> {
    let world = World::empty().await?;
    calls(&world).await;
    let viewer = world.viewer(Device::DESK).await;
    let drawn = "['queries', 'cost', 'response-times', 'errors'].every((chart) =>
        document.querySelector(`[data-testid=chart-${chart}] canvas`)?.plan)";
    viewer.until("every chart is drawn", drawn).await;
    Some((world, viewer))
}

#[tokio::test(flavor = "multi_thread")]
async fn every_figure_leads_to_the_calls_it_counts() {
    let Some((_world, viewer)) = opened().await else {
        return;
    };
    // A server's bar, where it is green: all its calls.
    let green = "(plan) => [plan.bars[0].ok.left + 5, plan.bars[0].name.y]";
    let at = viewer.place_in("errors", green).await;
    viewer.click(at).await;
    let errors = "charts/errors?tz=Europe/Berlin&range=24h";
    until_counted(&viewer, "a bar's calls", errors, "(a) => a.data[0].total").await;
    // Where it is red: those that failed.
    let failing = "(plan) => {
        const { failed } = plan.bars.find(({ failed }) => failed.width > 6);
        return [failed.left + failed.width / 2, failed.top + failed.height / 2];
    }";
    let at = viewer.place_in("errors", failing).await;
    viewer.click(at).await;
    let first_failing = "(a) => a.data.find(({ errors }) => errors > 0).errors";
    until_counted(&viewer, "a bar's errors", errors, first_failing).await;
    // A slice.
    let slice = "(plan) => {
        const [{ from, to }] = plan.slices;
        const [angle, radius] = [(from + to) / 2, (plan.inner + plan.outer) / 2];
        return [plan.center[0] + radius * Math.sin(angle), plan.center[1] - radius * Math.cos(angle)];
    }";
    let at = viewer.place_in("cost", slice).await;
    viewer.click(at).await;
    let cost = "charts/cost?tz=Europe/Berlin&range=24h";
    until_counted(&viewer, "a slice's calls", cost, "(a) => a.data[0].queries").await;
    // A point.
    let at = viewer
        .place_in("queries", "(plan) => plan.points.at(-3)")
        .await;
    viewer.click(at).await;
    let queries = "charts/queries?tz=Europe/Berlin&range=24h";
    until_counted(
        &viewer,
        "a bucket's calls",
        queries,
        "(a) => a.data.at(-3).count",
    )
    .await;
    // A card.
    viewer.click_on("[data-testid=card-queries] button").await;
    let stats = "stats?tz=Europe/Berlin";
    until_counted(&viewer, "today's calls", stats, "(a) => a.queries_today").await;
    // Back goes through them again.
    viewer.back().await;
    until_counted(
        &viewer,
        "the bucket again",
        queries,
        "(a) => a.data.at(-3).count",
    )
    .await;
    assert_eq!(viewer.complaints(), Vec::<String>::new());
    viewer.leave().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn legends_switch_lines_and_slices_off_for_everybody_with_the_link() {
    let Some((_world, viewer)) = opened().await else {
        return;
    };
    let slices = "JSON.parse(document.querySelector('[data-testid=chart-cost] canvas').plan)
        .slices.map(({ mcp }) => mcp)";
    let before = viewer.read(slices).await;
    let before: Vec<String> = serde_json::from_value(before).unwrap();
    let off = before.first().unwrap();
    viewer
        .click_on(&format!("[data-testid=chart-cost] [data-series=\"{off}\"]"))
        .await;
    let gone = format!("!({slices}).includes('{off}') && ({slices}).length > 0");
    viewer.until("the slice is gone", &gone).await;
    viewer
        .click_on("[data-testid=chart-response-times] [data-series=p99]")
        .await;
    let no_p99 = "JSON.parse(
        document.querySelector('[data-testid=chart-response-times] canvas').plan
    ).lines[2].points.length === 0";
    viewer.until("the line is gone", no_p99).await;
    let address = viewer.read("location.href").await;
    let colleague = Viewer::open(address.as_str().unwrap(), Device::DESK).await;
    let drawn = "!!document.querySelector('[data-testid=chart-cost] canvas')?.plan
        && !!document.querySelector('[data-testid=chart-response-times] canvas')?.plan";
    colleague.until("a colleague opens the link", drawn).await;
    colleague.until("and sees no such slice", &gone).await;
    colleague.until("nor the line", no_p99).await;
    colleague.leave().await;
    viewer.back().await;
    viewer.back().await;
    let again = format!("({slices}).includes('{off}')");
    viewer.until("back brings them back", &again).await;
    viewer.leave().await;
}
