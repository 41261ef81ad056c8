//! Colours and the contrast between them, as WCAG 2 counts it.

/// Red, green and blue, 0 to 255.
pub(super) type Colour = [u8; 3];

/// How much lighter one is than the other, 1 to 21, whichever comes first.
pub(super) fn ratio(a: Colour, b: Colour) -> f64 {
    let (a, b) = (luminance(a), luminance(b));
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

/// A colour of some opacity (0 to 1) over another.
pub(super) fn over(top: Colour, opacity: f64, ground: Colour) -> Colour {
    let mut mixed = ground;
    for (below, above) in mixed.iter_mut().zip(top) {
        let mix = f64::from(above) * opacity + f64::from(*below) * (1.0 - opacity);
        *below = to_byte(mix);
    }
    mixed
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "clamped to what fits"
)]
fn to_byte(value: f64) -> u8 {
    value.round().clamp(0.0, 255.0) as u8
}

/// Relative luminance, 0 to 1.
fn luminance(colour: Colour) -> f64 {
    let linear = |byte: u8| {
        let part = f64::from(byte) / 255.0;
        if part <= 0.04045 {
            part / 12.92
        } else {
            ((part + 0.055) / 1.055).powf(2.4)
        }
    };
    let [red, green, blue] = colour.map(linear);
    0.2126 * red + 0.7152 * green + 0.0722 * blue
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ratios_are_those_of_the_guidelines() {
        let near = |a: f64, b: f64| (a - b).abs() < 0.01;
        assert!(near(ratio([0; 3], [255; 3]), 21.0));
        assert!(near(ratio([255; 3], [0; 3]), 21.0));
        assert!(near(ratio([9, 9, 9], [9, 9, 9]), 1.0));
        // The palest grey on white that is enough for text, and one that is not.
        assert!(ratio([118; 3], [255; 3]) >= 4.5);
        assert!(ratio([119; 3], [255; 3]) < 4.5);
    }

    #[test]
    fn half_of_white_over_black_is_grey() {
        assert_eq!(over([255; 3], 0.5, [0; 3]), [128; 3]);
        assert_eq!(over([1, 2, 3], 1.0, [9; 3]), [1, 2, 3]);
    }
}
