//! Cost by MCP server: a ring of slices.

use std::f64::consts::{FRAC_PI_2, TAU};

use serde::Serialize;
use shared_types::CostChart;

use super::colours::{Hue, McpColours};
use super::frame::Easel;
use super::smooth::Point;
use super::time::{end_of, epoch_ms};
use super::turn;

/// One server's part.
#[derive(Clone, Debug, PartialEq)]
pub struct Part {
    /// The server's name.
    pub mcp: String,
    /// USD.
    pub cost: f64,
    /// Queries that touched it.
    pub queries: u64,
    /// Its colour.
    pub hue: Hue,
}

/// What the chart shows.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct DonutChart {
    /// Highest first.
    pub parts: Vec<Part>,
    /// USD of what is switched on; of everything, as the API sums it.
    pub total: f64,
    /// When the window begins, milliseconds since 1970.
    pub since: Option<i64>,
    /// When it ends, unless it moves on with time.
    pub until: Option<i64>,
}

impl DonutChart {
    /// From the wire, without the servers that are switched off.
    pub fn of(
        chart: &CostChart,
        colours: &McpColours,
        is_hidden: &dyn Fn(&str) -> bool,
    ) -> DonutChart {
        let part = |slice: &shared_types::CostSlice| Part {
            mcp: slice.mcp.clone(),
            cost: slice.cost,
            queries: slice.queries,
            hue: colours.get(&slice.mcp),
        };
        let (hidden, shown): (Vec<_>, Vec<_>) =
            chart.data.iter().partition(|slice| is_hidden(&slice.mcp));
        let off: f64 = hidden.iter().map(|slice| slice.cost).sum();
        DonutChart {
            parts: shown.into_iter().map(part).collect(),
            total: if hidden.is_empty() {
                chart.total
            } else {
                chart.total - off
            },
            since: epoch_ms(&chart.window.from),
            until: end_of(&chart.window),
        }
    }

    /// The parts that have a slice.
    pub fn costly(&self) -> impl Iterator<Item = &Part> {
        self.parts.iter().filter(|part| part.cost > 0.0)
    }

    /// Whether there is anything to show: calls that cost nothing have no slice.
    pub fn is_empty(&self) -> bool {
        self.parts.iter().all(|part| part.cost <= 0.0)
    }

    /// A part's share of all, from 0 to 1.
    pub fn share(&self, part: &Part) -> f64 {
        let sum: f64 = self.parts.iter().map(|part| part.cost.max(0.0)).sum();
        if sum > 0.0 {
            part.cost.max(0.0) / sum
        } else {
            0.0
        }
    }
}

/// One slice with its place. Angles are radians, clockwise from 12 o'clock.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Slice {
    /// The server's name.
    pub mcp: String,
    /// Its colour.
    pub hue: Hue,
    /// Where it begins.
    pub from: f64,
    /// Where it ends.
    pub to: f64,
}

/// The ring with its places, in CSS pixels.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct DonutPlan {
    /// Its centre.
    pub center: Point,
    /// Outer radius.
    pub outer: f64,
    /// Inner radius.
    pub inner: f64,
    /// In the chart's order, those that cost something.
    pub slices: Vec<Slice>,
    /// The one that is pointed at: it is lifted out of the ring.
    pub lifted: Option<usize>,
}

/// CSS pixels that a slice is lifted.
const LIFT: f64 = 5.0;

/// CSS pixels between two slices.
const GAP: f64 = 2.0;

impl DonutPlan {
    /// Lays the chart out: as large as the room allows, the first slice from 12 o'clock.
    pub fn new(chart: &DonutChart, easel: &Easel<'_>) -> DonutPlan {
        let (width, height) = (easel.room.width, easel.room.height);
        let outer = (width.min(height) / 2.0 - 3.0 - LIFT).max(1.0);
        let mut from = 0.0;
        let slices = chart
            .costly()
            .map(|part| {
                let to = from + chart.share(part) * TAU;
                let slice = Slice {
                    mcp: part.mcp.clone(),
                    hue: part.hue,
                    from,
                    to,
                };
                from = to;
                slice
            })
            .collect();
        DonutPlan {
            center: (width / 2.0, height / 2.0),
            outer,
            inner: outer * 0.67,
            slices,
            lifted: easel.picked,
        }
    }

