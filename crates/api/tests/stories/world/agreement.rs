//! Whether every figure is the one that SQL computes of the same rows.

use serde::de::DeserializeOwned;
use shared_types::{CostChart, ErrorsChart, LatencyChart, QueriesChart, Range, Snapshot, Stats};
use timeline::{DAY, Micros, running_minute_end};

use super::feed::shows_the_rows;
use super::reference::{Latency, Reference};
use super::wait::{until, until_well};
use super::{Api, Hub, Moment, at, edges};

/// What differs first, for people.
pub(crate) type Agrees = Result<(), String>;

/// Both sides, where they differ.
macro_rules! same {
    ($ours:expr, $exact:expr, $($told:tt)+) => {{
        let (ours, exact) = (&$ours, &$exact);
        if ours != exact {
            let told = format!($($told)+);
            return Err(format!("{told}: {ours:?}, exactly {exact:?}"));
        }
    }};
}
pub(crate) use same;

impl Api {
    /// Waits until cards, charts and calls are what SQL computes. Nobody may write meanwhile.
    pub(crate) async fn agrees(&self, hub: &Hub, moment: &Moment) {
        until_well("every figure to be what SQL computes", async || {
            all(hub, self, moment.now()).await
        })
        .await;
    }

    /// As [`Api::agrees`], while the clock runs on: by so much whenever the API has looked at
    /// the database.
    pub(crate) async fn agrees_in_time(&self, hub: &Hub, moment: &Moment, pace: Micros) {
        until_well("every figure to become what SQL computes", async || {
            moment.pass(pace);
            self.has_looked().await;
            all(hub, self, moment.now()).await
        })
        .await;
    }

    /// Waits until it has read the database at the time that it is.
    pub(crate) async fn has_looked(&self) {
        until("the database to be looked at", async || {
            (self.live.gauges().last_poll_age_seconds == Some(0.0)).then_some(())
        })
        .await;
    }
}

/// Cards, charts of every range and calls, as one zone has them.
async fn all(hub: &Hub, api: &Api, now: Micros) -> Agrees {
    let reference = Reference::of(hub).await;
    let zone = "Asia/Kolkata";
    cards(hub, api, &reference, zone, now).await?;
    for range in Range::ALL {
        charts(hub, api, &reference, zone, range, now).await?;
    }
    shows_the_rows(hub, api, now).await
}

fn path(of: &str, zone: &str, range: Range) -> String {
    format!("/api/v1/dashboard/{of}?tz={zone}&range={range}")
}

/// What is answered; history may just be read anew, for which there is another look.
pub(super) async fn read<T: DeserializeOwned>(api: &Api, path: &str) -> Result<T, String> {
    let answer = api.get(path).await;
    if answer.status == 200 {
        return Ok(answer.json());
    }
    Err(format!("{path}: {}", answer.text()))
}

/// The cards in a zone.
pub(crate) async fn cards(
    hub: &Hub,
    api: &Api,
    reference: &Reference,
    zone: &str,
    now: Micros,
) -> Agrees {
    let cards: Stats = read(api, &format!("/api/v1/dashboard/stats?tz={zone}")).await?;
    let midnight = at(&cards.today_starts);
    let today = &reference.sums(&[midnight, running_minute_end(now)]).await[0];
    let ours = (count(cards.queries_today), cards.cost_today);
    same!(ours, (today.queries, today.cost), "today in {zone}");
    let same_time = now - now.rem_euclid(1_000_000) - DAY;
    let before = &reference.sums(&[midnight - DAY, same_time]).await[0];
    let ours = (count(cards.yesterday.queries), cards.yesterday.cost);
    same!(ours, (before.queries, before.cost), "yesterday in {zone}");
    let hours: u64 = cards.hours.iter().map(|hour| hour.count).sum();
    same!(hours, cards.queries_today, "the hours of today in {zone}");
    let active = if hub.kind.has_arrays() {
        "is_enabled"
    } else {
        "status = 'active'"
    };
    let servers = format!("SELECT count(*) FROM omni2.mcp_servers WHERE {active}");
    let ours = cards.active_mcps.map(count);
    same!(ours, Some(hub.number(&servers).await), "active servers");
    let users = hub.number("SELECT count(*) FROM auth_service.users").await;
    same!(cards.total_users.map(count), Some(users), "users");
    Ok(())
}

