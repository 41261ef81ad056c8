//! Money is exact until it is printed.

use proptest::prelude::*;
use rust_decimal::Decimal;
use timeline::Money;

use crate::naive::usd;

fn shown(text: &str) -> Option<String> {
    Money::parse(text).map(|money| money.to_string())
}

#[test]
fn decimal_text_is_read_as_the_database_prints_it() {
    for (text, expected) in [
        ("0.010000", "0.01"),
        ("1.640003", "1.640003"),
        ("12", "12"),
        ("-0.5", "-0.5"),
        ("+3.", "3"),
        (".25", "0.25"),
        ("0.000", "0"),
        ("-0", "0"),
        (" 7.0 ", "7"),
        ("000000000000000000000000000001.5", "1.5"),
        (
            "999999999999999.999999999999",
            "999999999999999.999999999999",
        ),
    ] {
        assert_eq!(shown(text).as_deref(), Some(expected), "{text}");
    }
}

#[test]
fn what_is_no_amount_is_none() {
    for text in [
        "NaN",
        "Infinity",
        "-Infinity",
        "",
        " ",
        ".",
        "-",
        "+",
        "-.",
        "1e5",
        "1,5",
        "0x10",
        "1.2.3",
        "--1",
        "1 2",
        "１",
        "1000000000000000",
        "$1",
    ] {
        assert_eq!(Money::parse(text), None, "{text:?}");
    }
    assert_eq!(Money::parse(&"9".repeat(100_000)), None);
}

#[test]
fn decimals_beyond_the_twelfth_round_half_away_from_zero() {
    assert_eq!(shown("0.0000000000004999").as_deref(), Some("0"));
    assert_eq!(shown("0.0000000000005").as_deref(), Some("0.000000000001"));
    assert_eq!(
        shown("-0.0000000000005").as_deref(),
        Some("-0.000000000001")
    );
    assert_eq!(shown("0.9999999999999").as_deref(), Some("1"));
    let long = format!("0.{}", "3".repeat(16_383));
    assert_eq!(shown(&long).as_deref(), Some("0.333333333333"));
}

#[test]
fn tokens_are_priced_by_the_million() {
    let price = |text: &str| text.parse::<Decimal>().unwrap();
    assert_eq!(Money::of_tokens(1_000_000, price("0.80")), usd("0.8"));
    assert_eq!(Money::of_tokens(1, price("0.80")), usd("0.0000008"));
    assert_eq!(Money::of_tokens(1_234_567, price("2.5")), usd("3.0864175"));
    assert_eq!(
        Money::of_tokens(3, price("0.0000005")),
        usd("0.000000000002"),
        "1.5 rounds up"
    );
    assert_eq!(Money::of_tokens(0, price("0.80")), Money::ZERO);
    assert_eq!(Money::of_tokens(-7, price("0.80")), Money::ZERO);
    assert!(
        Money::of_tokens(i64::MAX, Decimal::MAX) > usd("1"),
        "absurd, and no panic"
    );
}

#[test]
fn the_wire_carries_micro_dollars() {
    for (text, expected) in [
        ("0", 0.0),
        ("1.640003", 1.640_003),
        ("0.033336333333", 0.033_336),
        ("0.0000005", 0.000_001),
        ("0.000000499999", 0.0),
        ("-0.0000005", -0.000_001),
        ("123456789012345.678901", 123_456_789_012_345.67),
        ("0.1", 0.1),
    ] {
        assert_eq!(
            usd(text).to_usd().to_bits(),
            f64::to_bits(expected),
            "{text}"
        );
    }
}

#[test]
fn sums_saturate_and_never_panic() {
    let most = Money::from_picodollars(i128::MAX);
    let least = Money::from_picodollars(i128::MIN);
    assert_eq!(most + usd("1"), most);
    assert_eq!(least - usd("1"), least);
    assert_eq!([most, most].iter().sum::<Money>(), most);
    for extreme in [most, least] {
        assert!(extreme.to_usd().abs() > 1e20);
        let shares: Money = (0..3).map(|index| extreme.share(index, 3)).sum();
        assert_eq!(shares, extreme);
        assert!(!extreme.to_string().is_empty());
    }
}

#[test]
fn a_share_that_does_not_exist_is_nothing() {
    assert_eq!(usd("1").share(0, 0), Money::ZERO);
    assert_eq!(usd("1").share(3, 3), Money::ZERO);
}

proptest! {
    #[test]
    fn shares_add_up_exactly_and_are_nearly_equal(amount: i64, of in 1_usize..300) {
        let whole = Money::from_picodollars(i128::from(amount));
        let shares: Vec<Money> = (0..of).map(|index| whole.share(index, of)).collect();
        prop_assert_eq!(shares.iter().sum::<Money>(), whole);
        let spread = *shares.iter().max().unwrap() - *shares.iter().min().unwrap();
        prop_assert!(spread.picodollars() <= 1);
    }

    #[test]
    fn what_is_shown_reads_back(amount in -10_i128.pow(26)..10_i128.pow(26)) {
        let money = Money::from_picodollars(amount);
        prop_assert_eq!(Money::parse(&money.to_string()), Some(money));
    }

    #[test]
    fn no_text_is_too_strange(text in any::<String>()) {
        let _ = Money::parse(&text);
    }

    #[test]
    fn a_double_on_the_wire_is_the_nearest_to_the_rounded_amount(micros in any::<i64>()) {
        let money = Money::from_picodollars(i128::from(micros) * 1_000_000);
        prop_assert_eq!(money.to_usd(), money.to_string().parse::<f64>().unwrap());
    }
}
