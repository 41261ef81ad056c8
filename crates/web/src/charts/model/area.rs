//! Queries over time: one smooth area.

use serde::Serialize;
use shared_types::QueriesChart;

use super::cut::{cut, visible};
use super::frame::{Axes, Easel, plan_axes};
use super::smooth::{Point, smooth};
use super::time::epoch_ms;
use super::{decimate, lines};

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
    #[serde(serialize_with = "lines::at_most_a_few")]
    pub points: Vec<Point>,
    /// Which bucket the first of them is.
    pub first: usize,
    /// The line of the period before.
    #[serde(skip)]
    pub previous: Vec<Point>,
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
        let all = lines::domain(chart.points.iter().map(|p| p.0));
        let domain = easel.view.map_or(all, |view| (view.from, view.to));
        let shown = visible(&chart.points, domain, |point| point.0);
        let before = visible(&chart.previous, domain, |point| point.0);
        let axes = plan_axes(easel, domain, peak(shown).max(peak(before)), true);
        let place = |&(at, value): &(i64, f64)| (axes.x(at), axes.y(value));
        let (left, right) = (axes.plot.left, axes.plot.right());
        let line_of = |points: &[(i64, f64)]| {
            let points: Vec<Point> = points.iter().map(place).collect();
            cut(&curve(&points, axes.plot.width), left, right)
        };
        let (line, previous) = (line_of(shown), line_of(before));
        let last_whole = chart.points.iter().rev().nth(1).filter(|_| chart.running);
        let (line, running) = match last_whole.map(|point| axes.x(point.0)) {
            Some(x) => (
                line.iter().copied().filter(|p| p.0 <= x).collect(),
                line.iter().copied().filter(|p| p.0 >= x).collect(),
            ),
            None => (line, Vec::new()),
        };
        let within = |point: &&(i64, f64)| (domain.0..=domain.1).contains(&point.0);
        AreaPlan {
            first: chart.points.partition_point(|point| point.0 < domain.0),
            points: shown.iter().filter(within).map(place).collect(),
            axes,
            line,
            running,
            previous,
        }
    }

    /// The area below the whole line, closed along the axis.
    pub fn outline(&self) -> Vec<Point> {
        let bottom = self.axes.plot.bottom();
        let joined = usize::from(!self.line.is_empty());
        let tops = self
            .line
            .iter()
            .chain(self.running.iter().skip(joined))
            .copied();
        let mut outline: Vec<Point> = tops.collect();
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
        assert_eq!(plan.line.last(), plan.points.get(1));
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
        assert_eq!((plan.first, plan.points.len()), (2, 2));
        assert_eq!(plan.axes.y_top, 40.0, "what is not shown does not count");
        let ends = (plan.line.first().unwrap().0, plan.line.last().unwrap().0);
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
        assert!(plan.line.len() <= 4 * 560, "{}", plan.line.len());
    }
}
