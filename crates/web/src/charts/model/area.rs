//! Queries over time: one smooth area.

use serde::Serialize;
use shared_types::QueriesChart;

use super::cut::visible;
use super::frame::{Axes, Easel, plan_axes};
use super::lines;
use super::smooth::Point;
use super::time::epoch_ms;
use super::trace::{Trace, traces};

/// What the chart shows: one value for every bucket.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct AreaChart {
    /// When each bucket begins (milliseconds since 1970) and its count, oldest first.
    pub points: Vec<(i64, f64)>,
    /// The same buckets of the period before, as far as they are known: when each is shown
    /// (not when it was) and its count.
    pub previous: Vec<(i64, f64)>,
    /// The last bucket is still growing.
    pub running: bool,
    /// The nominal length of a bucket, milliseconds.
    pub bucket_ms: i64,
}

impl AreaChart {
    /// From the wire; buckets whose time cannot be read are left out.
    pub fn of(chart: &QueriesChart) -> AreaChart {
        let points: Vec<(i64, f64)> = chart
            .data
            .iter()
            .filter_map(|point| Some((epoch_ms(&point.hour)?, point.count as f64)))
            .collect();
        let bucket_ms = i64::from(chart.window.bucket_seconds) * 1000;
        let last = points.last().map_or(0, |point| point.0);
        let previous = chart
            .data
            .iter()
            .filter_map(|point| Some((epoch_ms(&point.hour)?, point.previous? as f64)))
            .collect();
        let running = epoch_ms(&chart.window.to).is_some_and(|to| to < last + bucket_ms);
        AreaChart {
            points,
            previous,
            running,
            bucket_ms,
        }
    }

    /// Whether there is anything to show.
    pub fn is_empty(&self) -> bool {
        self.points.iter().all(|point| point.1 == 0.0)
    }

    /// The sum of all buckets.
    pub fn total(&self) -> f64 {
        self.points.iter().map(|point| point.1).sum()
    }

    /// The highest bucket.
    pub fn peak(&self) -> f64 {
        peak(&self.points)
    }

    /// When a bucket begins and ends, milliseconds since 1970.
    pub fn bucket(&self, index: usize) -> Option<(i64, i64)> {
        let from = self.points.get(index)?.0;
        let next = self.points.get(index + 1).map(|point| point.0);
        Some((from, next.unwrap_or(from + self.bucket_ms)))
    }
}

/// The area with its places.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct AreaPlan {
    /// Frame and ticks.
    pub axes: Axes,
    /// Where each bucket is; left out where there are too many to be told apart.
    pub points: Vec<Point>,
    /// Which bucket the first that is shown is, and how many are.
    pub shown: (usize, usize),
    /// The line of the period before.
    #[serde(skip)]
    pub previous: Trace,
    /// The drawn line, up to the last whole bucket.
    #[serde(skip)]
    pub line: Trace,
    /// From there to the bucket that is still growing; empty when there is none.
    #[serde(skip)]
    pub running: Vec<Point>,
}

impl AreaPlan {
    /// Lays the chart out.
    pub fn new(chart: &AreaChart, easel: &Easel<'_>) -> AreaPlan {
        let all = lines::domain(&chart.points, |point| point.0);
        let domain = easel.view.map_or(all, |view| (view.from, view.to));
        let shown = visible(&chart.points, domain, |point| point.0);
        let before = visible(&chart.previous, domain, |point| point.0);
        let axes = plan_axes(easel, domain, peak(shown).max(peak(before)), true);
        let trace_of = |points: &[(i64, f64)]| {
            let value = |index: usize| points.get(index).map_or((0, None), |p| (p.0, Some(p.1)));
            let whole = traces(&axes, 0..points.len(), &value).into_iter().next();
            whole.unwrap_or_default()
        };
        let (mut line, previous) = (trace_of(shown), trace_of(before));
        let last_whole = chart.points.iter().rev().nth(1);
        // In a crowd the last bucket is no wider than the line.
        let last_whole = last_whole.filter(|_| chart.running && line.lower.is_empty());
        let running = last_whole.map(|point| axes.x(point.0)).map(|x| {
            let running = line.upper.iter().copied().filter(|p| p.0 >= x).collect();
            line.upper.retain(|p| p.0 <= x);
            running
        });
        let shown = lines::within(&chart.points, domain, |point| point.0);
        let place = |&(at, value): &(i64, f64)| (axes.x(at), axes.y(value));
        AreaPlan {
            points: lines::few(&chart.points, shown).iter().map(place).collect(),
            shown,
            axes,
            line,
            running: running.unwrap_or_default(),
            previous,
        }
    }

