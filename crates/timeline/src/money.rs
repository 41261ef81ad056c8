//! Exact money: whole picodollars, so that sums never round.

use std::fmt;
use std::iter::Sum;
use std::ops::{Add, AddAssign, Sub};

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

/// Decimals that are kept: one unit is 1e-12 USD.
const DECIMALS: usize = 12;
const PER_USD: i128 = 1_000_000_000_000;
const PER_MICRO: i128 = 1_000_000;
/// Whole digits of an amount that is still believed: below a quadrillion dollars.
const MAX_WHOLE_DIGITS: usize = 15;
/// Every whole number up to here is a double.
const EXACT_IN_F64: i128 = 1 << 53;

/// An amount in USD, exact to 1e-12. Arithmetic saturates, it never panics.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
pub struct Money(i128);

impl Money {
    /// Nothing.
    pub const ZERO: Money = Money(0);

    /// An amount given in units of 1e-12 USD.
    pub const fn from_picodollars(picodollars: i128) -> Money {
        Money(picodollars)
    }

    /// The amount in units of 1e-12 USD.
    pub const fn picodollars(self) -> i128 {
        self.0
    }

    /// Reads decimal text as `PostgreSQL` prints it: `12.340000`, `-0.5`.
    ///
    /// Decimals beyond the twelfth round half away from zero. `None` for `NaN`,
    /// `Infinity`, anything that is no plain decimal, and a quadrillion dollars or more.
    pub fn parse(text: &str) -> Option<Money> {
        let text = text.trim_ascii();
        let (negative, digits) = match text.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, text.strip_prefix('+').unwrap_or(text)),
        };
        let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
        let all_digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
        if (whole.is_empty() && fraction.is_empty()) || !all_digits(whole) || !all_digits(fraction)
        {
            return None;
        }
        let whole = whole.trim_start_matches('0');
        if whole.len() > MAX_WHOLE_DIGITS {
            return None;
        }
        let kept = fraction
            .bytes()
            .chain(std::iter::repeat(b'0'))
            .take(DECIMALS);
        let amount = whole
            .bytes()
            .chain(kept)
            .fold(0_i128, |sum, digit| sum * 10 + i128::from(digit - b'0'));
        let round_up = fraction
            .as_bytes()
            .get(DECIMALS)
            .is_some_and(|digit| *digit >= b'5');
        let amount = amount + i128::from(round_up);
        Some(Money(if negative { -amount } else { amount }))
    }

    /// What that many tokens cost at a price per million. Negative counts cost nothing.
    pub fn of_tokens(tokens: i64, usd_per_million: Decimal) -> Money {
        if tokens <= 0 {
            return Money::ZERO;
        }
        // USD a million tokens is picodollars a token times 1e6; the price is
        // mantissa / 10^scale.
        let product = usd_per_million
            .mantissa()
            .saturating_mul(i128::from(tokens));
        let shift = |places: u32| 10_i128.saturating_pow(places);
        Money(match usd_per_million.scale() {
            scale @ 0..=6 => product.saturating_mul(shift(6 - scale)),
            scale => divide_rounded(product, shift(scale - 6)),
        })
    }

    /// The share with this index when the amount is split into `of` parts.
    ///
    /// Parts differ by at most 1e-12 USD and add up exactly to the amount. Zero for an
    /// index that is not below `of`.
    #[must_use]
    pub fn share(self, index: usize, of: usize) -> Money {
        let (Ok(position), Ok(parts)) = (i128::try_from(index), i128::try_from(of)) else {
            return Money::ZERO;
        };
        if position >= parts {
            return Money::ZERO;
        }
        let rest = self.0 % parts;
        let extra = if position < rest.abs() {
            rest.signum()
        } else {
            0
        };
        Money(self.0 / parts + extra)
    }

    /// For the wire: rounded half away from zero to the micro-dollar, then the nearest double.
    pub fn to_usd(self) -> f64 {
        let micros = divide_rounded(self.0, PER_MICRO);
        if micros.abs() <= EXACT_IN_F64 {
            // Both operands are exact, so IEEE division gives the nearest double.
            return micros as f64 / 1e6;
        }
        // Reading decimal text rounds correctly whatever the size.
        Money(micros.saturating_mul(PER_MICRO))
            .to_string()
            .parse()
            .unwrap_or(0.0)
    }
}

/// `amount / by`, half away from zero. `by` is positive.
fn divide_rounded(amount: i128, by: i128) -> i128 {
    let rest = amount % by;
    let up = rest.unsigned_abs() >= by.unsigned_abs() - rest.unsigned_abs();
    amount / by + if up { amount.signum() } else { 0 }
}

/// Plain decimal without needless zeros: `1.640003`, `-0.5`, `0`.
impl fmt::Display for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let amount = self.0.unsigned_abs();
        let (whole, fraction) = (
            amount / PER_USD.unsigned_abs(),
            amount % PER_USD.unsigned_abs(),
        );
        let mut text = whole.to_string();
        if fraction != 0 {
            let decimals = format!("{fraction:0DECIMALS$}");
            text = format!("{text}.{}", decimals.trim_end_matches('0'));
        }
        f.pad_integral(self.0 >= 0, "", &text)
    }
}

impl Add for Money {
    type Output = Money;
    fn add(self, other: Money) -> Money {
        Money(self.0.saturating_add(other.0))
    }
}

impl AddAssign for Money {
    fn add_assign(&mut self, other: Money) {
        *self = *self + other;
    }
}

impl Sub for Money {
    type Output = Money;
    fn sub(self, other: Money) -> Money {
        Money(self.0.saturating_sub(other.0))
    }
}

impl Sum for Money {
    fn sum<I: Iterator<Item = Money>>(amounts: I) -> Money {
        amounts.fold(Money::ZERO, Add::add)
    }
}

impl<'a> Sum<&'a Money> for Money {
    fn sum<I: Iterator<Item = &'a Money>>(amounts: I) -> Money {
        amounts.copied().sum()
    }
}