    /// A slice's outline. The gap to its neighbours has the same width outside and inside;
    /// a slice that is narrower than the gap keeps a hair's breadth.
    pub fn outline(&self, slice: &Slice) -> Vec<Point> {
        let alone = self.slices.len() < 2;
        let span = slice.to - slice.from;
        let trim = |radius: f64| {
            if alone {
                0.0
            } else {
                (GAP / 2.0 / radius).min(span * 0.35)
            }
        };
        let arc = |radius: f64, reverse: bool| {
            let (from, to) = (slice.from + trim(radius), slice.to - trim(radius));
            // A chord a pixel long is 0.01 pixels off the arc.
            let steps = ((to - from) * radius).ceil().clamp(2.0, 2000.0);
            let mut arc = Vec::new();
            let mut step = 0.0;
            while step <= steps {
                let part = if reverse { steps - step } else { step };
                arc.push(self.at(radius, from + (to - from) * part / steps));
                step += 1.0;
            }
            arc
        };
        let mut outline = arc(self.outer, false);
        outline.extend(arc(self.inner, true));
        outline
    }

    /// How far a slice is from its place in the ring.
    pub fn lift(&self, index: usize) -> Point {
        let slice = self
            .slices
            .get(index)
            .filter(|_| self.lifted == Some(index));
        slice.map_or((0.0, 0.0), |slice| {
            let (x, y) = self.at(LIFT, slice.from.midpoint(slice.to));
            (x - self.center.0, y - self.center.1)
        })
    }

    /// The slice that a place is on, counted from the first.
    pub fn slice_at(&self, (x, y): Point) -> Option<usize> {
        let (dx, dy) = (x - self.center.0, y - self.center.1);
        let radius = dx.hypot(dy);
        if radius < self.inner || radius > self.outer {
            return None;
        }
        let angle = (dy.atan2(dx) + FRAC_PI_2).rem_euclid(TAU);
        self.slices
            .iter()
            .position(|slice| (slice.from..slice.to).contains(&angle))
    }

    /// The point at a radius and an angle.
    pub fn at(&self, radius: f64, angle: f64) -> Point {
        let (sin, cos) = turn::sin_cos(angle - FRAC_PI_2);
        (self.center.0 + radius * cos, self.center.1 + radius * sin)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::frame::testing::easel;
    use super::*;

    fn chart(costs: &[f64]) -> DonutChart {
        let part = |(i, &cost): (usize, &f64)| Part {
            mcp: format!("mcp {i}"),
            cost,
            queries: 1,
            hue: Hue::Mcp(i % 12),
        };
        DonutChart {
            parts: costs.iter().enumerate().map(part).collect(),
            total: costs.iter().sum(),
            ..DonutChart::default()
        }
    }

    #[test]
    fn half_the_cost_is_half_the_ring() {
        let plan = DonutPlan::new(&chart(&[6.0, 3.0, 3.0]), &easel(220.0, 240.0));
        let angles: Vec<(f64, f64)> = plan.slices.iter().map(|s| (s.from, s.to)).collect();
        assert_eq!(
            angles,
            [(0.0, TAU / 2.0), (TAU / 2.0, TAU * 0.75), (TAU * 0.75, TAU)]
        );
        let (x, y) = plan.at(plan.outer, TAU / 4.0);
        assert!((x - plan.center.0 - plan.outer).abs() < 1e-9 && (y - plan.center.1).abs() < 1e-9);
    }

    #[test]
    fn a_place_on_the_ring_is_on_the_slice_that_is_drawn_there() {
        let plan = DonutPlan::new(&chart(&[6.0, 3.0, 3.0]), &easel(220.0, 240.0));
        let middle = f64::midpoint(plan.inner, plan.outer);
        for (index, slice) in plan.slices.iter().enumerate() {
            let place = plan.at(middle, f64::midpoint(slice.from, slice.to));
            assert_eq!(plan.slice_at(place), Some(index));
        }
        assert_eq!(plan.slice_at(plan.center), None);
        assert_eq!(plan.slice_at((0.0, 0.0)), None);
    }

    #[test]
    fn calls_that_cost_nothing_have_no_slice() {
        assert!(chart(&[0.0, 0.0]).is_empty());
        assert_eq!(
            DonutPlan::new(&chart(&[1.0, 0.0]), &easel(200.0, 200.0))
                .slices
                .len(),
            1
        );
    }

    proptest! {
        #[test]
        fn slices_fill_the_ring_in_proportion(costs in prop::collection::vec(0.0f64..100.0, 1..40)) {
            prop_assume!(costs.iter().sum::<f64>() > 0.0);
            let chart = chart(&costs);
            let plan = DonutPlan::new(&chart, &easel(220.0, 220.0));
            prop_assert!((plan.slices.last().unwrap().to - TAU).abs() < 1e-9);
            for (a, b) in plan.slices.iter().zip(plan.slices.iter().skip(1)) {
                prop_assert!((a.to - b.from).abs() < 1e-12);
            }
            for slice in &plan.slices {
                for (x, y) in plan.outline(slice) {
                    let radius = (x - plan.center.0).hypot(y - plan.center.1);
                    prop_assert!(radius <= plan.outer + 1e-6 && radius >= plan.inner - 1e-6);
                }
            }
        }
    }
}