/// The charts of a range in a zone, one by one and all at once.
pub(crate) async fn charts(
    hub: &Hub,
    api: &Api,
    reference: &Reference,
    zone: &str,
    range: Range,
    now: Micros,
) -> Agrees {
    let queries: QueriesChart = read(api, &path("charts/queries", zone, range)).await?;
    let latency: LatencyChart = read(api, &path("charts/response-times", zone, range)).await?;
    let cost: CostChart = read(api, &path("charts/cost", zone, range)).await?;
    let errors: ErrorsChart = read(api, &path("charts/errors", zone, range)).await?;
    let told = format!("{range} in {zone}");

    let mut starts: Vec<i64> = queries.data.iter().map(|point| at(&point.hour)).collect();
    starts.push(at(&queries.window.to));
    if hub.kind.is_postgres() {
        let exact = edges::of_range(hub.pool(), range.as_str(), zone, now).await;
        same!(starts, exact, "edges of {told}");
    }
    let sums = reference.sums(&starts).await;
    for (point, sum) in queries.data.iter().zip(&sums) {
        let ours = (count(point.count), count(point.errors), point.cost);
        let exact = (sum.queries, sum.errors, sum.cost);
        same!(ours, exact, "{told}: {}", point.hour);
    }
    quantiles(&latency, &reference.latencies(&starts).await, &told)?;

    // The same window everywhere, and so the same totals.
    let (from, to) = (starts[0], *starts.last().unwrap());
    let whole = &reference.sums(&[from, to]).await[0];
    for window in [&latency.window, &cost.window, &errors.window] {
        same!(window, &queries.window, "the window of {told}");
    }
    let ours = (count(errors.total), count(errors.errors), cost.total);
    let exact = (whole.queries, whole.errors, whole.cost);
    same!(ours, exact, "totals of {told}");
    let points: i64 = sums.iter().map(|sum| sum.queries).sum();
    same!(points, whole.queries, "the sum of points of {told}");
    servers(reference, from, to, &cost, &errors).await?;

    let page: Snapshot = read(api, &path("snapshot", zone, range)).await?;
    same!((page.queries, page.cost), (queries, cost), "page of {told}");
    let ours = (page.response_times, page.errors);
    same!(ours, (latency, errors), "page of {told}");
    Ok(())
}

fn quantiles(chart: &LatencyChart, exact: &[Latency], told: &str) -> Agrees {
    same!(chart.data.len(), exact.len(), "points of {told}");
    for (point, exact) in chart.data.iter().zip(exact) {
        same!(count(point.count), exact.count, "{told}: {point:?}");
        let ours: Vec<f64> = [point.p50, point.p95, point.p99]
            .into_iter()
            .flatten()
            .collect();
        same!(ours.len(), exact.quantiles.len(), "{told}: {point:?}");
        for (ours, exact) in ours.iter().zip(&exact.quantiles) {
            if (ours - exact).abs() > (exact * 0.01).max(1.0) {
                return Err(format!("{told}: {ours}, exactly {exact} in {point:?}"));
            }
        }
    }
    Ok(())
}

async fn servers(
    reference: &Reference,
    from: i64,
    to: i64,
    cost: &CostChart,
    errors: &ErrorsChart,
) -> Agrees {
    let expected = reference.by_mcp(from, to).await;
    let shown = (cost.data.len(), errors.data.len());
    same!(shown, (expected.len(), expected.len()), "servers");
    for slice in &cost.data {
        let sum = expected.get(&slice.mcp).cloned().unwrap_or_default();
        same!(count(slice.queries), sum.queries, "{slice:?}");
        if (slice.cost - sum.cost).abs() > 1.5e-6 {
            return Err(format!("{slice:?}, exactly {sum:?}"));
        }
    }
    let slices: f64 = cost.data.iter().map(|slice| slice.cost).sum();
    let tolerance = 1e-6 * (cost.data.len() + 1) as f64;
    if (slices - cost.total).abs() > tolerance {
        return Err(format!("slices of {slices}, in all {}", cost.total));
    }
    for bar in &errors.data {
        let sum = expected.get(&bar.mcp).cloned().unwrap_or_default();
        let ours = (count(bar.total), count(bar.errors));
        same!(ours, (sum.queries, sum.errors), "{bar:?}");
    }
    let sorted = cost.data.is_sorted_by(|a, b| a.cost >= b.cost);
    same!(sorted, true, "the dearest first");
    let sorted = errors.data.is_sorted_by(|a, b| a.total >= b.total);
    same!(sorted, true, "most calls first");
    Ok(())
}

fn count(number: u64) -> i64 {
    i64::try_from(number).unwrap()
}
