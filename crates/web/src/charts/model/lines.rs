//! Response times: three lines with gaps where there is no data.

use serde::Serialize;
use shared_types::LatencyChart;

use super::cut::visible;
use super::frame::{Axes, Easel, plan_axes};
use super::smooth::Point;
use super::time::epoch_ms;
use super::trace::{Trace, traces};

/// A line's meaning, from the fastest to the slowest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Percentile {
    /// The median.
    P50,
    /// The 95th percentile.
    P95,
    /// The 99th percentile.
    P99,
}

impl Percentile {
    /// All of them, the lowest line first.
    pub const ALL: [Percentile; 3] = [Percentile::P50, Percentile::P95, Percentile::P99];

    /// As people write it.
    pub const fn name(self) -> &'static str {
        match self {
            Percentile::P50 => "p50",
            Percentile::P95 => "p95",
            Percentile::P99 => "p99",
        }
    }
}

/// One bucket: when it begins (milliseconds since 1970) and its percentiles in
/// milliseconds, in the order of [`Percentile::ALL`].
pub type Bucket = (i64, [Option<f64>; 3]);

/// What the chart shows.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct LinesChart {
    /// Oldest first.
    pub buckets: Vec<Bucket>,
    /// The 95th percentile of the same buckets of the period before, as far as it is known.
    pub previous: Vec<(i64, f64)>,
    /// Lines that are switched off, in the order of [`Percentile::ALL`].
    pub hidden: [bool; 3],
    /// The nominal length of a bucket, milliseconds.
    pub bucket_ms: i64,
}

impl LinesChart {
    /// From the wire; buckets whose time cannot be read are left out.
    pub fn of(chart: &LatencyChart) -> LinesChart {
        let bucket = |point: &shared_types::LatencyPoint| {
            Some((
                epoch_ms(&point.timestamp)?,
                [point.p50, point.p95, point.p99],
            ))
        };
        LinesChart {
            buckets: chart.data.iter().filter_map(bucket).collect(),
            previous: chart
                .data
                .iter()
                .filter_map(|point| Some((epoch_ms(&point.timestamp)?, point.previous?)))
                .collect(),
            hidden: [false; 3],
            bucket_ms: i64::from(chart.window.bucket_seconds) * 1000,
        }
    }

    /// Whether there is anything to show.
    pub fn is_empty(&self) -> bool {
        self.buckets
            .iter()
            .all(|bucket| bucket.1.iter().all(Option::is_none))
    }

    /// The newest bucket with figures.
    pub fn latest(&self) -> Option<[Option<f64>; 3]> {
        let known = |bucket: &&Bucket| bucket.1.iter().any(Option::is_some);
        self.buckets.iter().rev().find(known).map(|bucket| bucket.1)
    }

    /// When a bucket begins and ends, milliseconds since 1970.
    pub fn bucket(&self, index: usize) -> Option<(i64, i64)> {
        let from = self.buckets.get(index)?.0;
        let next = self.buckets.get(index + 1).map(|bucket| bucket.0);
        Some((from, next.unwrap_or(from + self.bucket_ms)))
    }

    fn peak(&self, shown: &[Bucket], before: &[(i64, f64)]) -> f64 {
        let mut peak = before.iter().map(|point| point.1).fold(0.0, f64::max);
        for (index, _) in self.hidden.iter().enumerate().filter(|line| !line.1) {
            let figures = shown.iter().filter_map(|bucket| *bucket.1.get(index)?);
            peak = figures.fold(peak, f64::max);
        }
        peak
    }
}

/// One line with its places.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct LinePlan {
    /// Which one.
    pub percentile: Percentile,
    /// Where each bucket with a figure is; left out where there are too many to be told
    /// apart.
    pub points: Vec<Point>,
    /// The drawn pieces: a gap lies between two of them.
    #[serde(skip)]
    pub pieces: Vec<Trace>,
}

/// The chart with its places.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct LinesPlan {
    /// Frame and ticks.
    pub axes: Axes,
    /// In the order of [`Percentile::ALL`].
    pub lines: Vec<LinePlan>,
    /// Which bucket the first that is shown is, and how many are.
    pub shown: (usize, usize),
    /// The line of the period before.
    #[serde(skip)]
    pub previous: Vec<Trace>,
}

