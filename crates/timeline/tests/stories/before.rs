//! The buckets that a window's own are compared with.

use proptest::prelude::*;
use timeline::{BucketSize, Range, Span, Window, Zone};

use crate::naive::{at, span};
use crate::ranges::{RANGES, zone_and_now};

fn named(name: &str) -> Zone {
    Zone::named(name).unwrap()
}

#[test]
fn a_day_is_compared_with_the_25_hours_before_it() {
    let zone = Zone::utc();
    let window = Window::of_range(Range::Day, at("2026-05-10T12:34:56Z"), &zone);
    let before = window.before(&zone);
    assert_eq!(before.len(), 25);
    assert_eq!(
        before[0],
        span("2026-05-08T11:00:00Z", "2026-05-08T12:00:00Z")
    );
    assert_eq!(
        before[24],
        span("2026-05-09T11:00:00Z", "2026-05-09T12:00:00Z"),
        "a whole hour, also next to the running one"
    );
}

#[test]
fn days_before_a_change_of_clocks_are_days_on_the_wall() {
    let zone = named("Europe/Berlin");
    let now = at("2026-04-20T10:00:00Z");
    let from = at("2026-04-01T22:00:00Z");
    let window = Window::between(from, now, Some(BucketSize::Day), now, &zone).unwrap();
    let before = window.before(&zone);
    assert_eq!(before.len(), window.buckets.len());
    assert_eq!(before[0].from, at("2026-03-13T23:00:00Z"));
    let short = span("2026-03-28T23:00:00Z", "2026-03-29T22:00:00Z");
    assert!(before.contains(&short), "23 hours");
}

#[test]
fn today_is_compared_with_the_hours_of_yesterday() {
    let zone = named("America/New_York");
    let now = at("2026-06-17T13:47:21Z");
    let (today, yesterday) = (
        Window::of_range(Range::Today, now, &zone),
        Window::yesterday(now, &zone),
    );
    assert_eq!((today.buckets.len(), yesterday.len()), (10, 24));
    for (hour, before) in today.buckets.iter().zip(&yesterday) {
        assert_eq!(hour.from - before.from, timeline::DAY);
    }
}

#[test]
fn a_yesterday_with_an_hour_less_has_a_bucket_less() {
    let zone = named("Europe/Berlin");
    let hours = Window::yesterday(at("2026-03-30T20:00:00Z"), &zone);
    assert_eq!(hours.len(), 23);
    assert_eq!(hours[0].from, at("2026-03-28T23:00:00Z"));
    assert_eq!(hours[22].to, at("2026-03-29T22:00:00Z"));
}

fn assert_partition(buckets: &[Span]) {
    assert!(buckets.iter().all(|bucket| bucket.from < bucket.to));
    assert!(buckets.windows(2).all(|two| two[0].to == two[1].from));
}

proptest! {
    #[test]
    fn what_came_before_ends_where_the_window_begins(
        (zone, now) in zone_and_now(3),
        range in 0..RANGES.len(),
    ) {
        let window = Window::of_range(RANGES[range], now, &zone);
        let before = window.before(&zone);
        prop_assert_eq!(before.len(), window.buckets.len());
        prop_assert_eq!(before[before.len() - 1].to, window.span.from);
        assert_partition(&before);

        let yesterday = Window::yesterday(now, &zone);
        let day = zone.yesterday(now);
        prop_assert_eq!(yesterday[0].from, day.from);
        prop_assert_eq!(yesterday[yesterday.len() - 1].to, day.to);
        prop_assert_eq!(day.to, zone.today(now).from);
        assert_partition(&yesterday);
    }
}
