//! The named windows.

use proptest::prelude::*;
use timeline::{BucketSize, HOUR, MINUTE, Micros, QUARTER, Range, Span, Timeline, Window, Zone};

use crate::naive::{at, span};

pub(crate) const RANGES: [Range; 6] = [
    Range::Today,
    Range::Hour,
    Range::SixHours,
    Range::Day,
    Range::Week,
    Range::Month,
];

/// Zones, each with a moment near which something happens to its clocks.
const PLACES: [(&str, &str); 16] = [
    ("Europe/Berlin", "2026-03-29T01:00:00Z"),
    ("Europe/Berlin", "2026-10-25T01:00:00Z"),
    ("Australia/Lord_Howe", "2026-04-04T15:00:00Z"),
    ("Australia/Lord_Howe", "2026-10-03T15:30:00Z"),
    ("America/New_York", "2026-03-08T07:00:00Z"),
    ("America/New_York", "2026-11-01T06:00:00Z"),
    ("Asia/Kolkata", "2026-03-29T10:30:00Z"),
    ("Asia/Kathmandu", "2026-03-29T10:30:00Z"),
    ("UTC", "2028-02-29T00:00:00Z"),
    ("Pacific/Apia", "2011-12-30T10:00:00Z"),
    ("America/Sao_Paulo", "2018-11-04T03:00:00Z"),
    ("America/Sao_Paulo", "2019-02-17T02:00:00Z"),
    ("Asia/Beirut", "2022-03-26T22:00:00Z"),
    ("America/Havana", "2026-11-01T05:00:00Z"),
    ("Pacific/Chatham", "2026-04-04T14:00:00Z"),
    ("America/St_Johns", "2006-10-29T02:31:00Z"),
];

/// A zone and a moment at most `days` from one of its clock changes.
pub(crate) fn zone_and_now(days: i64) -> impl Strategy<Value = (Zone, Micros)> {
    let around = -days * 24 * HOUR..days * 24 * HOUR;
    (0..PLACES.len(), around).prop_map(|(place, offset)| {
        let (name, moment) = PLACES[place];
        (Zone::named(name).unwrap(), at(moment) + offset)
    })
}

/// Buckets that follow one another without a hole, an overlap or an empty one.
pub(crate) fn assert_partition(window: &Window, now: Micros) {
    let end = now - now.rem_euclid(MINUTE) + MINUTE;
    assert!(!window.buckets.is_empty());
    assert_eq!(window.buckets[0].from, window.span.from);
    assert_eq!(window.buckets[window.buckets.len() - 1].to, window.span.to);
    assert!(window.span.to <= end, "never beyond the running minute");
    assert!(
        window.buckets.iter().all(|bucket| bucket.from < bucket.to),
        "{window:?}"
    );
    assert!(
        window
            .buckets
            .windows(2)
            .all(|two| two[0].to == two[1].from),
        "{window:?}"
    );
}

#[test]
fn an_hour_is_sixty_minutes_and_the_running_one() {
    let window = Window::of_range(Range::Hour, at("2026-05-10T12:34:56Z"), &Zone::utc());
    assert_eq!(window.size, BucketSize::Minute);
    assert_eq!(window.buckets.len(), 61);
    assert_eq!(
        window.span,
        span("2026-05-10T11:34:00Z", "2026-05-10T12:35:00Z")
    );
}

#[test]
fn six_hours_are_72_times_five_minutes_and_the_running_ones() {
    let window = Window::of_range(Range::SixHours, at("2026-05-10T12:34:56Z"), &Zone::utc());
    assert_eq!(window.buckets.len(), 73);
    assert_eq!(
        window.span,
        span("2026-05-10T06:30:00Z", "2026-05-10T12:35:00Z")
    );
    assert_eq!(
        window.buckets[72],
        span("2026-05-10T12:30:00Z", "2026-05-10T12:35:00Z")
    );
}

#[test]
fn a_week_is_28_quarter_days_and_the_running_one() {
    let window = Window::of_range(Range::Week, at("2026-05-10T12:34:56Z"), &Zone::utc());
    assert_eq!(window.buckets.len(), 29);
    assert_eq!(
        window.span,
        span("2026-05-03T12:00:00Z", "2026-05-10T12:35:00Z")
    );
}

#[test]
fn a_month_is_30_days_and_the_running_one() {
    let window = Window::of_range(Range::Month, at("2026-05-10T12:34:56Z"), &Zone::utc());
    assert_eq!(window.buckets.len(), 31);
    assert_eq!(
        window.span,
        span("2026-04-10T00:00:00Z", "2026-05-10T12:35:00Z")
    );
}

#[test]
fn today_in_its_first_minute_is_one_bucket() {
    let window = Window::of_range(Range::Today, at("2026-05-10T00:00:30Z"), &Zone::utc());
    assert_eq!(
        window.buckets,
        [span("2026-05-10T00:00:00Z", "2026-05-10T00:01:00Z")]
    );
}

#[test]
fn the_last_minute_of_an_hour_ends_a_whole_bucket() {
    let window = Window::of_range(Range::Day, at("2026-05-10T12:59:59Z"), &Zone::utc());
    assert_eq!(window.buckets.len(), 25);
    assert_eq!(
        window.buckets[24],
        span("2026-05-10T12:00:00Z", "2026-05-10T13:00:00Z")
    );
}

#[test]
fn every_named_window_can_be_told_in_every_zone_of_today() {
    let now = at("2026-05-10T12:34:56Z");
    let mut timeline = Timeline::new(30);
    timeline.advance(now);
    for zone in jiff::tz::TimeZoneDatabase::bundled().available() {
        let Some(zone) = Zone::named(zone.as_str()) else {
            continue;
        };
        for range in RANGES {
            let window = Window::of_range(range, now, &zone);
            assert_partition(&window, now);
            assert!(
                timeline.resolves(&window, now),
                "{range:?} in {}",
                zone.name()
            );
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn named_windows_are_whole_buckets_and_the_running_one((zone, now) in zone_and_now(4)) {
        for range in RANGES {
            let window = Window::of_range(range, now, &zone);
            assert_partition(&window, now);
            prop_assert!(window.span.contains(now));
            prop_assert!(window.buckets.last().unwrap().contains(now));
            let expected = match range {
                Range::Today => window.buckets.len(),
                Range::Hour => 61,
                Range::SixHours => 73,
                Range::Day => 25,
                Range::Week => 29,
                Range::Month => 31,
            };
            prop_assert_eq!(window.buckets.len(), expected, "{:?} in {}", range, zone.name());
        }
    }

    #[test]
    fn today_follows_yesterday((zone, now) in zone_and_now(4)) {
        let (today, yesterday) = (zone.today(now), zone.yesterday_until(now));
        prop_assert!(today.contains(now));
        prop_assert!(yesterday.from < today.from && yesterday.to <= today.from);
        prop_assert!(yesterday.from <= yesterday.to);
        prop_assert_eq!(Window::of_range(Range::Today, now, &zone).span, today);
        // The day before today's first moment is the day whose figures are compared.
        let day_before = zone.today(today.from - 1);
        prop_assert_eq!(day_before, Span { from: yesterday.from, to: today.from });
    }

    #[test]
    fn hours_of_a_range_are_true_hours_on_the_wall_clock((zone, now) in zone_and_now(4)) {
        let window = Window::of_range(Range::Day, now, &zone);
        let whole = window.buckets.split_last().unwrap().1;
        prop_assert!(whole.iter().all(|bucket| bucket.to - bucket.from == HOUR));
        prop_assert!(window.buckets.iter().all(|bucket| bucket.from % QUARTER == 0));
    }
}
