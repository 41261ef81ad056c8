//! The straight line through many looks: what grows, and how quickly.

use crate::report::Figure;

/// What is more in the end than at first, by the line with the least squares through all points
/// (minutes, value).
pub(crate) fn grown(name: &str, unit: &'static str, most: f64, points: &[(f64, f64)]) -> Figure {
    let (first, last) = (points.first().unwrap(), points.last().unwrap());
    let slope = slope(points);
    let note = format!(
        "{:.3} at first, {:.3} in the end, {:+.3} an hour",
        first.1,
        last.1,
        slope * 60.0
    );
    Figure::of(name, slope * (last.0 - first.0), unit)
        .most(most)
        .note(note)
}

fn slope(points: &[(f64, f64)]) -> f64 {
    let count = points.len() as f64;
    let mean = |of: fn(&(f64, f64)) -> f64| points.iter().map(of).sum::<f64>() / count;
    let (middle, level) = (mean(|point| point.0), mean(|point| point.1));
    let both: f64 = points.iter().map(|(x, y)| (x - middle) * (y - level)).sum();
    let spread: f64 = points.iter().map(|(x, _)| (x - middle).powi(2)).sum();
    both / spread
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_has_its_own_slope_and_noise_has_none() {
        let line: Vec<_> = (0..10)
            .map(|x| (f64::from(x), 3.0 + 2.0 * f64::from(x)))
            .collect();
        assert!((slope(&line) - 2.0).abs() < 1e-9);
        assert!(slope(&[(0.0, 1.0), (1.0, 2.0), (2.0, 2.0), (3.0, 1.0)]).abs() < 1e-9);
        let grown = grown("it", "MB", 1.0, &line);
        assert!((grown.value - 18.0).abs() < 1e-9, "{grown:?}");
    }
}
