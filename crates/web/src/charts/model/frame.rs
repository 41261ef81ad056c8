//! The room a chart has, and what it may ask while it is planned.

use serde::Serialize;

use super::view::View;

/// A size in CSS pixels.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Room {
    /// CSS pixels.
    pub width: f64,
    /// CSS pixels.
    pub height: f64,
}

/// A rectangle in CSS pixels from the canvas's top left corner.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize)]
pub struct Rect {
    /// The left edge.
    pub left: f64,
    /// The upper edge.
    pub top: f64,
    /// How wide.
    pub width: f64,
    /// How high.
    pub height: f64,
}

impl Rect {
    /// The right edge.
    pub fn right(&self) -> f64 {
        self.left + self.width
    }

    /// The lower edge.
    pub fn bottom(&self) -> f64 {
        self.top + self.height
    }
}

/// How figures and times are put into words: the viewer's locale and time zone.
pub trait Words {
    /// A count: `1,234`, or `1.2 M`.
    fn count(&self, value: f64) -> String;
    /// A number with one decimal: `2.4`.
    fn decimal(&self, value: f64) -> String;
    /// A tick of a time axis: `10:00`, or the day at midnight.
    fn tick(&self, at_ms: i64, midnight: bool) -> String;
    /// A moment with its day, time and zone: what a bucket is called.
    fn moment(&self, at_ms: i64) -> String;
    /// A count with every digit.
    fn whole(&self, value: f64) -> String;
    /// US dollars to what the API prints.
    fn dollars(&self, usd: f64) -> String;
    /// Milliseconds: `234 ms`, `1.2 s`.
    fn took(&self, ms: f64) -> String;
    /// A share: `8.2 %`.
    fn share(&self, share: f64) -> String;
    /// Milliseconds that the viewer's wall clock is ahead of UTC at an instant.
    fn offset_ms(&self, at_ms: i64) -> i64;
}

/// What a chart may ask while it is planned.
pub struct Easel<'a> {
    /// The room there is.
    pub room: Room,
    /// The viewer's words.
    pub words: &'a dyn Words,
    /// Width of a label in CSS pixels, in the font it will be drawn with.
    pub measure: &'a dyn Fn(&str) -> f64,
    /// What part of time to show; none is all there is.
    pub view: Option<View>,
    /// What is pointed at.
    pub picked: Option<usize>,
}

/// A text with its place.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Label {
    /// What it says.
    pub text: String,
    /// CSS pixels from the left, of the text's anchor.
    pub x: f64,
    /// CSS pixels from the top, of the text's middle line.
    pub y: f64,
}

/// A horizontal grid line with its label.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct GridLine {
    /// The value it stands for.
    pub value: f64,
    /// CSS pixels from the top.
    pub y: f64,
    /// The value in words.
    pub label: String,
}

/// A line drawing's frame: where values are, and the axes' ticks.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Axes {
    /// The plotting area.
    pub plot: Rect,
    /// Instants at the plot's left and right edge, milliseconds since 1970.
    pub x_domain: (i64, i64),
    /// The value at the plot's upper edge; the lower edge is zero.
    pub y_top: f64,
    /// Values' ticks, lowest first.
    pub grid: Vec<GridLine>,
    /// Times' ticks, earliest first; x is the middle of the text.
    pub times: Vec<Label>,
}

impl Axes {
    /// CSS pixels from the left at which an instant is.
    pub fn x(&self, at_ms: i64) -> f64 {
        let span = (self.x_domain.1 - self.x_domain.0).max(1) as f64;
        self.plot.left + self.plot.width * (at_ms - self.x_domain.0) as f64 / span
    }

    /// The instant at a place, CSS pixels from the left.
    #[expect(clippy::cast_possible_truncation, reason = "casts of floats saturate")]
    pub fn at(&self, x: f64) -> i64 {
        let span = (self.x_domain.1 - self.x_domain.0) as f64;
        self.x_domain.0 + (span * (x - self.plot.left) / self.plot.width) as i64
    }

    /// The frame without its ticks.
    #[must_use]
    pub fn frame(&self) -> Axes {
        Axes {
            grid: Vec::new(),
            times: Vec::new(),
            ..*self
        }
    }

