//! Each point's figure of the window before is the one that SQL computes of that bucket.

use shared_types::{LatencyChart, QueriesChart, Range, Snapshot};
use timeline::{DAY, QUARTER, SECOND};

use super::{NOW, rows};
use crate::world::{Api, Hub, Moment, Reference, at, on_every_hub};

on_every_hub!(each_point_tells_what_it_is_compared_with);

/// Days that history reaches back: those asked for, and two more.
const HISTORY: i64 = 32 * DAY;

async fn each_point_tells_what_it_is_compared_with(hub: &Hub) {
    let moment = Moment::new(NOW);
    hub.insert(&rows::a_month(moment.now())).await;
    let api = Api::live(hub, &moment).await;
    let reference = Reference::of(hub).await;
    for range in Range::ALL {
        let query = format!("tz=America/New_York&range={range}");
        let shift = (range == Range::Today).then_some(DAY);
        let told = check(&api, &reference, &query, shift, moment.now()).await;
        assert!(told > 0, "{range}: there is something to compare");

        let page: Snapshot = api.read(&of("snapshot", &query)).await;
        let queries: QueriesChart = api.read(&of("charts/queries", &query)).await;
        let latency: LatencyChart = api.read(&of("charts/response-times", &query)).await;
        assert_eq!((page.queries, page.response_times), (queries, latency));
    }
    for query in [
        // Held in memory.
        "from=2026-06-15T00:30:00Z&to=2026-06-16T04:00:00Z&tz=Asia/Kolkata",
        // Finer than what is held, wholly or what comes before.
        "from=2026-06-12T10:00:00Z&to=2026-06-12T11:30:00Z",
        "from=2026-06-16T00:00:00Z&to=2026-06-17T12:00:00Z&bucket=1m",
        // Beyond what is held: only a part of what comes before is history.
        "from=2026-05-25T00:00:00Z&bucket=6h",
    ] {
        let told = check(&api, &reference, query, None, moment.now()).await;
        assert!(told > 0, "{query}: there is something to compare");
    }
    let plain = api.get("/api/v1/dashboard/snapshot?range=24h").await;
    assert!(
        !plain.text().contains("previous"),
        "absent when not asked for"
    );
}

fn of(what: &str, query: &str) -> String {
    format!("/api/v1/dashboard/{what}?{query}&compare=previous")
}

/// How many points were compared. Nothing happens to clocks in these windows, so what a
/// point is compared with lies the window's nominal length before it, unless told.
async fn check(
    api: &Api,
    reference: &Reference,
    query: &str,
    shift: Option<i64>,
    now: i64,
) -> usize {
    let queries: QueriesChart = api.read(&of("charts/queries", query)).await;
    let latency: LatencyChart = api.read(&of("charts/response-times", query)).await;
    let size = i64::from(queries.window.bucket_seconds) * SECOND;
    let count = i64::try_from(queries.data.len()).unwrap();
    let shift = shift.unwrap_or(count * size);
    let mut edges: Vec<i64> = queries
        .data
        .iter()
        .map(|point| at(&point.hour) - shift)
        .collect();
    edges.push(edges[edges.len() - 1] + size);
    let begins = (now - HISTORY).div_euclid(QUARTER) * QUARTER;
    let sums = reference.sums(&edges).await;
    let exact = reference.latencies(&edges).await;
    let mut told = 0;
    for (number, from) in edges.iter().take(sums.len()).enumerate() {
        let (ours, ours_p95) = (queries.data[number].previous, latency.data[number].previous);
        if *from < begins {
            assert_eq!((ours, ours_p95), (None, None), "{query}: before history");
            continue;
        }
        told += 1;
        let ours = ours.map(|count| i64::try_from(count).unwrap());
        assert_eq!(ours, Some(sums[number].queries), "{query}: {number}");
        let p95 = exact[number].quantiles.get(1);
        assert_eq!(ours_p95.is_some(), p95.is_some(), "{query}: {number}");
        if let (Some(ours), Some(exact)) = (ours_p95, p95) {
            let close = (ours - exact).abs() <= (exact * 0.01).max(1.0);
            assert!(close, "{query}: {number}: {ours}, exactly {exact}");
        }
    }
    told
}
