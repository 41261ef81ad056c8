//! A line as it is drawn: smooth where its points are far apart; where several share a
//! pixel, the band that they cover.

use std::ops::Range;

use super::cut::cut;
use super::frame::Axes;
use super::smooth::{Point, smooth};

/// One piece of a line, without a gap.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Trace {
    /// The line, or the upper edge of the band.
    pub upper: Vec<Point>,
    /// The lower edge, below each point of the upper one; empty where it is a line.
    pub lower: Vec<Point>,
}

/// What stands at an index: when it is (milliseconds since 1970, ascending) and its value;
/// none is a gap.
pub type Values<'a> = &'a dyn Fn(usize) -> (i64, Option<f64>);

/// The pieces of the line through these values, within the plot.
pub fn traces(axes: &Axes, shown: Range<usize>, values: Values<'_>) -> Vec<Trace> {
    if shown.len() as f64 > axes.plot.width {
        bands(axes, shown, values)
    } else {
        lines(axes, shown, values)
    }
}

fn lines(axes: &Axes, shown: Range<usize>, values: Values<'_>) -> Vec<Trace> {
    let place = |index| {
        let (at, value) = values(index);
        Some((axes.x(at), axes.y(value?)))
    };
    let crowded = shown.len() as f64 * 2.0 > axes.plot.width;
    let places: Vec<Option<Point>> = shown.map(place).collect();
    let pieces = places.split(Option::is_none).map(|piece| {
        let mut line: Vec<Point> = piece.iter().copied().flatten().collect();
        if !crowded {
            line = smooth(&line, 1.5);
        }
        let upper = cut(&line, axes.plot.left, axes.plot.right());
        let lower = Vec::new();
        Trace { upper, lower }
    });
    pieces.filter(|piece| !piece.upper.is_empty()).collect()
}

/// Columns stand at the same instants however the view is moved: nothing shimmers.
fn bands(axes: &Axes, shown: Range<usize>, values: Values<'_>) -> Vec<Trace> {
    let mut bands = Bands {
        axes,
        width: (axes.at(axes.plot.left + 1.0) - axes.at(axes.plot.left)).max(1),
        done: Vec::new(),
        trace: Trace::default(),
        column: None,
    };
    for index in shown {
        match values(index) {
            (at, Some(value)) => bands.take(at, value),
            (_, None) => bands.end_piece(),
        }
    }
    bands.end_piece();
    bands.done
}

struct Bands<'a> {
    axes: &'a Axes,
    /// Milliseconds of a column that is a CSS pixel wide.
    width: i64,
    done: Vec<Trace>,
    trace: Trace,
    column: Option<Column>,
}

struct Column {
    /// When the next one begins.
    ends: i64,
    low: f64,
    high: f64,
    last: f64,
}