    /// The area below the whole line, closed along the axis.
    pub fn outline(&self) -> Vec<Point> {
        let bottom = self.axes.plot.bottom();
        let joined = usize::from(!self.line.upper.is_empty());
        let rest = self.running.iter().skip(joined);
        let mut outline: Vec<Point> = self.line.upper.iter().chain(rest).copied().collect();
        if let (Some(&first), Some(&last)) = (outline.first(), outline.last()) {
            outline.push((last.0, bottom));
            outline.push((first.0, bottom));
        }
        outline
    }
}

fn peak(points: &[(i64, f64)]) -> f64 {
    points.iter().map(|point| point.1).fold(0.0, f64::max)
}

#[cfg(test)]
mod tests {
    use super::super::frame::testing::easel;
    use super::super::view::View;
    use super::*;

    const HOUR: i64 = 3_600_000;

    fn chart(values: &[f64]) -> AreaChart {
        let at = |(i, &v): (usize, &f64)| (i as i64 * HOUR, v);
        AreaChart {
            points: values.iter().enumerate().map(at).collect(),
            running: true,
            bucket_ms: HOUR,
            ..AreaChart::default()
        }
    }

    #[test]
    fn buckets_sit_where_their_time_and_count_say() {
        let plan = AreaPlan::new(&chart(&[0.0, 50.0, 200.0, 100.0]), &easel(560.0, 288.0));
        let plot = plan.axes.plot;
        assert_eq!(plan.axes.y_top, 200.0);
        let expected = [
            (plot.left, plot.bottom()),
            (plot.left + plot.width / 3.0, plot.top + plot.height * 0.75),
            (plot.left + plot.width * 2.0 / 3.0, plot.top),
            (plot.right(), plot.top + plot.height / 2.0),
        ];
        for (point, expected) in plan.points.iter().zip(expected) {
            assert!((point.0 - expected.0).abs() < 1e-9 && (point.1 - expected.1).abs() < 1e-9);
        }
    }

    #[test]
    fn the_running_bucket_is_a_line_of_its_own() {
        let plan = AreaPlan::new(&chart(&[10.0, 20.0, 5.0]), &easel(560.0, 288.0));
        assert_eq!(plan.line.upper.last(), plan.points.get(1));
        assert_eq!(plan.running.first(), plan.points.get(1));
        assert_eq!(plan.running.last(), plan.points.get(2));
    }

    #[test]
    fn a_closer_look_shows_its_part_and_ends_at_the_edges() {
        let mut easel = easel(560.0, 288.0);
        easel.view = Some(View {
            from: HOUR + HOUR / 2,
            to: 3 * HOUR + HOUR / 2,
        });
        let plan = AreaPlan::new(&chart(&[900.0, 10.0, 20.0, 30.0, 40.0, 5.0]), &easel);
        assert_eq!((plan.shown, plan.points.len()), ((2, 2), 2));
        assert_eq!(plan.axes.y_top, 40.0, "what is not shown does not count");
        let ends = (
            plan.line.upper.first().unwrap().0,
            plan.line.upper.last().unwrap().0,
        );
        assert_eq!(ends, (plan.axes.plot.left, plan.axes.plot.right()));
        assert!(plan.running.is_empty(), "it is not in sight");
    }

    #[test]
    fn one_bucket_or_none_is_no_problem() {
        assert!(
            AreaPlan::new(&chart(&[]), &easel(300.0, 200.0))
                .outline()
                .is_empty()
        );
        assert_eq!(
            AreaPlan::new(&chart(&[3.0]), &easel(300.0, 200.0))
                .points
                .len(),
            1
        );
    }

    #[test]
    fn ten_thousand_buckets_become_a_line_of_few_points() {
        let values: Vec<f64> = (0..10_000).map(|i| f64::from(i % 97)).collect();
        let plan = AreaPlan::new(&chart(&values), &easel(560.0, 288.0));
        assert!(plan.line.upper.len() <= 562, "{}", plan.line.upper.len());
    }
}
