//! What is told of one thing in a chart: the bucket, slice or bar that is pointed at or
//! walked to.

use super::colours::Hue;
use super::frame::{Axes, Words};
use super::smooth::Point;

/// What a dot or a line of a tip is the colour of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    /// The class of an accent: `queries`, `p50`, `ok`, `failed`.
    Named(&'static str),
    /// An MCP server's.
    Mcp(Hue),
    /// None.
    Plain,
}

impl Tone {
    /// The class that gives an element this colour.
    pub fn class(self) -> &'static str {
        match self {
            Tone::Named(class) => class,
            Tone::Mcp(hue) => hue.class(),
            Tone::Plain => "",
        }
    }
}

/// One line of a tip.
#[derive(Clone, Debug, PartialEq)]
pub struct Line {
    /// Its colour.
    pub tone: Tone,
    /// What it is a figure of.
    pub name: String,
    /// The figure in words.
    pub figure: String,
}

impl Line {
    /// A line of a tip.
    pub fn new(tone: Tone, name: impl Into<String>, figure: String) -> Line {
        Line {
            tone,
            name: name.into(),
            figure,
        }
    }
}

/// What is told of one thing, and where.
#[derive(Clone, Debug, PartialEq)]
pub struct Tip {
    /// Beside this point, CSS pixels.
    pub at: Point,
    /// The tip has its room to the left of the point.
    pub flipped: bool,
    /// A vertical line through the point, from top to bottom.
    pub crosshair: Option<(f64, f64)>,
    /// Dots on the chart's lines.
    pub dots: Vec<(Point, Tone)>,
    /// What it is about: a time, a server.
    pub title: String,
    /// The figures.
    pub lines: Vec<Line>,
}

impl Tip {
    /// The tip as one sentence, for those who do not see it.
    pub fn sentence(&self) -> String {
        let figures: Vec<String> = self
            .lines
            .iter()
            .map(|line| format!("{} {}", line.name, line.figure))
            .collect();
        format!("{}: {}.", self.title, figures.join(", "))
    }
}

/// The bucket whose time is nearest to a place in the plotting area or right beside it.
pub fn nearest_bucket(axes: &Axes, times: impl Iterator<Item = i64>, at: Point) -> Option<usize> {
    const BESIDE: f64 = 14.0;
    let plot = axes.plot;
    let inside = (plot.left - BESIDE..=plot.right() + BESIDE).contains(&at.0)
        && (plot.top - BESIDE..=plot.bottom() + BESIDE).contains(&at.1);
    if !inside {
        return None;
    }
    let distance = |time: i64| (axes.x(time) - at.0).abs();
    let nearest = times
        .enumerate()
        .min_by(|a, b| distance(a.1).total_cmp(&distance(b.1)));
    nearest.map(|(index, _)| index)
}

/// A tip of a bucket that begins at this time, with dots where its figures are.
pub fn of_bucket(
    axes: &Axes,
    words: &dyn Words,
    at_ms: i64,
    dots: Vec<(Point, Tone)>,
    lines: Vec<Line>,
) -> Tip {
    let plot = axes.plot;
    let x = axes.x(at_ms);
    let highest = dots.iter().map(|dot| dot.0.1).fold(plot.bottom(), f64::min);
    Tip {
        at: (x, (highest - 12.0).max(plot.top)),
        flipped: x > plot.left + plot.width * 0.58,
        crosshair: Some((plot.top, plot.height)),
        dots,
        title: words.moment(at_ms),
        lines,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::frame::plan_axes;
    use super::super::frame::testing::easel;
    use super::*;

    proptest! {
        #[test]
        fn the_nearest_bucket_is_the_one_that_no_other_is_nearer_than(
            x in 60.0f64..500.0, count in 1i64..300,
        ) {
            let times = || (0..count).map(|n| n * 60_000);
            let axes = plan_axes(&easel(560.0, 288.0), (0, (count * 60_000).max(1)), 10.0, true);
            let found = nearest_bucket(&axes, times(), (x, 100.0)).unwrap();
            let distance = |index: usize| (axes.x(index as i64 * 60_000) - x).abs();
            for other in 0..times().count() {
                prop_assert!(distance(found) <= distance(other) + 1e-9);
            }
        }
    }

    #[test]
    fn outside_the_plot_there_is_nothing_near() {
        let axes = plan_axes(&easel(560.0, 288.0), (0, 60_000), 10.0, true);
        assert_eq!(
            nearest_bucket(&axes, 0..3, (axes.plot.left - 30.0, 100.0)),
            None
        );
        assert_eq!(nearest_bucket(&axes, 0..3, (200.0, 287.0)), None);
    }
}
