//! Instants as they come over the wire.

const DAY_MS: i64 = 86_400_000;

/// Milliseconds since 1970 of an RFC 3339 instant in UTC (`2026-01-26T10:30:00.5Z`), the
/// only form the API writes. `None` for any other text.
pub fn epoch_ms(text: &str) -> Option<i64> {
    let text = text.strip_suffix('Z')?;
    let (date, clock) = text.split_once('T')?;
    let mut date = date.splitn(3, '-').map(str::parse::<i64>);
    let (year, month, day) = (date.next()?.ok()?, date.next()?.ok()?, date.next()?.ok()?);
    let (clock, fraction) = clock.split_once('.').unwrap_or((clock, "0"));
    let mut clock = clock.splitn(3, ':').map(str::parse::<i64>);
    let (hour, minute, second) = (
        clock.next()?.ok()?,
        clock.next()?.ok()?,
        clock.next()?.ok()?,
    );
    let in_range = (1..=12).contains(&month)
        && (1..=31).contains(&day)
        && (0..24).contains(&hour)
        && (0..60).contains(&minute)
        && (0..=60).contains(&second);
    if !in_range {
        return None;
    }
    let millis = millis_of(fraction)?;
    Some(
        days_from_civil(year, month, day) * DAY_MS
            + ((hour * 60 + minute) * 60 + second) * 1000
            + millis,
    )
}

/// When a window ends, if it does not move on with time.
pub fn end_of(window: &shared_types::Window) -> Option<i64> {
    if window.range.is_some() {
        return None;
    }
    epoch_ms(&window.to)
}

/// An instant as the API is asked for it, to the millisecond: what [`epoch_ms`] reads.
pub fn rfc3339(at_ms: i64) -> String {
    let (days, within) = (at_ms.div_euclid(DAY_MS), at_ms.rem_euclid(DAY_MS));
    let (year, month, day) = civil_from_days(days);
    let (seconds, millis) = (within / 1000, within % 1000);
    let (hour, minute, second) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}.{millis:03}Z")
}

/// The inverse of [`days_from_civil`], by the same author.
fn civil_from_days(days: i64) -> (i64, i64, i64) {
    let shifted = days + 719_468;
    let era = shifted.div_euclid(146_097);
    let day_of_era = shifted.rem_euclid(146_097);
    let year_of_era =
        (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted_month = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * shifted_month + 2) / 5 + 1;
    let month = if shifted_month < 10 {
        shifted_month + 3
    } else {
        shifted_month - 9
    };
    let year = year_of_era + era * 400 + i64::from(month <= 2);
    (year, month, day)
}

/// Seconds since 1970 that a wall clock would show at UTC, of digits as American English
/// writes them: `11/23/2026, 22:54:51`.
pub fn wall_seconds(text: &str) -> Option<i64> {
    let mut numbers = text
        .split(|letter: char| !letter.is_ascii_digit())
        .filter(|digits| !digits.is_empty())
        .map(|digits| digits.parse::<i64>().ok());
    let mut next = || numbers.next().flatten();
    let (month, day, year) = (next()?, next()?, next()?);
    let (hour, minute, second) = (next()?, next()?, next()?);
    Some(days_from_civil(year, month, day) * 86_400 + (hour * 60 + minute) * 60 + second)
}

/// Thousandths in the digits after the decimal point, cut off, not rounded.
fn millis_of(digits: &str) -> Option<i64> {
    if digits.is_empty() || !digits.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let padded: String = digits.chars().chain("000".chars()).take(3).collect();
    padded.parse().ok()
}

/// Days since 1970-01-01 in the proleptic Gregorian calendar (Howard Hinnant,
/// "chrono-compatible low-level date algorithms").
fn days_from_civil(year: i64, month: i64, day: i64) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let year_of_era = year.rem_euclid(400);
    let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    era * 146_097 + day_of_era - 719_468
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn known_instants() {
        assert_eq!(epoch_ms("1970-01-01T00:00:00Z"), Some(0));
        assert_eq!(epoch_ms("2026-01-26T10:30:00Z"), Some(1_769_423_400_000));
        assert_eq!(epoch_ms("2024-02-29T23:59:59.25Z"), Some(1_709_251_199_250));
        assert_eq!(
            epoch_ms("2024-02-29T23:59:59.123456789Z"),
            Some(1_709_251_199_123)
        );
    }

    #[test]
    fn other_texts_are_no_instants() {
        for text in [
            "",
            "Z",
            "now",
            "2026-01-26",
            "2026-01-26T10:30:00",
            "2026-13-01T00:00:00Z",
            "2026-01-26T24:00:00Z",
            "2026-01-26T10:30Z",
            "2026-01-26T10:30:00.Z",
            "é-1-1Té:1:1Z",
        ] {
            assert_eq!(epoch_ms(text), None, "{text}");
        }
    }

    #[test]
    fn a_wall_clock_in_american_digits_is_read() {
        let at = epoch_ms("2026-11-23T22:54:51Z").unwrap() / 1000;
        assert_eq!(wall_seconds("11/23/2026, 22:54:51"), Some(at));
        assert_eq!(wall_seconds("11/23/2026"), None);
    }

    proptest! {
        #[test]
        fn any_text_is_read_without_a_crash(text in "\\PC*") {
            let _ = epoch_ms(&text);
        }

        #[test]
        fn what_is_written_reads_back(at in 0i64..7_000_000_000_000) {
            prop_assert_eq!(epoch_ms(&rfc3339(at)), Some(at));
        }

        #[test]
        fn a_day_is_a_day_apart(day in 1i64..28, month in 1i64..=12, year in 1900i64..2300) {
            let a = days_from_civil(year, month, day);
            prop_assert_eq!(days_from_civil(year, month, day + 1), a + 1);
        }
    }
}
