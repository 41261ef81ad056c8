//! Round ticks for a vertical axis that begins at zero.

/// Where the ticks are, and where the axis ends.
#[derive(Clone, Debug, PartialEq)]
pub struct Ticks {
    /// Distance between two ticks.
    pub step: f64,
    /// From zero to `top`, both included.
    pub values: Vec<f64>,
    /// The last tick: at or above the highest value.
    pub top: f64,
}

/// Ticks at 1, 2, 2.5 or 5 times a power of ten that reach `max` in at most `intervals`
/// steps. `whole` keeps them to whole numbers, for things that are counted. Nothing to
/// show (`max` is zero or no number) gives an axis from 0 to 1.
pub fn round_ticks(max: f64, intervals: u32, whole: bool) -> Ticks {
    let max = if max.is_finite() && max > 0.0 {
        max
    } else {
        1.0
    };
    let intervals = intervals.max(1);
    let step = round_step(max / f64::from(intervals), whole);
    let count = (max / step - 1e-9).ceil().max(1.0);
    let mut values = Vec::new();
    let mut index = 0.0;
    while index <= count {
        values.push(index * step);
        index += 1.0;
    }
    Ticks {
        step,
        values,
        top: count * step,
    }
}

fn round_step(at_least: f64, whole: bool) -> f64 {
    #[expect(
        clippy::cast_possible_truncation,
        reason = "it is below 309, either way"
    )]
    let places = at_least.log10().floor() as i32;
    let magnitude = 10f64.powi(places);
    [1.0, 2.0, 2.5, 5.0, 10.0]
        .into_iter()
        .map(|factor| factor * magnitude)
        .find(|&step| step >= at_least * (1.0 - 1e-9) && (!whole || step.fract() == 0.0))
        .unwrap_or_else(|| at_least.ceil().max(1.0))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn round_numbers() {
        assert_eq!(
            round_ticks(186.0, 4, true).values,
            [0.0, 50.0, 100.0, 150.0, 200.0]
        );
        assert_eq!(round_ticks(3.0, 4, true).values, [0.0, 1.0, 2.0, 3.0]);
        assert_eq!(round_ticks(1187.0, 4, false).top, 1500.0);
        assert_eq!(round_ticks(0.0, 4, true).values, [0.0, 1.0]);
        assert_eq!(round_ticks(f64::NAN, 4, false).top, 1.0);
    }

    proptest! {
        #[test]
        fn ticks_cover_the_data_closely(max in 1e-6f64..1e12, intervals in 1u32..10) {
            let ticks = round_ticks(max, intervals, false);
            prop_assert!(ticks.top >= max * (1.0 - 1e-9));
            // Never more than one step of empty room above the data.
            prop_assert!(ticks.top - ticks.step < max * (1.0 + 1e-6));
            prop_assert!(ticks.values.len() <= intervals as usize + 1);
        }

        #[test]
        fn counted_things_have_whole_ticks(max in 0u32..1_000_000, intervals in 1u32..10) {
            for value in round_ticks(f64::from(max), intervals, true).values {
                prop_assert_eq!(value.fract(), 0.0);
            }
        }
    }
}
