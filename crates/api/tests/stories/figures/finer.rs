//! Windows from one time to another, also older or finer than what is held in memory.

use shared_types::{LatencyChart, QueriesChart};

use super::reference::Reference;
use super::{NOW, rows};
use crate::world::{Api, Hub, Moment, at, on_every_hub};

on_every_hub!(a_window_between_two_times_is_read_from_the_rows_where_it_must_be);

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
    }
}
