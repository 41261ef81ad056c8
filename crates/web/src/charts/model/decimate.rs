//! Fewer points where a pixel column holds many.

use super::smooth::Point;

/// At most four points for every column that is `column` wide: the first, the lowest, the
/// highest and the last of it, in their order, so that the drawn line covers exactly the
/// pixels that all points would. Points must have ascending x.
pub fn decimate(points: &[Point], column: f64) -> Vec<Point> {
    let Some(&(left, _)) = points.first() else {
        return Vec::new();
    };
    if column <= 0.0 {
        return points.to_vec();
    }
    let index = |point: &Point| ((point.0 - left) / column).floor();
    points
        .chunk_by(|a, b| index(a).total_cmp(&index(b)).is_eq())
        .flat_map(extremes)
        .collect()
}

fn extremes(column: &[Point]) -> Vec<Point> {
    if column.len() <= 4 {
        return column.to_vec();
    }
    let place = |(i, _): (usize, &Point)| i;
    let by_height = |a: &(usize, &Point), b: &(usize, &Point)| a.1.1.total_cmp(&b.1.1);
    let low = column.iter().enumerate().min_by(by_height).map(place);
    let high = column.iter().enumerate().max_by(by_height).map(place);
    let (low, high) = low.zip(high).unwrap_or_default();
    let mut kept = vec![0, low.min(high), low.max(high), column.len() - 1];
    kept.dedup();
    kept.into_iter()
        .filter_map(|i| column.get(i).copied())
        .collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn every_column_keeps_its_extremes(
            values in prop::collection::vec(-1e6f64..1e6, 0..2000), column in 1.0f64..50.0,
        ) {
            let points: Vec<Point> =
                values.iter().enumerate().map(|(i, &y)| (i as f64, y)).collect();
            let kept = decimate(&points, column);
            prop_assert!(kept.is_sorted_by(|a, b| a.0 < b.0));
            prop_assert!(kept.iter().all(|point| points.contains(point)));
            prop_assert!(kept.len() as f64 <= 4.0 * (points.len() as f64 / column + 1.0));
            let heights = |points: &[Point]| {
                let all = points.iter().map(|p| p.1);
                (all.clone().fold(f64::MAX, f64::min), all.fold(f64::MIN, f64::max))
            };
            prop_assert_eq!(heights(&points), heights(&kept));
            prop_assert_eq!(points.first(), kept.first());
            prop_assert_eq!(points.last(), kept.last());
        }
    }
}
