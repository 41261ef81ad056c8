//! The part of a line that a plot shows.

use super::smooth::Point;

/// Those points that lie within a span, and the neighbour on either side of it: what a line
/// through the span is drawn from. `at` says where a point is; points are in its order.
pub fn visible<P>(points: &[P], span: (i64, i64), at: impl Fn(&P) -> i64) -> &[P] {
    let from = points
        .partition_point(|point| at(point) < span.0)
        .saturating_sub(1);
    let to = points.partition_point(|point| at(point) <= span.1) + 1;
    points.get(from..to.min(points.len())).unwrap_or_default()
}

/// The line between two x, with points of its own where it crosses them. Points have
/// ascending x.
pub fn cut(line: &[Point], left: f64, right: f64) -> Vec<Point> {
    let mut kept = Vec::with_capacity(line.len());
    let mut before: Option<Point> = None;
    for &point in line {
        if let Some(before) = before {
            for edge in [left, right] {
                if before.0 < edge && edge < point.0 {
                    let part = (edge - before.0) / (point.0 - before.0);
                    kept.push((edge, before.1 + (point.1 - before.1) * part));
                }
            }
        }
        if (left..=right).contains(&point.0) {
            kept.push(point);
        }
        before = Some(point);
    }
    kept
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_line_is_cut_where_it_crosses_the_edges() {
        let line = [(0.0, 0.0), (10.0, 10.0), (20.0, 0.0)];
        assert_eq!(
            cut(&line, 5.0, 15.0),
            [(5.0, 5.0), (10.0, 10.0), (15.0, 5.0)]
        );
        assert_eq!(
            cut(&line, 2.0, 4.0),
            [(2.0, 2.0), (4.0, 4.0)],
            "within one piece"
        );
        assert!(cut(&line, 30.0, 40.0).is_empty());
    }

    proptest! {
        #[test]
        fn a_cut_line_stays_within_and_in_order(
            ys in prop::collection::vec(0.0f64..100.0, 0..50), left in -10.0f64..30.0, width in 0.1f64..60.0,
        ) {
            let line: Vec<Point> = ys.iter().enumerate().map(|(x, &y)| (x as f64, y)).collect();
            let kept = cut(&line, left, left + width);
            prop_assert!(kept.iter().all(|p| p.0 >= left && p.0 <= left + width));
            prop_assert!(kept.is_sorted_by(|a, b| a.0 <= b.0));
            let inside = line.iter().filter(|p| p.0 >= left && p.0 <= left + width);
            prop_assert!(inside.clone().all(|p| kept.contains(p)));
        }

        #[test]
        fn nothing_visible_is_left_out(
            times in prop::collection::btree_set(0i64..1000, 0..60), from in 0i64..1000, span in 0i64..400,
        ) {
            let times: Vec<i64> = times.into_iter().collect();
            let shown = visible(&times, (from, from + span), |at| *at);
            for at in times.iter().filter(|at| (from..=from + span).contains(at)) {
                prop_assert!(shown.contains(at));
            }
            let beside = shown.iter().filter(|at| !(from..=from + span).contains(at));
            prop_assert!(beside.count() <= 2);
        }
    }
}
