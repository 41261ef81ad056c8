//! Errors by MCP server: one stacked bar a server, what went well and what failed.

use serde::Serialize;
use shared_types::ErrorsChart;

use super::frame::{Easel, Label, Rect};
use super::time::{end_of, epoch_ms};

/// One server's calls.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// The server's name.
    pub mcp: String,
    /// Calls that failed or were blocked.
    pub errors: u64,
    /// All calls.
    pub total: u64,
}

impl Row {
    /// The part that failed, from 0 to 1.
    pub fn share(&self) -> f64 {
        if self.total == 0 {
            0.0
        } else {
            self.errors as f64 / self.total as f64
        }
    }
}

/// What the chart shows.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct BarsChart {
    /// Most calls first.
    pub rows: Vec<Row>,
    /// All calls, each once.
    pub total: u64,
    /// All errors, each once.
    pub errors: u64,
    /// When the window begins, milliseconds since 1970.
    pub since: Option<i64>,
    /// When it ends, unless it moves on with time.
    pub until: Option<i64>,
}

impl BarsChart {
    /// From the wire.
    pub fn of(chart: &ErrorsChart) -> BarsChart {
        let row = |bar: &shared_types::ErrorBar| Row {
            mcp: bar.mcp.clone(),
            errors: bar.errors,
            total: bar.total,
        };
        BarsChart {
            rows: chart.data.iter().map(row).collect(),
            total: chart.total,
            errors: chart.errors,
            since: epoch_ms(&chart.window.from),
            until: end_of(&chart.window),
        }
    }

    /// Whether there is anything to show.
    pub fn is_empty(&self) -> bool {
        self.total == 0
    }

    /// The part of all calls that failed, from 0 to 1.
    pub fn share(&self) -> f64 {
        if self.total == 0 {
            0.0
        } else {
            self.errors as f64 / self.total as f64
        }
    }

    /// CSS pixels that the rows need; a panel that has fewer scrolls.
    pub fn least_height(&self) -> f64 {
        self.rows.len() as f64 * LEAST_ROW
    }
}

/// One bar with its places, in CSS pixels.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct BarPlan {
    /// The server's whole name.
    pub mcp: String,
    /// The name as far as there is room for it; x is its left end.
    pub name: Label,
    /// What went well; no width where nothing did.
    pub ok: Rect,
    /// What failed, right of it; no width where nothing did.
    pub failed: Rect,
    /// `2.1 %`; x is its right end.
    pub percent: Label,
    /// `of 388`; x is its right end.
    pub of: Label,
    /// More failed than should be passed over, and than elsewhere.
    pub notable: bool,
}

/// The chart with its places.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct BarsPlan {
    /// In the chart's order.
    pub bars: Vec<BarPlan>,
}

/// Error rates from here on are set off in the colour of errors, where they are also above
/// that of all calls: if everything stood out, nothing would.
const NOTABLE: f64 = 0.02;
const LEAST_ROW: f64 = 26.0;
const MOST_ROW: f64 = 40.0;
const BAR: f64 = 14.0;
const GAP: f64 = 14.0;
/// What failed is never too narrow to be seen.
const LEAST_PART: f64 = 2.0;

