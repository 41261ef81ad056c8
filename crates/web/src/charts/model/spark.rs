//! A stat card's sparkline: the day so far at a glance.

use serde::Serialize;

use super::frame::Easel;
use super::smooth::{Point, smooth};

/// What a sparkline is about, which is its colour.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub enum Tone {
    /// Queries.
    #[default]
    Queries,
    /// Cost.
    Cost,
}

/// What it shows: one value an hour, oldest first.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Spark {
    /// What they are values of.
    pub tone: Tone,
    /// Values of any unit, none of them negative.
    pub values: Vec<f64>,
}

impl Spark {
    /// A line needs two points.
    pub fn is_empty(&self) -> bool {
        self.values.len() < 2
    }
}

/// The sparkline with its places.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct SparkPlan {
    /// Where the values are.
    pub points: Vec<Point>,
    /// The drawn line.
    #[serde(skip)]
    pub line: Vec<Point>,
    /// The lower edge.
    pub bottom: f64,
}

impl SparkPlan {
    /// Lays it out: from edge to edge, the highest value at the top.
    pub fn new(spark: &Spark, easel: &Easel<'_>) -> SparkPlan {
        const EDGE: f64 = 2.0;
        let (width, bottom) = (easel.room.width, easel.room.height);
        let top = spark
            .values
            .iter()
            .copied()
            .fold(0.0, f64::max)
            .max(f64::MIN_POSITIVE);
        let pitch = (width - 2.0 * EDGE) / (spark.values.len().max(2) - 1) as f64;
        let points: Vec<Point> = spark
            .values
            .iter()
            .enumerate()
            .map(|(i, value)| {
                let height = (bottom - 2.0 * EDGE) * value / top;
                (EDGE + i as f64 * pitch, bottom - EDGE - height)
            })
            .collect();
        let line = smooth(&points, 1.5);
        SparkPlan {
            points,
            line,
            bottom,
        }
    }

    /// The area below the line.
    pub fn outline(&self) -> Vec<Point> {
        let mut outline = self.line.clone();
        if let (Some(&first), Some(&last)) = (self.line.first(), self.line.last()) {
            outline.extend([(last.0, self.bottom), (first.0, self.bottom)]);
        }
        outline
    }
}

#[cfg(test)]
mod tests {
    use super::super::frame::testing::easel;
    use super::*;

    #[test]
    fn it_spans_its_room() {
        let plan = SparkPlan::new(
            &Spark {
                values: vec![0.0, 4.0, 2.0],
                ..Spark::default()
            },
            &easel(104.0, 44.0),
        );
        assert_eq!(plan.points, [(2.0, 42.0), (52.0, 2.0), (102.0, 22.0)]);
    }

    #[test]
    fn one_hour_is_no_line_yet() {
        assert!(
            Spark {
                values: vec![3.0],
                ..Spark::default()
            }
            .is_empty()
        );
        assert_eq!(
            SparkPlan::new(&Spark::default(), &easel(104.0, 44.0)).outline(),
            []
        );
    }
}
