//! Figures become answers: folds of the timeline, as the wire has them.

use serde::Serialize;
use shared_types::{
    Activity, CostChart, CostSlice, ErrorBar, ErrorsChart, HourOfToday, LatencyChart, LatencyPoint,
    QueriesChart, QueryPoint, Range, Snapshot, Stats, Yesterday,
};
use timeline::{McpTally, Micros, Span, Timeline, Window, WindowError, Zone, running_minute_end};

use super::figures::Figures;
use super::rows::rfc3339;
use super::{Chart, Options, WindowSpec};

/// How many calls a snapshot shows.
const CALLS_SHOWN: usize = 50;

/// What is said about a window besides its figures.
#[derive(Clone)]
pub(super) struct About {
    window: shared_types::Window,
    costs_estimated: bool,
}

impl About {
    pub(super) fn new(figures: &Figures, window: &Window, spec: WindowSpec, zone: &Zone) -> About {
        About {
            window: shared_types::Window {
                range: match spec {
                    WindowSpec::Named(range) => Some(range),
                    WindowSpec::Between { .. } => None,
                },
                from: rfc3339(window.span.from),
                to: rfc3339(window.span.to),
                bucket_seconds: u32::try_from(window.size.seconds()).unwrap_or(u32::MAX),
                tz: zone.name().to_owned(),
                progress: figures.progress,
                stale_since: figures.stale_since(),
            },
            costs_estimated: figures.costs_estimated(),
        }
    }
}

/// One chart's answer.
#[derive(Serialize)]
#[serde(untagged)]
pub(super) enum ChartAnswer {
    Queries(QueriesChart),
    Cost(CostChart),
    ResponseTimes(LatencyChart),
    Errors(ErrorsChart),
}

pub(super) fn chart(
    chart: Chart,
    timeline: &Timeline,
    window: &Window,
    about: About,
) -> ChartAnswer {
    match chart {
        Chart::Queries => ChartAnswer::Queries(queries(timeline, window, about)),
        Chart::Cost => ChartAnswer::Cost(cost(timeline, window, about)),
        Chart::ResponseTimes => ChartAnswer::ResponseTimes(latency(timeline, window, about)),
        Chart::Errors => ChartAnswer::Errors(errors(timeline, window, about)),
    }
}

/// The window that is asked for, in this time zone.
pub(super) fn window(spec: WindowSpec, now: Micros, zone: &Zone) -> Result<Window, WindowError> {
    match spec {
        WindowSpec::Named(range) => Ok(Window::of_range(named(range), now, zone)),
        WindowSpec::Between { from, to, bucket } => {
            // A window that would begin later is in the future, and not upside down.
            let to = to.unwrap_or_else(|| running_minute_end(now).max(from.saturating_add(1)));
            Window::between(from, to, bucket, now, zone)
        }
    }
}

fn named(range: Range) -> timeline::Range {
    match range {
        Range::Today => timeline::Range::Today,
        Range::Hour => timeline::Range::Hour,
        Range::SixHours => timeline::Range::SixHours,
        Range::Day => timeline::Range::Day,
        Range::Week => timeline::Range::Week,
        Range::Month => timeline::Range::Month,
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

fn queries(timeline: &Timeline, window: &Window, about: About) -> QueriesChart {
    let tallies = timeline.series(&window.buckets);
    let point = |(bucket, tally): (&Span, timeline::Tally)| QueryPoint {
        hour: rfc3339(bucket.from),
        count: tally.queries,
        errors: tally.errors,
        cost: tally.cost.to_usd(),
        previous: None,
    };
    QueriesChart {
        data: window.buckets.iter().zip(tallies).map(point).collect(),
        window: about.window,
    }
}

fn latency(timeline: &Timeline, window: &Window, about: About) -> LatencyChart {
    let sketches = timeline.latency_series(&window.buckets);
    let point = |(bucket, sketch): (&Span, timeline::Sketch)| LatencyPoint {
        timestamp: rfc3339(bucket.from),
        p50: sketch.quantile(0.50).map(to_microseconds),
        p95: sketch.quantile(0.95).map(to_microseconds),
        p99: sketch.quantile(0.99).map(to_microseconds),
        count: sketch.count(),
        previous: None,
    };
    LatencyChart {
        data: window.buckets.iter().zip(sketches).map(point).collect(),
        window: about.window,
    }
}

/// Milliseconds with three decimals: an interpolation's tail of digits says nothing.
fn to_microseconds(ms: f64) -> f64 {
    (ms * 1_000.0).round() / 1_000.0
}

fn cost(timeline: &Timeline, window: &Window, about: About) -> CostChart {
    let slice = |mcp: McpTally| CostSlice {
        mcp: mcp.name,
        cost: mcp.tally.cost.to_usd(),
        queries: mcp.tally.queries,
    };
    let mut data: Vec<CostSlice> = timeline
        .by_mcp(window.span)
        .into_iter()
        .map(slice)
        .collect();
    // By the cost that is shown, so that equal ones stand in the order of their names.
    data.sort_by(|a, b| b.cost.total_cmp(&a.cost).then_with(|| a.mcp.cmp(&b.mcp)));
    CostChart {
        data,
        total: timeline.tally(window.span).cost.to_usd(),
        costs_estimated: about.costs_estimated,
        window: about.window,
    }
}

fn errors(timeline: &Timeline, window: &Window, about: About) -> ErrorsChart {
    let total = timeline.tally(window.span);
    let bar = |mcp: McpTally| ErrorBar {
        mcp: mcp.name,
        errors: mcp.tally.errors,
        total: mcp.tally.queries,
    };
    ErrorsChart {
        data: timeline.by_mcp(window.span).into_iter().map(bar).collect(),
        total: total.queries,
        errors: total.errors,
        window: about.window,
    }
}

/// The newest calls that have begun, newest first.
pub(super) fn newest_calls(figures: &Figures, now: Micros, most: usize) -> Vec<Activity> {
    let calls = figures
        .newest
        .page(running_minute_end(now), None)
        .take(most);
    calls
        .map(|call| call.shown(figures.email(call.user_id)))
        .collect()
}

/// Everything the page shows. Without a range each chart has its own default.
pub(super) fn snapshot(
    figures: &Figures,
    options: &Options,
    zone: &Zone,
    range: Option<Range>,
    now: Micros,
) -> Snapshot {
    let timeline = &figures.timeline;
    let day = range.unwrap_or(Range::Day);
    let window = Window::of_range(named(day), now, zone);
    let about = About::new(figures, &window, WindowSpec::Named(day), zone);
    let today = range.unwrap_or(Range::Today);
    let cost_window = Window::of_range(named(today), now, zone);
    let cost_about = About::new(figures, &cost_window, WindowSpec::Named(today), zone);
    Snapshot {
        status: figures.status(options),
        stats: stats(figures, zone, now),
        queries: queries(timeline, &window, about.clone()),
        cost: cost(timeline, &cost_window, cost_about),
        response_times: latency(timeline, &window, about.clone()),
        errors: errors(timeline, &window, about),
        activities: newest_calls(figures, now, CALLS_SHOWN),
    }
}

/// A count from SQL, which is never negative.
fn count(number: i64) -> u64 {
    u64::try_from(number).unwrap_or(0)
}
