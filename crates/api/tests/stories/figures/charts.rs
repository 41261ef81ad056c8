//! Cards and charts, in several zones and every range.

use shared_types::{CostChart, ErrorsChart, LatencyChart, QueriesChart, Range, Snapshot, Stats};
use timeline::{DAY, running_minute_end};

use super::reference::Reference;
use super::{NOW, edges, rows};
use crate::world::{Api, Hub, Moment, at, on_every_hub};

on_every_hub!(charts_and_cards_are_what_sql_computes);

const ZONES: [&str; 3] = ["UTC", "Asia/Kolkata", "America/New_York"];

async fn charts_and_cards_are_what_sql_computes(hub: &Hub) {
    let moment = Moment::new(NOW);
    hub.insert(&rows::a_month(moment.now())).await;
    let api = Api::live(hub, &moment).await;
    let reference = Reference::of(hub).await;
    for zone in ZONES {
        check_cards(&api, &reference, zone, moment.now()).await;
        for range in Range::ALL {
            check_range(hub, &api, &reference, zone, range, moment.now()).await;
        }
    }
}

fn path(of: &str, zone: &str, range: Range) -> String {
    format!("/api/v1/dashboard/{of}?tz={zone}&range={range}")
}

async fn check_cards(api: &Api, reference: &Reference, zone: &str, now: i64) {
    let cards: Stats = api
        .read(&format!("/api/v1/dashboard/stats?tz={zone}"))
        .await;
    let midnight = at(&cards.today_starts);
    let today = &reference.sums(&[midnight, running_minute_end(now)]).await[0];
    assert!(today.queries > 100, "there is something to compare");
    assert_eq!(count(cards.queries_today), today.queries, "{zone}");
    assert_eq!(cards.cost_today, today.cost, "{zone}");
    let same_time = now - now.rem_euclid(1_000_000) - DAY;
    let before = &reference.sums(&[midnight - DAY, same_time]).await[0];
    assert_eq!(count(cards.yesterday.queries), before.queries, "{zone}");
    assert_eq!(cards.yesterday.cost, before.cost, "{zone}");
    let hours: u64 = cards.hours.iter().map(|hour| hour.count).sum();
    assert_eq!(hours, cards.queries_today);
    assert_eq!(cards.active_mcps, Some(9));
    assert_eq!(cards.total_users, Some(28));
}

async fn check_range(
    hub: &Hub,
    api: &Api,
    reference: &Reference,
    zone: &str,
    range: Range,
    now: i64,
) {
    let queries: QueriesChart = api.read(&path("charts/queries", zone, range)).await;
    let latency: LatencyChart = api.read(&path("charts/response-times", zone, range)).await;
    let cost: CostChart = api.read(&path("charts/cost", zone, range)).await;
    let errors: ErrorsChart = api.read(&path("charts/errors", zone, range)).await;
    let told = format!("{range} in {zone}");

    let mut starts: Vec<i64> = queries.data.iter().map(|point| at(&point.hour)).collect();
    starts.push(at(&queries.window.to));
    if hub.kind.is_postgres() {
        assert_eq!(
            starts,
            edges::of_range(hub.pool(), range.as_str(), zone, now).await,
            "{told}"
        );
    }
    let sums = reference.sums(&starts).await;
    for (point, sum) in queries.data.iter().zip(&sums) {
        assert_eq!(count(point.count), sum.queries, "{told}: {point:?}");
        assert_eq!(count(point.errors), sum.errors, "{told}: {point:?}");
        assert_eq!(point.cost, sum.cost, "{told}: {point:?}");
    }
    let latencies = reference.latencies(&starts).await;
    assert_eq!(latency.data.len(), latencies.len(), "{told}");
    for (point, exact) in latency.data.iter().zip(&latencies) {
        assert_eq!(count(point.count), exact.count, "{told}: {point:?}");
        let ours: Vec<f64> = [point.p50, point.p95, point.p99]
            .into_iter()
            .flatten()
            .collect();
        assert_eq!(ours.len(), exact.quantiles.len(), "{told}: {point:?}");
        for (ours, exact) in ours.iter().zip(&exact.quantiles) {
            let close = (ours - exact).abs() <= (exact * 0.01).max(1.0);
            assert!(close, "{told}: {ours}, exactly {exact} in {point:?}");
        }
    }

    // The same window everywhere, and so the same totals.
    let (from, to) = (starts[0], *starts.last().unwrap());
    let whole = &reference.sums(&[from, to]).await[0];
    for window in [&latency.window, &cost.window, &errors.window] {
        assert_eq!(window, &queries.window, "{told}");
    }
    assert_eq!(
        sums.iter().map(|sum| sum.queries).sum::<i64>(),
        whole.queries,
        "{told}"
    );
    assert_eq!(
        (count(errors.total), count(errors.errors)),
        (whole.queries, whole.errors)
    );
    assert_eq!(cost.total, whole.cost, "{told}");
    check_servers(reference, from, to, &cost, &errors).await;

    let page: Snapshot = api.read(&path("snapshot", zone, range)).await;
    assert_eq!((page.queries, page.cost), (queries, cost), "{told}");
    assert_eq!(
        (page.response_times, page.errors),
        (latency, errors),
        "{told}"
    );
}

async fn check_servers(
    reference: &Reference,
    from: i64,
    to: i64,
    cost: &CostChart,
    errors: &ErrorsChart,
) {
    let expected = reference.by_mcp(from, to).await;
    assert_eq!(cost.data.len(), expected.len());
    assert_eq!(errors.data.len(), expected.len());
    for slice in &cost.data {
        let sum = &expected[&slice.mcp];
        assert_eq!(count(slice.queries), sum.queries, "{slice:?}");
        assert!(
            (slice.cost - sum.cost).abs() < 1.5e-6,
            "{slice:?}, exactly {sum:?}"
        );
    }
    let slices: f64 = cost.data.iter().map(|slice| slice.cost).sum();
    assert!((slices - cost.total).abs() < 1e-6 * (cost.data.len() + 1) as f64);
    assert!(
        cost.data.is_sorted_by(|a, b| a.cost >= b.cost),
        "highest first"
    );
    for bar in &errors.data {
        let sum = &expected[&bar.mcp];
        assert_eq!(
            (count(bar.total), count(bar.errors)),
            (sum.queries, sum.errors),
            "{bar:?}"
        );
    }
    assert!(
        errors.data.is_sorted_by(|a, b| a.total >= b.total),
        "most calls first"
    );
}

fn count(number: u64) -> i64 {
    i64::try_from(number).unwrap()
}
