//! Instants as machines and forms write them: in UTC, on a wall clock, in an input field.

use super::time::{epoch_ms, rfc3339};

/// Letters of `2026-11-23T22:15:00`.
const SECONDS: usize = 19;
/// Letters of `2026-11-23T22:15`.
const MINUTES: usize = 16;

/// An instant in UTC to the second, RFC 3339: `2026-11-23T22:15:00Z`.
pub fn utc(at_ms: i64) -> String {
    format!("{}Z", cut(at_ms, SECONDS))
}

/// The same on a wall clock that is `offset_ms` ahead of UTC: `2026-11-23T23:15:00+01:00`.
pub fn local(at_ms: i64, offset_ms: i64) -> String {
    let sign = if offset_ms < 0 { '-' } else { '+' };
    let minutes = offset_ms.abs() / 60_000;
    let (hours, minutes) = (minutes / 60, minutes % 60);
    let wall = cut(at_ms + offset_ms, SECONDS);
    format!("{wall}{sign}{hours:02}:{minutes:02}")
}

/// What a `datetime-local` field holds for a wall clock (milliseconds since 1970 that it
/// would show at UTC): `2026-11-23T23:15`.
pub fn field(wall_ms: i64) -> String {
    cut(wall_ms, MINUTES)
}

/// The wall clock that a `datetime-local` field holds; none where it is not filled in.
pub fn wall_of(field: &str) -> Option<i64> {
    let to_minutes = field.get(..MINUTES)?;
    epoch_ms(&format!("{to_minutes}:00Z"))
}

/// The instant at which a wall clock shows this, where `offset_ms` tells how far it is
/// ahead of UTC at an instant. What it skips in spring is an hour later.
pub fn instant(wall_ms: i64, offset_ms: &dyn Fn(i64) -> i64) -> i64 {
    let near = wall_ms - offset_ms(wall_ms);
    wall_ms - offset_ms(near)
}

fn cut(at_ms: i64, letters: usize) -> String {
    let mut text = rfc3339(at_ms);
    text.truncate(letters);
    text
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const HOUR: i64 = 3_600_000;

    #[test]
    fn an_instant_is_written_for_machines_and_for_forms() {
        let at = epoch_ms("2026-11-23T22:15:07Z").unwrap();
        assert_eq!(utc(at), "2026-11-23T22:15:07Z");
        assert_eq!(local(at, HOUR), "2026-11-23T23:15:07+01:00");
        assert_eq!(local(at, 11 * HOUR / 2), "2026-11-24T03:45:07+05:30");
        assert_eq!(local(at, -7 * HOUR / 2), "2026-11-23T18:45:07-03:30");
        assert_eq!(field(at), "2026-11-23T22:15");
    }

    #[test]
    fn a_field_that_is_not_filled_in_is_no_time() {
        for text in ["", "2026-11-23", "2026-11-23T", "é026-11-23T10:00"] {
            assert_eq!(wall_of(text), None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn a_wall_clock_leads_back_to_what_it_showed(minute in 0i64..60_000_000) {
            let at = minute * 60_000;
            // Clocks change every thousand hours, by an hour.
            let offset = |at: i64| if at.div_euclid(1000 * HOUR) % 2 == 0 { HOUR } else { 2 * HOUR };
            let wall = at + offset(at);
            let back = instant(wall_of(&field(wall)).unwrap(), &offset);
            prop_assert_eq!(back + offset(back), wall);
        }
    }
}