impl LinesPlan {
    /// Lays the chart out.
    pub fn new(chart: &LinesChart, easel: &Easel<'_>) -> LinesPlan {
        let all = domain(&chart.buckets, |bucket| bucket.0);
        let domain = easel.view.map_or(all, |view| (view.from, view.to));
        let shown = visible(&chart.buckets, domain, |bucket| bucket.0);
        let before = if chart.hidden.get(1) == Some(&true) {
            &[]
        } else {
            visible(&chart.previous, domain, |point| point.0)
        };
        let axes = plan_axes(easel, domain, chart.peak(shown, before), false);
        let within = within(&chart.buckets, domain, |bucket| bucket.0);
        let few = few(&chart.buckets, within);
        let lines = Percentile::ALL.into_iter().zip(chart.hidden).enumerate();
        let lines = lines.map(|(index, (percentile, hidden))| {
            let figure = |bucket: &Bucket| bucket.1.get(index).copied().flatten();
            let value = |at: usize| shown.get(at).map_or((0, None), |b| (b.0, figure(b)));
            let place = |bucket: &Bucket| Some((axes.x(bucket.0), axes.y(figure(bucket)?)));
            let (count, few) = if hidden {
                (0, &[][..])
            } else {
                (shown.len(), few)
            };
            LinePlan {
                percentile,
                points: few.iter().filter_map(place).collect(),
                pieces: traces(&axes, 0..count, &value),
            }
        });
        let value = |at: usize| before.get(at).map_or((0, None), |p| (p.0, Some(p.1)));
        LinesPlan {
            previous: traces(&axes, 0..before.len(), &value),
            lines: lines.collect(),
            axes,
            shown: within,
        }
    }
}

/// The first and the last instant; an hour apart where they would be the same. `at` says
/// when a point is; points are in its order.
pub(super) fn domain<P>(points: &[P], at: impl Fn(&P) -> i64) -> (i64, i64) {
    let (first, last) = (points.first().map_or(0, &at), points.last().map_or(0, &at));
    let hour_later = first + 3_600_000;
    (first, if last > first { last } else { hour_later })
}

/// Which point the first within a span is, and how many are.
pub(super) fn within<P>(points: &[P], span: (i64, i64), at: impl Fn(&P) -> i64) -> (usize, usize) {
    let first = points.partition_point(|point| at(point) < span.0);
    let end = points.partition_point(|point| at(point) <= span.1);
    (first, end.saturating_sub(first))
}

/// The points that are shown; none where they could not be told apart anyway.
pub(super) fn few<P>(points: &[P], (first, count): (usize, usize)) -> &[P] {
    const FEW: usize = 400;
    let shown = points.get(first..first + count).unwrap_or_default();
    if shown.len() > FEW { &[] } else { shown }
}

#[cfg(test)]
mod tests {
    use super::super::frame::testing::easel;
    use super::*;

    const HOUR: i64 = 3_600_000;

    #[test]
    fn an_hour_without_calls_is_a_gap() {
        let some = |v: f64| [Some(v), Some(v * 2.0), Some(v * 3.0)];
        let chart = LinesChart {
            buckets: vec![
                (0, some(100.0)),
                (HOUR, some(120.0)),
                (2 * HOUR, [None; 3]),
                (3 * HOUR, some(90.0)),
            ],
            ..LinesChart::default()
        };
        let plan = LinesPlan::new(&chart, &easel(560.0, 288.0));
        for line in &plan.lines {
            assert_eq!(line.pieces.len(), 2);
            assert_eq!(line.points.len(), 3);
        }
        assert_eq!(
            plan.lines
                .first()
                .unwrap()
                .pieces
                .last()
                .unwrap()
                .upper
                .len(),
            1,
            "a lone point"
        );
        assert_eq!(chart.latest(), Some(some(90.0)));
    }

    #[test]
    fn the_slowest_line_is_the_highest() {
        let chart = LinesChart {
            buckets: vec![(0, [Some(1.0), Some(2.0), Some(3.0)])],
            ..LinesChart::default()
        };
        let plan = LinesPlan::new(&chart, &easel(560.0, 288.0));
        let heights: Vec<f64> = plan
            .lines
            .iter()
            .map(|line| line.points.first().unwrap().1)
            .collect();
        assert!(heights.is_sorted_by(|a, b| a > b), "{heights:?}");
    }

    #[test]
    fn nothing_at_all_is_empty() {
        assert!(LinesChart::default().is_empty());
        assert!(
            LinesChart {
                buckets: vec![(0, [None; 3])],
                ..LinesChart::default()
            }
            .is_empty()
        );
    }
}
