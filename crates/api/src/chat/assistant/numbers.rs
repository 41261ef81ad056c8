//! Figures as people read them: the page's own rules, in English.

use timeline::Money;

use crate::live::Figure;

/// Picodollars in a micro-dollar, and micro-dollars in what is printed.
const MICRO: i128 = 1_000_000;
const PER_CENT: i128 = 10_000;
const PER_HUNDREDTH_OF_A_CENT: i128 = 100;

pub(super) fn figure(figure: Figure) -> String {
    match figure {
        Figure::Count(number) => count(number),
        Figure::Share(share) => percent(share),
        Figure::Money(amount) => money(amount),
        Figure::Duration(ms) => duration(ms),
    }
}

/// Digits in groups of three.
pub(super) fn count(number: u64) -> String {
    let digits = number.to_string();
    let mut grouped = String::with_capacity(digits.len() + digits.len() / 3);
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}

/// USD with two decimals, four below one cent; of the micro-dollars that the API tells.
pub(super) fn money(amount: Money) -> String {
    let micros = rounded(amount.picodollars(), MICRO);
    let sign = if micros < 0 { "-" } else { "" };
    let micros = micros.abs();
    let fine = rounded(micros, PER_HUNDREDTH_OF_A_CENT);
    if fine != 0 && fine < 100 {
        return format!("{sign}$0.{fine:04}");
    }
    let cents = rounded(micros, PER_CENT);
    let whole = count(u64::try_from(cents / 100).unwrap_or(u64::MAX));
    format!("{sign}${whole}.{:02}", cents % 100)
}

/// Half away from zero.
fn rounded(amount: i128, by: i128) -> i128 {
    (amount.abs().saturating_add(by / 2) / by) * amount.signum()
}

/// A duration: `234 ms`, `1.2 s`, `2.5 min`, `3 h`.
pub(super) fn duration(ms: f64) -> String {
    let cut = |value: f64, unit: &str| {
        let text = format!("{:.1}", (value * 10.0).round() / 10.0);
        format!("{} {unit}", text.trim_end_matches(".0"))
    };
    match ms {
        ms if ms < 999.5 => format!("{:.0} ms", ms.round()),
        ms if ms < 59_950.0 => cut(ms / 1e3, "s"),
        ms if ms < 3_597_000.0 => cut(ms / 6e4, "min"),
        ms => cut(ms / 3.6e6, "h"),
    }
}

/// A share as a percentage: one decimal, none from 10 % on.
pub(super) fn percent(share: f64) -> String {
    let value = share * 100.0;
    if value.abs() < 9.95 {
        format!("{:.1} %", (value * 10.0).round() / 10.0)
    } else {
        format!("{:.0} %", value.round())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_are_grouped() {
        assert_eq!(count(0), "0");
        assert_eq!(count(999), "999");
        assert_eq!(count(1_234_567), "1,234,567");
    }

    #[test]
    fn money_has_four_decimals_below_a_cent() {
        let money = |text| money(Money::parse(text).unwrap());
        assert_eq!(money("0"), "$0.00");
        assert_eq!(money("0.0012"), "$0.0012");
        assert_eq!(money("0.00998"), "$0.01");
        assert_eq!(money("0.01"), "$0.01");
        assert_eq!(money("12.345"), "$12.35");
        assert_eq!(money("1234567.891"), "$1,234,567.89");
        assert_eq!(money("-0.5"), "-$0.50");
        assert_eq!(money("0.0000004"), "$0.00");
    }

    #[test]
    fn durations_take_the_unit_that_reads_best() {
        assert_eq!(duration(0.0), "0 ms");
        assert_eq!(duration(234.4), "234 ms");
        assert_eq!(duration(999.6), "1 s");
        assert_eq!(duration(1_234.0), "1.2 s");
        assert_eq!(duration(3_600_000.0), "1 h");
    }

    #[test]
    fn shares_are_percent() {
        assert_eq!(percent(0.0341), "3.4 %");
        assert_eq!(percent(0.0999), "10 %");
        assert_eq!(percent(1.0), "100 %");
    }
}
