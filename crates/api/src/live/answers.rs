//! Figures become answers: folds of the timeline, as the wire has them.

use serde::Serialize;
use shared_types::{
    Activity, CostChart, CostSlice, ErrorBar, ErrorsChart, HourOfToday, LatencyChart, LatencyPoint,
    QueriesChart, QueryPoint, Range, Snapshot, Stats, Yesterday,
};
use timeline::{McpTally, Micros, Span, Window, WindowError, Zone, running_minute_end};

use super::beyond::{Beyond, Sums};
use super::figures::Figures;
use super::frame::Frame;
use super::rows::rfc3339;
use super::{Audience, Chart, Options, View, WindowSpec};

/// How many calls a snapshot shows.
const CALLS_SHOWN: usize = 50;

/// One chart's answer.
#[derive(Serialize)]
#[serde(untagged)]
pub(super) enum ChartAnswer {
    Queries(QueriesChart),
    Cost(CostChart),
    ResponseTimes(LatencyChart),
    Errors(ErrorsChart),
}

pub(super) fn chart(chart: Chart, sums: Sums<'_>, frame: Frame) -> ChartAnswer {
    match chart {
        Chart::Queries => ChartAnswer::Queries(queries(sums, frame)),
        Chart::Cost => ChartAnswer::Cost(cost(sums, frame)),
        Chart::ResponseTimes => ChartAnswer::ResponseTimes(latency(sums, frame)),
        Chart::Errors => ChartAnswer::Errors(errors(sums, frame)),
    }
}

pub(super) fn stats(figures: &Figures, zone: &Zone, now: Micros) -> Stats {
    let timeline = &figures.timeline;
    let today = zone.today(now);
    let tally = timeline.tally(today);
    let before = timeline.tally(zone.yesterday_until(now));
    let hours = Window::of_range(timeline::Range::Today, now, zone);
    let tallies = timeline.series(&hours.buckets);
    Stats {
        active_mcps: figures.servers.map(|servers| count(servers.active)),
        total_users: figures.users.map(|users| count(users.total)),
        queries_today: tally.queries,
        cost_today: tally.cost.to_usd(),
        total_mcps: figures.servers.map(|servers| count(servers.total)),
        new_users_7d: figures.users.map(|users| count(users.new)),
        today_starts: rfc3339(today.from),
        yesterday: Yesterday {
            queries: before.queries,
            cost: before.cost.to_usd(),
        },
        hours: hours
            .buckets
            .iter()
            .zip(tallies)
            .map(|(bucket, tally)| HourOfToday {
                hour: rfc3339(bucket.from),
                count: tally.queries,
                cost: tally.cost.to_usd(),
            })
            .collect(),
        costs_estimated: figures.costs_estimated(),
        tz: zone.name().to_owned(),
        stale_since: figures.stale_since(),
    }
}

fn queries(sums: Sums<'_>, frame: Frame) -> QueriesChart {
    let point = |(number, bucket): (usize, &Span)| {
        let tally = sums.tally(*bucket);
        QueryPoint {
            hour: rfc3339(bucket.from),
            count: tally.queries,
            errors: tally.errors,
            cost: tally.cost.to_usd(),
            previous: frame.compared(number).map(|span| sums.tally(span).queries),
        }
    };
    QueriesChart {
        data: frame.window.buckets.iter().enumerate().map(point).collect(),
        window: frame.shown,
    }
}

fn latency(sums: Sums<'_>, frame: Frame) -> LatencyChart {
    let point = |(number, bucket): (usize, &Span)| {
        let latency = sums.latency(*bucket);
        let previous = frame
            .compared(number)
            .and_then(|span| sums.latency(span).p95);
        LatencyPoint {
            timestamp: rfc3339(bucket.from),
            p50: latency.p50.map(to_microseconds),
            p95: latency.p95.map(to_microseconds),
            p99: latency.p99.map(to_microseconds),
            count: latency.count,
            previous: previous.map(to_microseconds),
        }
    };
    LatencyChart {
        data: frame.window.buckets.iter().enumerate().map(point).collect(),
        window: frame.shown,
    }
}

/// Milliseconds with three decimals: an interpolation's tail of digits says nothing.
fn to_microseconds(ms: f64) -> f64 {
    (ms * 1_000.0).round() / 1_000.0
}

fn cost(sums: Sums<'_>, frame: Frame) -> CostChart {
    let slice = |mcp: McpTally| CostSlice {
        mcp: mcp.name,
        cost: mcp.tally.cost.to_usd(),
        queries: mcp.tally.queries,
    };
    let mut data: Vec<CostSlice> = sums
        .by_mcp(frame.window.span)
        .into_iter()
        .map(slice)
        .collect();
    // By the cost that is shown, so that equal ones stand in the order of their names.
    data.sort_by(|a, b| b.cost.total_cmp(&a.cost).then_with(|| a.mcp.cmp(&b.mcp)));
    CostChart {
        data,
        total: sums.total(frame.window.span).cost.to_usd(),
        costs_estimated: frame.costs_estimated,
        window: frame.shown,
    }
}

fn errors(sums: Sums<'_>, frame: Frame) -> ErrorsChart {
    let total = sums.total(frame.window.span);
    let bar = |mcp: McpTally| ErrorBar {
        mcp: mcp.name,
        errors: mcp.tally.errors,
        total: mcp.tally.queries,
    };
    ErrorsChart {
        data: sums
            .by_mcp(frame.window.span)
            .into_iter()
            .map(bar)
            .collect(),
        total: total.queries,
        errors: total.errors,
        window: frame.shown,
    }
}

/// The newest calls that have begun, newest first.
pub(super) fn newest_calls(
    figures: &Figures,
    audience: Audience,
    now: Micros,
    most: usize,
) -> Vec<Activity> {
    let calls = figures
        .newest
        .page(running_minute_end(now), None)
        .take(most);
    calls
        .map(|call| audience.call(call.shown(figures.email(call.user_id))))
        .collect()
}

/// Everything the page shows. Without a window each chart has its own default.
pub(super) fn snapshot(
    figures: &Figures,
    options: &Options,
    zone: &Zone,
    view: View,
    beyond: Option<&Beyond>,
    now: Micros,
) -> Result<Snapshot, WindowError> {
    let timeline = &figures.timeline;
    let sums = Sums { timeline, beyond };
    let frame = |default: Range, compare: bool| {
        let window = view.window.unwrap_or(WindowSpec::Named(default));
        Frame::of(figures, window, compare, zone, now)
    };
    let charts = frame(Range::Day, view.compare)?;
    let costs = frame(Range::Today, false)?;
    Ok(Snapshot {
        status: figures.status(options),
        stats: stats(figures, zone, now),
        queries: queries(sums, charts.clone()),
        cost: cost(sums, costs),
        response_times: latency(sums, charts.clone()),
        errors: errors(sums, charts),
        activities: newest_calls(figures, view.audience, now, CALLS_SHOWN),
    })
}

/// A count from SQL, which is never negative.
fn count(number: i64) -> u64 {
    u64::try_from(number).unwrap_or(0)
}
