//! Sums of some calls, and the order of rows.

use std::cmp::Ordering;

use grammar::{Ascending, By, Figures, Measure};
use timeline::{Money, Sketch, Tally};

use super::Row;
use crate::live::beyond::Latency;

/// Sums of some calls.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Sum {
    /// How many.
    pub queries: u64,
    /// How many of them failed or were refused.
    pub errors: u64,
    /// What they cost.
    pub cost: Money,
    /// The median of durations, milliseconds.
    pub p50: Option<f64>,
    /// The 95th percentile of durations, milliseconds.
    pub p95: Option<f64>,
    /// The 99th percentile of durations, milliseconds.
    pub p99: Option<f64>,
}

/// One figure.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Figure {
    /// How many.
    Count(u64),
    /// A share, 0 to 1.
    Share(f64),
    /// USD.
    Money(Money),
    /// Milliseconds.
    Duration(f64),
}

impl Sum {
    pub(super) fn of(tally: Tally, latency: &Sketch) -> Sum {
        let Latency { p50, p95, p99, .. } = Latency::of(latency);
        Sum {
            queries: tally.queries,
            errors: tally.errors,
            cost: tally.cost,
            p50,
            p95,
            p99,
        }
    }

    /// Only the errors, whose cost and durations nobody asks for.
    pub(super) fn errors_only(self) -> Sum {
        Sum {
            queries: self.errors,
            errors: self.errors,
            ..Sum::default()
        }
    }

    /// What is asked for; none where it is of nothing.
    pub fn figure(&self, measure: Measure) -> Option<Figure> {
        let each = i128::from(self.queries);
        Some(match measure {
            Measure::Queries => Figure::Count(self.queries),
            Measure::Errors => Figure::Count(self.errors),
            Measure::ErrorRate if each == 0 => return None,
            Measure::ErrorRate => Figure::Share(self.errors as f64 / self.queries as f64),
            Measure::Cost => Figure::Money(self.cost),
            Measure::CostPerQuery => Figure::Money(Money::from_picodollars(
                self.cost.picodollars().checked_div(each)?,
            )),
            Measure::P50 => Figure::Duration(self.p50?),
            Measure::P95 => Figure::Duration(self.p95?),
            Measure::P99 => Figure::Duration(self.p99?),
        })
    }
}

impl Figure {
    /// As a number to compare with others of its kind.
    pub fn value(self) -> f64 {
        match self {
            Figure::Count(count) => count as f64,
            Figure::Share(share) => share,
            Figure::Money(money) => money.picodollars() as f64 / 1e12,
            Figure::Duration(ms) => ms,
        }
    }
}

/// Puts rows as they were asked for; those without such a figure come last, buckets stay in
/// the order of time unless another one was asked for.
pub(super) fn put_in_order(rows: &mut [Row], asked: &Figures) {
    let order = asked.order;
    let ranked = order.by.is_some() || order.limit.is_some();
    if asked.by == Some(By::Time) && !ranked {
        return;
    }
    let Some(measure) = order.by.or(asked.measures.first().copied()) else {
        return;
    };
    let figure = |row: &Row| row.sum.figure(measure);
    rows.sort_by(|a, b| {
        let by_figure = match (figure(a), figure(b)) {
            (Some(a), Some(b)) if order.ascending == Ascending::Yes => compare(a, b),
            (Some(a), Some(b)) => compare(b, a),
            (Some(_), None) => Ordering::Less,
            (None, Some(_)) => Ordering::Greater,
            (None, None) => Ordering::Equal,
        };
        let by_name = || a.name.cmp(&b.name);
        by_figure
            .then_with(by_name)
            .then_with(|| a.span.cmp(&b.span))
    });
}

fn compare(a: Figure, b: Figure) -> Ordering {
    match (a, b) {
        (Figure::Count(a), Figure::Count(b)) => a.cmp(&b),
        (Figure::Money(a), Figure::Money(b)) => a.cmp(&b),
        (a, b) => a.value().total_cmp(&b.value()),
    }
}
