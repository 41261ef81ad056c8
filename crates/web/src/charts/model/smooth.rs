//! A smooth line through points that never leaves the span between two neighbours.

/// A point, in whatever unit the caller counts.
pub type Point = (f64, f64);

/// The line through `points` (x ascending) as a polyline with at most `step` between two
/// of its x. Cubic Hermite with Fritsch and Carlson's tangents: monotone between points,
/// so a smooth line never shows more than the highest value or less than the lowest.
pub fn smooth(points: &[Point], step: f64) -> Vec<Point> {
    if points.len() < 3 || step <= 0.0 {
        return points.to_vec();
    }
    let tangents = tangents(points);
    let mut line = Vec::with_capacity(points.len() * 8);
    let pairs = points.iter().zip(points.iter().skip(1));
    let slopes = tangents.iter().zip(tangents.iter().skip(1));
    for ((&a, &b), (&slope_a, &slope_b)) in pairs.zip(slopes) {
        line.push(a);
        let width = b.0 - a.0;
        let mut x = a.0 + step;
        while x < b.0 - step * 0.25 {
            line.push((
                x,
                hermite((x - a.0) / width, width, (a.1, slope_a), (b.1, slope_b)),
            ));
            x += step;
        }
    }
    line.extend(points.last());
    line
}

fn hermite(t: f64, width: f64, (from, slope_from): Point, (to, slope_to): Point) -> f64 {
    let (t2, t3) = (t * t, t * t * t);
    (2.0 * t3 - 3.0 * t2 + 1.0) * from
        + (t3 - 2.0 * t2 + t) * width * slope_from
        + (3.0 * t2 - 2.0 * t3) * to
        + (t3 - t2) * width * slope_to
}

/// The slope at every point: the harmonic mean of its neighbours' where both go the same
/// way, else flat (F. N. Fritsch, J. Butland, 1984).
fn tangents(points: &[Point]) -> Vec<f64> {
    let chords: Vec<(f64, f64)> = points
        .iter()
        .zip(points.iter().skip(1))
        .map(|(a, b)| (b.0 - a.0, (b.1 - a.1) / (b.0 - a.0).max(f64::MIN_POSITIVE)))
        .collect();
    let inner = chords
        .iter()
        .zip(chords.iter().skip(1))
        .map(|(&(h0, d0), &(h1, d1))| {
            if d0 * d1 <= 0.0 {
                return 0.0;
            }
            let (w0, w1) = (2.0 * h1 + h0, h1 + 2.0 * h0);
            (w0 + w1) / (w0 / d0 + w1 / d1)
        });
    let first = chords.first().map_or(0.0, |chord| chord.1);
    let last = chords.last().map_or(0.0, |chord| chord.1);
    std::iter::once(first)
        .chain(inner)
        .chain(std::iter::once(last))
        .collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn it_goes_through_every_point() {
        let points = [(0.0, 1.0), (10.0, 5.0), (20.0, 5.0), (30.0, 0.0)];
        let line = smooth(&points, 2.0);
        for point in points {
            assert!(line.contains(&point), "{point:?}");
        }
    }

    proptest! {
        #[test]
        fn it_never_overshoots(values in prop::collection::vec(0.0f64..1000.0, 2..60)) {
            let points: Vec<Point> =
                values.iter().enumerate().map(|(i, &y)| (i as f64 * 20.0, y)).collect();
            for (x, y) in smooth(&points, 3.0) {
                let left = points.iter().rev().find(|p| p.0 <= x).unwrap();
                let right = points.iter().find(|p| p.0 >= x).unwrap();
                let (low, high) = (left.1.min(right.1), left.1.max(right.1));
                prop_assert!(y >= low - 1e-6 && y <= high + 1e-6, "{low} {y} {high} at {x}");
            }
        }

        #[test]
        fn it_runs_from_left_to_right(values in prop::collection::vec(0.0f64..9.0, 0..40)) {
            let points: Vec<Point> =
                values.iter().enumerate().map(|(i, &y)| (i as f64 * 7.5, y)).collect();
            let line = smooth(&points, 2.0);
            prop_assert!(line.is_sorted_by(|a, b| a.0 < b.0));
        }
    }
}
