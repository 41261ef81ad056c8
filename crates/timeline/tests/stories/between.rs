//! Windows from one moment to another.

use proptest::prelude::*;
use timeline::{
    BucketSize, DAY, HOUR, MAX_BUCKETS, MINUTE, Micros, SECOND, Timeline, Window, WindowError, Zone,
};

use crate::naive::{at, span};
use crate::ranges::{assert_partition, zone_and_now};

const NOW: &str = "2026-05-10T12:34:56Z";

fn between(from: &str, to: &str, size: Option<BucketSize>) -> Result<Window, WindowError> {
    Window::between(at(from), at(to), size, at(NOW), &Zone::utc())
}

#[test]
fn the_ends_widen_to_whole_buckets() {
    let window = between("2026-05-09T10:10:10Z", "2026-05-09T11:00:01Z", None).unwrap();
    assert_eq!(
        window.span,
        span("2026-05-09T10:10:00Z", "2026-05-09T11:01:00Z")
    );
    let by_hour = between(
        "2026-05-09T10:10:10Z",
        "2026-05-09T11:00:01Z",
        Some(BucketSize::Hour),
    );
    assert_eq!(
        by_hour.unwrap().span,
        span("2026-05-09T10:00:00Z", "2026-05-09T12:00:00Z")
    );
    let by_day = between(
        "2026-05-08T10:10:10Z",
        "2026-05-09T00:00:00Z",
        Some(BucketSize::Day),
    );
    assert_eq!(
        by_day.unwrap().span,
        span("2026-05-08T00:00:00Z", "2026-05-09T00:00:00Z")
    );
}

#[test]
fn the_size_follows_the_length() {
    let length_of = |length: Micros| {
        let to = at("2026-05-01T00:00:00Z");
        Window::between(to - length, to, None, at(NOW), &Zone::utc())
            .unwrap()
            .size
    };
    for (longest, size, next) in [
        (2 * HOUR, BucketSize::Minute, BucketSize::FiveMinutes),
        (12 * HOUR, BucketSize::FiveMinutes, BucketSize::Hour),
        (48 * HOUR, BucketSize::Hour, BucketSize::SixHours),
        (14 * DAY, BucketSize::SixHours, BucketSize::Day),
    ] {
        assert_eq!((length_of(longest), length_of(longest + 1)), (size, next));
    }
}

#[test]
fn a_window_into_the_future_ends_with_the_running_minute() {
    let window = between("2026-05-10T12:00:00Z", "2027-12-31T00:00:00Z", None).unwrap();
    assert_eq!(
        window.span,
        span("2026-05-10T12:00:00Z", "2026-05-10T12:35:00Z")
    );
    assert_eq!(
        window.size,
        BucketSize::Minute,
        "by the length that is left"
    );
}

#[test]
fn ends_in_the_wrong_order_are_refused() {
    let same = between("2026-05-10T12:00:00Z", "2026-05-10T12:00:00Z", None);
    assert_eq!(same, Err(WindowError::Reversed));
    let reversed = between("2026-05-10T12:00:00Z", "2026-05-10T11:00:00Z", None);
    assert_eq!(reversed, Err(WindowError::Reversed));
}

#[test]
fn a_window_that_has_not_begun_is_refused() {
    let running = between("2026-05-10T12:34:59Z", "2026-05-10T13:00:00Z", None).unwrap();
    assert_eq!(
        running.span,
        span("2026-05-10T12:34:00Z", "2026-05-10T12:35:00Z")
    );
    let future = between("2026-05-10T12:35:00Z", "2026-05-10T13:00:00Z", None);
    assert_eq!(future, Err(WindowError::InFuture));
}

#[test]
fn years_without_rows_are_refused() {
    for (from, to) in [
        ("-009999-01-02T02:00:00Z", "2026-05-10T12:00:00Z"),
        ("1969-12-31T23:59:59Z", "1970-01-01T00:00:00Z"),
        ("2026-05-10T12:00:00Z", "9999-12-30T22:00:00Z"),
    ] {
        assert_eq!(
            between(from, to, None),
            Err(WindowError::YearOutOfRange),
            "{from} {to}"
        );
    }
    let extremes = Window::between(i64::MIN, i64::MAX, None, at(NOW), &Zone::utc());
    assert_eq!(extremes, Err(WindowError::YearOutOfRange));
}

#[test]
fn more_than_400_days_are_refused() {
    let to = at(NOW);
    let long = |days: i64| Window::between(to - days * DAY, to, None, to, &Zone::utc());
    assert_eq!(long(400).unwrap().buckets.len(), 401);
    assert_eq!(long(401), Err(WindowError::TooLong));
    assert!(long(401).unwrap_err().to_string().contains("400 days"));
}