impl Bands<'_> {
    fn take(&mut self, at: i64, value: f64) {
        if let Some(column) = self.column.as_mut().filter(|column| at < column.ends) {
            column.low = column.low.min(value);
            column.high = column.high.max(value);
            column.last = value;
            return;
        }
        // A line comes from where the column before ended.
        let from = self.end_column().unwrap_or(value);
        self.column = Some(Column {
            ends: (at.div_euclid(self.width) + 1) * self.width,
            low: from.min(value),
            high: from.max(value),
            last: value,
        });
    }

    /// The last value of the column that was open.
    fn end_column(&mut self) -> Option<f64> {
        let column = self.column.take()?;
        let plot = self.axes.plot;
        let x = self.axes.x(column.ends - self.width / 2);
        let x = x.max(plot.left).min(plot.right());
        self.trace.upper.push((x, self.axes.y(column.high)));
        self.trace.lower.push((x, self.axes.y(column.low)));
        Some(column.last)
    }

    fn end_piece(&mut self) {
        self.end_column();
        let Trace { mut upper, lower } = std::mem::take(&mut self.trace);
        match (upper.as_slice(), lower.as_slice()) {
            ([], _) => {}
            // A band that has no width is a line from its top to its bottom.
            ([top], [bottom]) => {
                if bottom != top {
                    upper.push(*bottom);
                }
                self.done.push(Trace {
                    upper,
                    lower: Vec::new(),
                });
            }
            _ => self.done.push(Trace { upper, lower }),
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::frame::plan_axes;
    use super::super::frame::testing::easel;
    use super::*;

    const STEP: i64 = 1000;

    fn axes(count: usize, high: f64) -> Axes {
        let last = i64::try_from(count).unwrap().max(2) * STEP;
        plan_axes(&easel(560.0, 288.0), (0, last), high, false)
    }

    fn traced(axes: &Axes, values: &[Option<f64>]) -> Vec<Trace> {
        let at = |index: usize| (i64::try_from(index).unwrap() * STEP, values[index]);
        traces(axes, 0..values.len(), &at)
    }

    #[test]
    fn few_points_are_a_line_and_gaps_part_it() {
        let values = [Some(1.0), Some(2.0), None, Some(3.0), None];
        let traces = traced(&axes(5, 3.0), &values);
        assert_eq!(traces.len(), 2);
        assert!(traces.iter().all(|trace| trace.lower.is_empty()));
        assert_eq!(traces[1].upper.len(), 1, "a lone point");
    }

    #[test]
    fn a_crowd_within_one_column_is_a_stroke() {
        let mut values = vec![None; 10_000];
        for (index, value) in values.iter_mut().take(5).enumerate() {
            *value = Some(index as f64);
        }
        let axes = axes(values.len(), 5.0);
        let traces = traced(&axes, &values);
        assert_eq!(traces.len(), 1);
        let heights: Vec<f64> = traces[0].upper.iter().map(|point| point.1).collect();
        assert_eq!(heights, [axes.y(4.0), axes.y(0.0)]);
    }

    fn by_place<'a>(points: impl Iterator<Item = &'a Point>) -> Vec<Point> {
        let mut points: Vec<Point> = points.copied().collect();
        points.sort_by(|a, b| a.0.total_cmp(&b.0));
        points
    }

    /// Those within a pixel.
    fn near(points: &[Point], x: f64) -> impl Iterator<Item = &Point> {
        let from = points.partition_point(|point| point.0 < x - 1.0);
        points[from..]
            .iter()
            .take_while(move |point| point.0 <= x + 1.0)
    }

    proptest! {
        #[test]
        fn a_band_covers_every_point_and_no_more_than_their_columns(
            values in prop::collection::vec(0.0f64..1e6, 600..4000),
            gaps in prop::collection::vec(any::<prop::sample::Index>(), 0..24),
        ) {
            let mut values: Vec<Option<f64>> = values.into_iter().map(Some).collect();
            for gap in gaps {
                *gap.get_mut(&mut values) = None;
            }
            let axes = axes(values.len(), 1e6);
            let traces = traced(&axes, &values);
            let uppers = by_place(traces.iter().flat_map(|trace| &trace.upper));
            let edges = by_place(traces.iter().flat_map(|trace| trace.lower.iter().chain(&trace.upper)));
            for (index, value) in values.iter().enumerate() {
                let Some(value) = value else { continue };
                let (x, y) = (axes.x(i64::try_from(index).unwrap() * STEP), axes.y(*value));
                let top = near(&uppers, x).map(|point| point.1).fold(f64::MAX, f64::min);
                let bottom = near(&edges, x).map(|point| point.1).fold(f64::MIN, f64::max);
                prop_assert!(top <= y + 1e-6 && y <= bottom + 1e-6, "{x}: {top} {y} {bottom}");
            }
            for trace in &traces {
                prop_assert!(trace.upper.is_sorted_by(|a, b| a.0 <= b.0));
                prop_assert!(trace.upper.iter().zip(&trace.lower).all(|(a, b)| a.0 == b.0 && a.1 <= b.1));
                prop_assert!(trace.upper.len() as f64 <= axes.plot.width + 2.0);
            }
            let highest = values.iter().flatten().copied().fold(0.0, f64::max);
            let top = traces.iter().flat_map(|trace| &trace.upper).map(|point| point.1);
            prop_assert_eq!(top.fold(f64::MAX, f64::min), axes.y(highest));
        }
    }
}
