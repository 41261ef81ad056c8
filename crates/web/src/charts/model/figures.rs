//! How figures are cut before they are printed: scale, unit, number of decimals.

/// A number cut for printing; digits and grouping are the viewer's locale's matter.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Cut {
    /// What to print, in `unit`.
    pub value: f64,
    /// Digits after the decimal point, at most.
    pub decimals: u8,
    /// Digits after the decimal point, at least.
    pub least_decimals: u8,
    /// What stands behind the number; empty for none.
    pub unit: &'static str,
}

/// From here on figures are compact, and exact only on hover.
pub const COMPACT_FROM: f64 = 100_000.0;

const SCALES: [(f64, &str); 4] = [(1e3, "k"), (1e6, "M"), (1e9, "B"), (1e12, "T")];

/// A figure without decimals below [`COMPACT_FROM`], in thousands, millions and so on with
/// one decimal from there.
pub fn compact(value: f64) -> Cut {
    if value.abs() < COMPACT_FROM {
        return Cut {
            value,
            decimals: 0,
            least_decimals: 0,
            unit: "",
        };
    }
    // 999,960 is 1,000.0 k: the next scale says it better.
    let (scale, unit) = SCALES
        .into_iter()
        .find(|(scale, _)| (value.abs() / scale * 10.0).round() < 10_000.0)
        .unwrap_or((1e12, "T"));
    Cut {
        value: value / scale,
        decimals: 1,
        least_decimals: 0,
        unit,
    }
}

/// US dollars: two decimals, four below one cent, compact from [`COMPACT_FROM`].
pub fn money(usd: f64) -> Cut {
    if usd.abs() >= COMPACT_FROM {
        return compact(usd);
    }
    // What would print as one cent prints as one cent.
    let below_a_cent = usd != 0.0 && (usd.abs() * 1e4).round() < 100.0;
    let decimals = if below_a_cent { 4 } else { 2 };
    Cut {
        value: usd,
        decimals,
        least_decimals: decimals,
        unit: "",
    }
}

/// A duration: `234 ms`, `1.2 s`, `2.5 min`, `3 h`.
pub fn duration(ms: f64) -> Cut {
    let cut = |value: f64, decimals, unit| Cut {
        value,
        decimals,
        least_decimals: 0,
        unit,
    };
    match ms {
        ms if ms < 999.5 => cut(ms, 0, "ms"),
        ms if ms < 59_950.0 => cut(ms / 1e3, 1, "s"),
        ms if ms < 3_597_000.0 => cut(ms / 6e4, 1, "min"),
        ms => cut(ms / 3.6e6, 1, "h"),
    }
}

/// How long ago: whole units, counted down. `None` is now (or a clock that is behind).
pub fn ago(ms: i64) -> Option<(i64, &'static str)> {
    let seconds = ms / 1000;
    match seconds {
        ..1 => None,
        1..60 => Some((seconds, "s")),
        60..3_600 => Some((seconds / 60, "min")),
        3_600..86_400 => Some((seconds / 3_600, "h")),
        _ => Some((seconds / 86_400, "d")),
    }
}

/// The change from `before` to `now` as a share: 0.08 is 8 % more. `None` where there was
/// nothing to compare with.
pub fn change(now: f64, before: f64) -> Option<f64> {
    (before > 0.0).then(|| now / before - 1.0)
}

/// A share as a percentage: one decimal, none from 10 % on.
pub fn percent(share: f64) -> Cut {
    let value = share * 100.0;
    let decimals = u8::from(value.abs() < 9.95);
    Cut {
        value,
        decimals,
        least_decimals: decimals,
        unit: "%",
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn say(cut: Cut) -> String {
        format!("{:.*}{}", usize::from(cut.decimals), cut.value, cut.unit)
    }

    #[test]
    fn figures_are_compact_from_a_hundred_thousand() {
        assert_eq!(say(compact(99_999.0)), "99999");
        assert_eq!(say(compact(100_000.0)), "100.0k");
        assert_eq!(say(compact(999_940.0)), "999.9k");
        assert_eq!(say(compact(999_960.0)), "1.0M");
        assert_eq!(say(compact(1_234_567.0)), "1.2M");
        assert_eq!(say(compact(7.2e15)), "7200.0T");
    }

    #[test]
    fn money_has_four_decimals_below_a_cent() {
        assert_eq!(say(money(0.0)), "0.00");
        assert_eq!(say(money(0.0012)), "0.0012");
        assert_eq!(say(money(0.00998)), "0.01", "0.0100 is one cent");
        assert_eq!(say(money(0.01)), "0.01");
        assert_eq!(say(money(12.345)), "12.35");
        assert_eq!(say(money(2_500_000.0)), "2.5M");
    }

    #[test]
    fn durations_take_the_unit_that_reads_best() {
        assert_eq!(say(duration(0.0)), "0ms");
        assert_eq!(say(duration(234.0)), "234ms");
        assert_eq!(say(duration(999.6)), "1.0s");
        assert_eq!(say(duration(1_234.0)), "1.2s");
        assert_eq!(say(duration(59_999.0)), "1.0min");
        assert_eq!(say(duration(3_600_000.0)), "1.0h");
    }

    #[test]
    fn times_are_relative() {
        assert_eq!(ago(-5_000), None);
        assert_eq!(ago(999), None);
        assert_eq!(ago(12_900), Some((12, "s")));
        assert_eq!(ago(60_000), Some((1, "min")));
        assert_eq!(ago(86_399_000), Some((23, "h")));
        assert_eq!(ago(172_800_000), Some((2, "d")));
    }

    #[test]
    fn change_needs_something_to_compare_with() {
        assert_eq!(change(110.0, 0.0), None);
        assert!((change(108.0, 100.0).unwrap() - 0.08).abs() < 1e-12);
        assert_eq!(say(percent(0.082)), "8.2%");
        assert_eq!(say(percent(-0.183)), "-18%");
    }

    proptest! {
        #[test]
        fn a_compact_figure_is_within_half_of_its_last_digit(value in 1e5f64..1e14) {
            let cut = compact(value);
            prop_assert!(cut.value >= 0.95 && cut.value < 1000.0 || cut.unit == "T");
        }
    }
}