#[test]
fn too_many_buckets_are_refused_and_the_message_says_what_is_allowed() {
    let minutes = between(
        "2026-05-01T00:00:00Z",
        "2026-05-09T00:00:00Z",
        Some(BucketSize::Minute),
    );
    let error = minutes.unwrap_err();
    let (asked, smallest) = (BucketSize::Minute, BucketSize::FiveMinutes);
    assert_eq!(error, WindowError::TooManyBuckets { asked, smallest });
    assert_eq!(
        error.to_string(),
        "`bucket` of 60 seconds makes more than 5000 buckets; allowed here: 300, 3600, 21600, 86400"
    );
    let year = between(
        "2025-06-01T00:00:00Z",
        "2026-05-09T00:00:00Z",
        Some(BucketSize::FiveMinutes),
    );
    assert!(
        year.unwrap_err()
            .to_string()
            .ends_with("allowed here: 21600, 86400")
    );
    let just_fits = between(
        "2026-05-01T00:00:00Z",
        "2026-05-04T11:20:00Z",
        Some(BucketSize::Minute),
    );
    assert_eq!(just_fits.unwrap().buckets.len(), MAX_BUCKETS);
    let one_more = between(
        "2026-05-01T00:00:00Z",
        "2026-05-04T11:20:01Z",
        Some(BucketSize::Minute),
    );
    assert_eq!(
        one_more,
        Err(WindowError::TooManyBuckets { asked, smallest })
    );
}

#[test]
fn sizes_have_their_seconds() {
    for size in BucketSize::ALL {
        assert_eq!(BucketSize::from_seconds(size.seconds()), Some(size));
    }
    assert_eq!(BucketSize::from_seconds(61), None);
}

#[test]
fn minutes_older_than_52_hours_cannot_be_told() {
    let timeline = Timeline::new(30);
    let resolves = |from: &str, to: &str, size| {
        timeline.resolves(&between(from, to, Some(size)).unwrap(), at(NOW))
    };
    let (minute, five, hour) = (
        BucketSize::Minute,
        BucketSize::FiveMinutes,
        BucketSize::Hour,
    );
    // 52 hours before 12:34:56 lie in the quarter from 08:30 two days earlier.
    assert!(resolves(
        "2026-05-08T08:30:00Z",
        "2026-05-08T09:00:00Z",
        minute
    ));
    assert!(!resolves(
        "2026-05-08T08:29:00Z",
        "2026-05-08T09:00:00Z",
        minute
    ));
    assert!(!resolves(
        "2026-05-07T08:00:00Z",
        "2026-05-07T09:00:00Z",
        five
    ));
    assert!(resolves(
        "2026-05-07T08:00:00Z",
        "2026-05-07T09:00:00Z",
        hour
    ));
    // 30 days and two before now.
    assert!(resolves(
        "2026-04-08T13:00:00Z",
        "2026-04-08T15:00:00Z",
        hour
    ));
    assert!(!resolves(
        "2026-04-08T11:00:00Z",
        "2026-04-08T15:00:00Z",
        hour
    ));
}

#[test]
fn zones_off_the_quarter_hour_cannot_be_told_where_only_quarters_are_held() {
    // Until 1972 Monrovia was 44 min 30 s behind.
    let now = at("1971-05-10T12:34:56Z");
    let monrovia = Zone::named("Africa/Monrovia").unwrap();
    let window = Window::of_range(timeline::Range::Week, now, &monrovia);
    assert_partition(&window, now);
    assert!(!Timeline::new(30).resolves(&window, now));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn any_ends_make_whole_buckets_or_a_reason(
        (zone, now) in zone_and_now(3),
        back in 0..410 * DAY,
        length in prop_oneof![0..3 * HOUR, 0..20 * DAY, 0..410 * DAY],
        size in prop::option::of(prop::sample::select(BucketSize::ALL.to_vec())),
    ) {
        let (from, to) = (now - back, now - back + length);
        let end = now - now.rem_euclid(MINUTE) + MINUTE;
        match Window::between(from, to, size, now, &zone) {
            Ok(window) => {
                assert_partition(&window, now);
                prop_assert!(window.buckets[0].contains(from));
                let last = window.buckets.last().unwrap();
                prop_assert!(last.contains(to.min(end) - 1), "the last bucket is needed");
                prop_assert!(size.is_none_or(|size| size == window.size));
                prop_assert!(window.buckets.len() <= MAX_BUCKETS);
            }
            Err(WindowError::Reversed) => prop_assert!(from >= to),
            Err(WindowError::TooLong) => prop_assert!(to.min(end) - from > 400 * DAY),
            Err(WindowError::TooManyBuckets { asked, smallest }) => {
                let fits = |size: BucketSize| {
                    (to.min(end) - from) / (size.seconds() * SECOND) < 5_000
                };
                prop_assert_eq!(Some(asked), size);
                prop_assert!(!fits(asked) && fits(smallest));
                prop_assert!(Window::between(from, to, Some(smallest), now, &zone).is_ok());
            }
            Err(other) => prop_assert!(false, "{other}"),
        }
    }

    #[test]
    fn a_window_asked_for_by_its_own_ends_is_the_same(
        (zone, now) in zone_and_now(3),
        back in MINUTE..30 * DAY,
        length in 1..30 * DAY,
        size in prop::sample::select(vec![BucketSize::SixHours, BucketSize::Day]),
    ) {
        let window = Window::between(now - back, now - back + length, Some(size), now, &zone);
        let window = window.unwrap();
        let again = Window::between(window.span.from, window.span.to, Some(size), now, &zone);
        prop_assert_eq!(again, Ok(window));
    }
}