    /// What part of time is shown.
    pub fn view(&self) -> View {
        View {
            from: self.x_domain.0,
            to: self.x_domain.1,
        }
    }

    /// CSS pixels from the top at which a value is.
    pub fn y(&self, value: f64) -> f64 {
        self.plot.bottom() - self.plot.height * value / self.y_top
    }
}

/// Room between the vertical axis's labels and the plot.
const LABEL_GAP: f64 = 8.0;
/// Room below the plot for the time ticks.
const FOOT: f64 = 26.0;
/// Room above the plot: half a label.
const HEAD: f64 = 10.0;
/// Room right of the plot: half of the dot that is now.
const RIGHT: f64 = 8.0;
/// A time tick and some air.
const TICK_WIDTH: f64 = 68.0;
/// CSS pixels between two grid lines, at least.
const GRID_HEIGHT: f64 = 44.0;

/// Plans the axes of a chart over time, for values from zero to `max`.
pub fn plan_axes(easel: &Easel<'_>, x_domain: (i64, i64), max: f64, whole: bool) -> Axes {
    let Room { width, height } = easel.room;
    let inner = (height - HEAD - FOOT).max(1.0);
    let intervals = [5u32, 4, 3, 2]
        .into_iter()
        .find(|&n| inner / f64::from(n) >= GRID_HEIGHT);
    let ticks = super::ticks::round_ticks(max, intervals.unwrap_or(1), whole);
    let labels: Vec<String> = ticks.values.iter().map(|&v| easel.words.count(v)).collect();
    let widest = labels
        .iter()
        .map(|label| (easel.measure)(label))
        .fold(0.0, f64::max);
    let left = (widest + LABEL_GAP).ceil();
    let plot = Rect {
        left,
        top: HEAD,
        width: (width - left - RIGHT).max(1.0),
        height: inner,
    };
    let mut axes = Axes {
        plot,
        x_domain,
        y_top: ticks.top,
        grid: Vec::new(),
        times: Vec::new(),
    };
    axes.grid = ticks
        .values
        .into_iter()
        .zip(labels)
        .map(|(value, label)| GridLine {
            value,
            y: axes.y(value),
            label,
        })
        .collect();
    axes.times = plan_times(easel, &axes);
    axes
}

fn plan_times(easel: &Easel<'_>, axes: &Axes) -> Vec<Label> {
    let at_most = [2usize, 3, 4, 5, 6, 7, 8, 9, 10, 13]
        .into_iter()
        .rev()
        .find(|&count| axes.plot.width / count as f64 >= TICK_WIDTH)
        .unwrap_or(1);
    let offset = |at| easel.words.offset_ms(at);
    super::time_ticks::time_ticks(axes.x_domain.0, axes.x_domain.1, at_most, &offset)
        .into_iter()
        .map(|tick| Label {
            text: easel.words.tick(tick.at_ms, tick.midnight),
            x: axes.x(tick.at_ms),
            y: axes.plot.bottom() + FOOT - 9.0,
        })
        // One that would not fit beside the edge would take room from every chart.
        .filter(|label| label.x + (easel.measure)(&label.text) / 2.0 <= easel.room.width)
        .collect()
}

#[cfg(test)]
pub(crate) mod testing;

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::testing::easel;
    use super::*;

    proptest! {
        #[test]
        fn everything_stays_on_the_canvas(
            width in 120.0f64..2000.0, height in 80.0f64..900.0, max in 0.0f64..1e7,
        ) {
            let axes = plan_axes(&easel(width, height), (0, 86_400_000), max, true);
            prop_assert!(axes.plot.right() <= width);
            prop_assert!(axes.plot.bottom() <= height);
            prop_assert!(axes.y(max) >= axes.plot.top - 1e-6);
            for line in &axes.grid {
                prop_assert!((axes.plot.top - 1e-6..=axes.plot.bottom() + 1e-6).contains(&line.y));
            }
            for time in &axes.times {
                prop_assert!(time.x >= axes.plot.left && time.x <= axes.plot.right() + 1e-6);
                let half = (easel(width, height).measure)(&time.text) / 2.0;
                prop_assert!(time.x + half <= width);
            }
        }
    }
}