impl BarsPlan {
    /// Lays the chart out: names, bars and figures in three columns, rows in the middle.
    pub fn new(chart: &BarsChart, easel: &Easel<'_>) -> BarsPlan {
        let (words, measure) = (easel.words, easel.measure);
        let percents: Vec<String> = chart
            .rows
            .iter()
            .map(|row| format!("{} %", words.decimal(row.share() * 100.0)))
            .collect();
        let ofs: Vec<String> = chart
            .rows
            .iter()
            .map(|row| format!("of {}", words.count(row.total as f64)))
            .collect();
        let widest = |texts: &mut dyn Iterator<Item = &str>| texts.map(measure).fold(0.0, f64::max);
        let of_width = widest(&mut ofs.iter().map(String::as_str));
        let percent_width = widest(&mut percents.iter().map(String::as_str)) * 1.08;
        let names = widest(&mut chart.rows.iter().map(|row| row.mcp.as_str()));
        let name_width = names.min(easel.room.width * 0.3).ceil();
        let right = easel.room.width - 2.0;
        let percent_right = right - of_width - 5.0;
        let left = name_width + GAP;
        let full = (percent_right - percent_width - GAP - left).max(1.0);
        let most = chart
            .rows
            .iter()
            .map(|row| row.total)
            .max()
            .unwrap_or(1)
            .max(1) as f64;
        let count = chart.rows.len().max(1) as f64;
        let pitch = (easel.room.height / count).clamp(LEAST_ROW, MOST_ROW);
        let top = ((easel.room.height - pitch * count) / 2.0).max(0.0);

        let mut y = top + pitch / 2.0;
        let mut bars = Vec::with_capacity(chart.rows.len());
        for ((row, percent), of) in chart.rows.iter().zip(percents).zip(ofs) {
            let whole = full * row.total as f64 / most;
            let least = if row.errors == 0 {
                0.0
            } else {
                LEAST_PART.min(whole)
            };
            let failed = (whole * row.share()).max(least);
            let part = |left, width| Rect {
                left,
                top: y - BAR / 2.0,
                width,
                height: BAR,
            };
            bars.push(BarPlan {
                mcp: row.mcp.clone(),
                name: Label {
                    text: shorten(&row.mcp, name_width, measure),
                    x: 0.0,
                    y,
                },
                ok: part(left, whole - failed),
                failed: part(left + whole - failed, failed),
                percent: Label {
                    text: percent,
                    x: percent_right,
                    y,
                },
                of: Label {
                    text: of,
                    x: right,
                    y,
                },
                notable: row.share() >= NOTABLE && row.share() > chart.share(),
            });
            y += pitch;
        }
        BarsPlan { bars }
    }
}

/// As much of a text as fits, with an ellipsis where some is left out.
fn shorten(text: &str, width: f64, measure: &dyn Fn(&str) -> f64) -> String {
    if measure(text) <= width + 0.5 {
        return text.to_owned();
    }
    let mut kept: Vec<char> = text.chars().collect();
    while kept.pop().is_some() {
        let short: String = kept.iter().copied().chain(['…']).collect();
        if measure(&short) <= width {
            return short;
        }
    }
    "…".to_owned()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::frame::testing::{easel, seven_a_letter};
    use super::*;

    fn chart(rows: &[(u64, u64)]) -> BarsChart {
        let row = |(i, &(errors, total)): (usize, &(u64, u64))| Row {
            mcp: format!("Server {i}"),
            errors,
            total,
        };
        BarsChart {
            rows: rows.iter().enumerate().map(row).collect(),
            total: rows.iter().map(|r| r.1).sum(),
            errors: rows.iter().map(|r| r.0).sum(),
            ..BarsChart::default()
        }
    }

    #[test]
    fn bars_are_as_long_as_their_calls_and_as_red_as_their_errors() {
        let plan = BarsPlan::new(&chart(&[(100, 1000), (0, 500)]), &easel(480.0, 280.0));
        let [first, second] = plan.bars.as_slice() else {
            panic!("{plan:?}")
        };
        let whole = first.ok.width + first.failed.width;
        assert!((first.failed.width / whole - 0.1).abs() < 1e-9);
        assert!((second.ok.width / whole - 0.5).abs() < 1e-9);
        assert_eq!(second.failed.width, 0.0);
        assert_eq!(first.percent.text, "10.0 %");
        assert_eq!(first.of.text, "of 1000");
        assert!(first.notable && !second.notable);
    }

    #[test]
    fn one_error_in_a_million_is_still_seen() {
        let plan = BarsPlan::new(&chart(&[(1, 1_000_000)]), &easel(480.0, 280.0));
        assert_eq!(plan.bars.first().unwrap().failed.width, 2.0);
    }

    #[test]
    fn long_names_end_in_an_ellipsis() {
        assert_eq!(shorten("Database", 35.0, &seven_a_letter), "Data…");
        assert_eq!(shorten("Data", 28.0, &seven_a_letter), "Data");
        assert_eq!(shorten("Data", 1.0, &seven_a_letter), "…");
        assert_eq!(shorten("数据库服务器", 30.0, &seven_a_letter), "数据库…");
    }

    proptest! {
        #[test]
        fn bars_stay_between_names_and_figures(
            rows in prop::collection::vec((0u64..500, 500u64..10_000_000), 1..60),
            width in 260.0f64..900.0,
        ) {
            let plan = BarsPlan::new(&chart(&rows), &easel(width, 260.0));
            for bar in &plan.bars {
                prop_assert!(bar.failed.right() <= bar.percent.x);
                prop_assert!(bar.ok.width >= 0.0 && bar.failed.width >= 0.0);
            }
            for (a, b) in plan.bars.iter().zip(plan.bars.iter().skip(1)) {
                prop_assert!(b.ok.top >= a.ok.bottom());
            }
        }
    }
}
