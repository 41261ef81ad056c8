//! Windows from one time to another, also older or finer than what is held in memory.

use hub_sim::AuditRow;
use shared_types::{CostChart, ErrorsChart, LatencyChart, QueriesChart, Snapshot, paths};
use timeline::{DAY, HOUR, MINUTE};

use super::{NOW, rows};
use crate::world::{Api, Events, Hub, Moment, Reference, at, on_every_hub};

on_every_hub!(
    a_window_between_two_times_is_read_from_the_rows_where_it_must_be,
    a_stream_of_a_window_of_its_own_goes_on,
);

async fn a_window_between_two_times_is_read_from_the_rows_where_it_must_be(hub: &Hub) {
    let moment = Moment::new(NOW);
    hub.insert(&rows::a_month(moment.now())).await;
    let api = Api::live(hub, &moment).await;
    let reference = Reference::of(hub).await;
    for (window, buckets, seconds) in [
        // Within the last 52 hours, in minutes by itself.
        ("from=2026-06-17T11:50:30Z&to=2026-06-17T13:00:10Z", 71, 60),
        // To now, in hours.
        ("from=2026-06-16T00:30:00Z", 38, 3_600),
        // Five days ago, in minutes: finer than what is held.
        ("from=2026-06-12T10:00:00Z&to=2026-06-12T11:30:00Z", 90, 60),
        // Three days, 52 hours and more, in minutes.
        (
            "from=2026-06-13T00:00:00Z&to=2026-06-16T00:00:00Z&bucket=1m",
            4_320,
            60,
        ),
        // Two weeks in five minutes.
        (
            "from=2026-06-02T00:00:00Z&to=2026-06-16T00:00:00Z&bucket=300",
            4_032,
            300,
        ),
        // Older than the timeline reaches back.
        (
            "from=2026-05-01T00:00:00Z&to=2026-06-01T00:00:00Z&bucket=1d",
            31,
            86_400,
        ),
        (
            "from=2025-07-01T00:00:00Z&to=2026-06-17T00:00:00Z",
            351,
            86_400,
        ),
    ] {
        let query = window.replace('+', "%2B");
        let chart: QueriesChart = api
            .read(&format!("/api/v1/dashboard/charts/queries?{query}"))
            .await;
        assert_eq!(chart.data.len(), buckets, "{window}");
        assert_eq!(chart.window.bucket_seconds, seconds, "{window}");
        let mut starts: Vec<i64> = chart.data.iter().map(|point| at(&point.hour)).collect();
        starts.push(at(&chart.window.to));
        let sums = reference.sums(&starts).await;
        assert!(sums.iter().any(|sum| sum.queries > 0), "{window}");
        for (point, sum) in chart.data.iter().zip(&sums) {
            let ours = (i64::try_from(point.count).unwrap(), point.cost);
            assert_eq!(ours, (sum.queries, sum.cost), "{window}: {point:?}");
        }
        let path = format!("/api/v1/dashboard/charts/response-times?{query}");
        let chart: LatencyChart = api.read(&path).await;
        let exact = reference.latencies(&starts).await;
        for (point, exact) in chart.data.iter().zip(&exact) {
            assert_eq!(
                i64::try_from(point.count).unwrap(),
                exact.count,
                "{window}: {point:?}"
            );
            if let (Some(ours), Some(exact)) = (point.p95, exact.quantiles.get(1)) {
                let close = (ours - exact).abs() <= (exact * 0.01).max(1.0);
                assert!(close, "{window}: {ours}, exactly {exact}");
            }
        }
        check_page(&api, &query, &reference).await;
    }
}

/// Everything at once is the four charts, and the cards and calls of every other page.
async fn check_page(api: &Api, query: &str, reference: &Reference) {
    let page: Snapshot = api.read(&format!("{}?{query}", paths::SNAPSHOT)).await;
    let queries: QueriesChart = api.read(&format!("{}?{query}", paths::QUERIES)).await;
    let latency: LatencyChart = api
        .read(&format!("{}?{query}", paths::RESPONSE_TIMES))
        .await;
    let cost: CostChart = api.read(&format!("{}?{query}", paths::COST)).await;
    let errors: ErrorsChart = api.read(&format!("{}?{query}", paths::ERRORS)).await;
    let (from, to) = (at(&queries.window.from), at(&queries.window.to));
    let whole = &reference.sums(&[from, to]).await[0];
    let by_mcp = reference.by_mcp(from, to).await;
    assert_eq!(
        i64::try_from(errors.total).unwrap(),
        whole.queries,
        "{query}"
    );
    assert_eq!(cost.total, whole.cost, "{query}");
    assert_eq!(errors.data.len(), by_mcp.len(), "{query}");
    for bar in &errors.data {
        let exact = &by_mcp[&bar.mcp];
        let ours = [bar.total, bar.errors].map(|count| i64::try_from(count).unwrap());
        assert_eq!(ours, [exact.queries, exact.errors], "{query}: {bar:?}");
    }
    assert_eq!((page.queries, page.cost), (queries, cost), "{query}");
    assert_eq!(
        (page.response_times, page.errors),
        (latency, errors),
        "{query}"
    );
    let plain: Snapshot = api.read(paths::SNAPSHOT).await;
    assert_eq!(
        (page.stats, page.activities),
        (plain.stats, plain.activities)
    );
}

async fn a_stream_of_a_window_of_its_own_goes_on(hub: &Hub) {
    let moment = Moment::new(NOW);
    hub.insert(&rows::a_month(moment.now())).await;
    let api = Api::live(hub, &moment).await;
    let now = moment.now();
    let row = |ago: i64| AuditRow {
        at: now - ago,
        mcp_target: Some("Late MCP".to_owned()),
        duration_ms: Some(77),
        ..AuditRow::default()
    };
    let mut count = api.activity("limit=1").await.matching;
    for query in [
        // Held, and moving on.
        "from=2026-06-17T12:00:00Z",
        // Minutes from before those that are held until now; and what came before.
        "from=2026-06-14T16:00:00Z&bucket=1m",
        "from=2026-06-15T03:00:00Z&bucket=5m&compare=previous",
        // Wholly from the rows, and standing still.
        "from=2026-06-12T10:00:00Z&to=2026-06-12T14:00:00Z&bucket=1m&tz=Asia/Kolkata",
    ] {
        let mut events = Events::open(&api, query, None).await;
        let mut page = events.snapshot().await;
        events.until_same(&mut page, &api, query).await;
        // One now, one in the older part, one between the two.
        let times = [MINUTE, 5 * DAY + 2 * HOUR, 50 * HOUR];
        hub.insert(&times.map(row)).await;
        count += 3;
        api.matching(count).await;
        let window = (at(&page.queries.window.from), at(&page.queries.window.to));
        let inside = times
            .iter()
            .filter(|ago| (window.0..window.1).contains(&(now - *ago)));
        let wanted = page.errors.total + inside.count() as u64;
        while page.errors.total != wanted {
            let event = events.news().await;
            page.apply(serde_json::from_str(&event.data).unwrap(), 50);
        }
        events.until_same(&mut page, &api, query).await;
        let sum: u64 = page.queries.data.iter().map(|point| point.count).sum();
        assert_eq!(sum, wanted, "{query}");
    }
}
