//! Bars with round corners.

use super::frame::Rect;
use super::smooth::Point;
use super::turn;

/// A bar's outline with round corners on the sides that are asked for.
pub fn rounded(rect: Rect, round_left: bool, round_right: bool) -> Vec<Point> {
    const RADIUS: f64 = 5.0;
    let limit = rect.height.min(rect.width) / 2.0;
    let radius = |round: bool| if round { RADIUS.min(limit) } else { 0.0 };
    let (left, right) = (radius(round_left), radius(round_right));
    let quarter = std::f64::consts::FRAC_PI_2;
    let corners = [
        (rect.left + left, rect.top + left, left, 2.0),
        (rect.right() - right, rect.top + right, right, 3.0),
        (rect.right() - right, rect.bottom() - right, right, 0.0),
        (rect.left + left, rect.bottom() - left, left, 1.0),
    ];
    corners
        .into_iter()
        .flat_map(|(x, y, radius, turns)| {
            [0.0, 0.25, 0.5, 0.75, 1.0].map(|part| {
                let (sin, cos) = turn::sin_cos((turns + part) * quarter);
                (x + radius * cos, y + radius * sin)
            })
        })
        .collect()
}
