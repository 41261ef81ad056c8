//! Queries over time: one smooth area.

use serde::Serialize;
use shared_types::QueriesChart;

use super::frame::{Axes, Easel, plan_axes};
use super::smooth::{Point, smooth};
use super::time::epoch_ms;
use super::{decimate, lines};

/// What the chart shows: one value for every bucket.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct AreaChart {
    /// When each bucket begins (milliseconds since 1970) and its count, oldest first.
    pub points: Vec<(i64, f64)>,
    /// The last bucket is still growing.
    pub running: bool,
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
        let running = epoch_ms(&chart.window.to).is_some_and(|to| to < last + bucket_ms);
        AreaChart { points, running }
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
        self.points.iter().map(|point| point.1).fold(0.0, f64::max)
    }
}

/// The area with its places.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct AreaPlan {
    /// Frame and ticks.
    pub axes: Axes,
    /// Where each bucket is; left out where there are too many to be told apart.
    #[serde(serialize_with = "lines::at_most_a_few")]
    pub points: Vec<Point>,
    /// The drawn line, up to the last whole bucket.
    #[serde(skip)]
    pub line: Vec<Point>,
    /// From there to the bucket that is still growing; empty when there is none.
    #[serde(skip)]
    pub running: Vec<Point>,
}

impl AreaPlan {
    /// Lays the chart out.
    pub fn new(chart: &AreaChart, easel: &Easel<'_>) -> AreaPlan {
        let axes = plan_axes(
            easel,
            lines::domain(chart.points.iter().map(|p| p.0)),
            chart.peak(),
            true,
        );
        let points: Vec<Point> = chart
            .points
            .iter()
            .map(|&(at, value)| (axes.x(at), axes.y(value)))
            .collect();
        let line = curve(&points, axes.plot.width);
        let split = points
            .iter()
            .rev()
            .nth(1)
            .filter(|_| chart.running)
            .map(|point| point.0);
        let (line, running) = match split {
            Some(x) => (
                line.iter().copied().filter(|p| p.0 <= x).collect(),
                line.iter().copied().filter(|p| p.0 >= x).collect(),
            ),
            None => (line, Vec::new()),
        };
        AreaPlan {
            axes,
            points,
            line,
            running,
        }
    }

    /// The area below the whole line, closed along the axis.
    pub fn outline(&self) -> Vec<Point> {
        let bottom = self.axes.plot.bottom();
        let tops = self.line.iter().chain(self.running.iter().skip(1)).copied();
        let mut outline: Vec<Point> = tops.collect();
        if let (Some(&first), Some(&last)) = (outline.first(), outline.last()) {
            outline.push((last.0, bottom));
            outline.push((first.0, bottom));
        }
        outline
    }
}

/// Smooth where points are far apart, decimated where several share a pixel.
pub(super) fn curve(points: &[Point], width: f64) -> Vec<Point> {
    if points.len() as f64 * 2.0 > width {
        decimate::decimate(points, 1.0)
    } else {
        smooth(points, 1.5)
    }
}

#[cfg(test)]
mod tests {
    use super::super::frame::testing::easel;
    use super::*;

    const HOUR: i64 = 3_600_000;

    fn chart(values: &[f64]) -> AreaChart {
        let at = |(i, &v): (usize, &f64)| (i as i64 * HOUR, v);
        AreaChart {
            points: values.iter().enumerate().map(at).collect(),
            running: true,
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
        assert_eq!(plan.line.last(), plan.points.get(1));
        assert_eq!(plan.running.first(), plan.points.get(1));
        assert_eq!(plan.running.last(), plan.points.get(2));
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
        assert!(plan.line.len() <= 4 * 560, "{}", plan.line.len());
    }
}
