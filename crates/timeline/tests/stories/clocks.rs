//! The days on which clocks change.

use timeline::{DAY, HOUR, MINUTE, Micros, Range, Span, Window, Zone};

use crate::naive::{assert_figures, at, filled, row, span};

fn zone(name: &str) -> Zone {
    Zone::named(name).unwrap()
}

/// How long each bucket of a window is, oldest first.
fn lengths(window: &Window) -> Vec<Micros> {
    window
        .buckets
        .iter()
        .map(|bucket| bucket.to - bucket.from)
        .collect()
}

/// Which lengths whole buckets have that are not the nominal one, and when they begin.
fn odd_ones(window: &Window) -> Vec<(Micros, Micros)> {
    let nominal = window.size.seconds() * 1_000_000;
    let whole = window.buckets.split_last().unwrap().1;
    whole
        .iter()
        .map(|bucket| (bucket.from, bucket.to - bucket.from))
        .filter(|(_, length)| *length != nominal)
        .collect()
}

#[test]
fn berlin_loses_an_hour_in_march() {
    let berlin = zone("Europe/Berlin");
    let now = at("2026-03-30T12:00:30Z");
    let change = at("2026-03-28T23:00:00Z");
    let days = Window::of_range(Range::Month, now, &berlin);
    assert_eq!(odd_ones(&days), [(change, 23 * HOUR)]);
    let quarter_days = Window::of_range(Range::Week, now, &berlin);
    assert_eq!(odd_ones(&quarter_days), [(change, 5 * HOUR)]);
    // At 12:30 of the short day eleven and a half hours have passed.
    let noon = Window::of_range(Range::Today, at("2026-03-29T10:30:30Z"), &berlin);
    assert_eq!(noon.buckets.len(), 12);
    assert_eq!(lengths(&noon)[..11], [HOUR; 11]);
    assert_eq!(lengths(&noon)[11], 31 * MINUTE);
}

#[test]
fn berlin_gains_an_hour_in_october() {
    let berlin = zone("Europe/Berlin");
    let now = at("2026-10-26T12:00:30Z");
    let change = at("2026-10-24T22:00:00Z");
    assert_eq!(
        odd_ones(&Window::of_range(Range::Month, now, &berlin)),
        [(change, 25 * HOUR)]
    );
    assert_eq!(
        odd_ones(&Window::of_range(Range::Week, now, &berlin)),
        [(change, 7 * HOUR)]
    );
    let evening = Window::of_range(Range::Today, at("2026-10-25T22:59:30Z"), &berlin);
    assert_eq!(
        lengths(&evening),
        [HOUR; 25],
        "the hour after two runs twice"
    );
}

#[test]
fn berlins_yesterday_at_a_time_that_was_skipped_or_came_twice() {
    let berlin = zone("Europe/Berlin");
    // 02:30 on the day after: yesterday's clock went from 02:00 to 03:00.
    let after_gap = berlin.yesterday_until(at("2026-03-30T00:30:00Z"));
    assert_eq!(
        after_gap,
        span("2026-03-28T23:00:00Z", "2026-03-29T01:30:00Z")
    );
    // 02:30 came twice yesterday: the second.
    let after_fold = berlin.yesterday_until(at("2026-10-26T01:30:00Z"));
    assert_eq!(
        after_fold,
        span("2026-10-24T22:00:00Z", "2026-10-25T01:30:00Z")
    );
    // Both times that it is 02:30 today, yesterday ends at the one 02:30 it had.
    for now in ["2026-10-25T00:30:00Z", "2026-10-25T01:30:00Z"] {
        let yesterday = berlin.yesterday_until(at(now));
        assert_eq!(
            yesterday,
            span("2026-10-23T22:00:00Z", "2026-10-24T00:30:00Z")
        );
    }
}

#[test]
fn lord_howe_shifts_by_half_an_hour() {
    let lord_howe = zone("Australia/Lord_Howe");
    let back = Window::of_range(Range::Month, at("2026-04-06T12:00:00Z"), &lord_howe);
    let half = 30 * MINUTE;
    assert_eq!(odd_ones(&back), [(at("2026-04-04T13:00:00Z"), DAY + half)]);
    let forth = Window::of_range(Range::Week, at("2026-10-05T12:00:00Z"), &lord_howe);
    assert_eq!(
        odd_ones(&forth),
        [(at("2026-10-03T13:30:00Z"), 6 * HOUR - half)]
    );
    // Hours are placed by the clock as it is now, so today's first is a half one.
    let today = Window::of_range(Range::Today, at("2026-04-05T09:10:00Z"), &lord_howe);
    assert_eq!(
        today.buckets[0],
        span("2026-04-04T13:00:00Z", "2026-04-04T13:30:00Z")
    );
    assert_eq!(lengths(&today)[1..20], [HOUR; 19]);
    // In the very minute before the change the running hour is the old one.
    let before = Window::of_range(Range::Day, at("2026-04-04T14:59:30Z"), &lord_howe);
    assert_eq!(
        before.buckets[24],
        span("2026-04-04T14:00:00Z", "2026-04-04T15:00:00Z")
    );
}

#[test]
fn lord_howes_figures_on_the_day_are_those_of_the_rows() {
    let rows: Vec<_> = [
        "12:59:59", "13:00:00", "14:45:00", "15:00:00", "15:15:00", "15:29:59",
    ]
    .iter()
    .map(|time| row(&format!("2026-04-04T{time}Z"), &["a"]))
    .collect();
    let now = at("2026-04-04T15:30:30Z");
    let lord_howe = zone("Australia/Lord_Howe");
    let timeline = filled(now, &rows);
    assert_eq!(timeline.tally(lord_howe.today(now)).queries, 5);
    for range in [Range::Today, Range::Day, Range::Week] {
        let window = Window::of_range(range, now, &lord_howe);
        window
            .buckets
            .iter()
            .for_each(|bucket| assert_figures(&timeline, &rows, *bucket));
    }
}

#[test]
fn new_york_changes_on_its_own_dates() {
    let new_york = zone("America/New_York");
    let spring = Window::of_range(Range::Week, at("2026-03-09T12:00:00Z"), &new_york);
    assert_eq!(odd_ones(&spring), [(at("2026-03-08T05:00:00Z"), 5 * HOUR)]);
    let autumn = Window::of_range(Range::Month, at("2026-11-05T12:00:00Z"), &new_york);
    assert_eq!(odd_ones(&autumn), [(at("2026-11-01T04:00:00Z"), 25 * HOUR)]);
    // Berlin has changed, New York has not: its day is an ordinary one.
    let between = new_york.today(at("2026-03-29T10:30:30Z"));
    assert_eq!(
        between,
        span("2026-03-29T04:00:00Z", "2026-03-29T10:31:00Z")
    );
}

#[test]
fn kolkata_and_kathmandu_have_hours_of_their_own() {
    let now = at("2026-03-29T10:50:30Z");
    let kolkata = Window::of_range(Range::Day, now, &zone("Asia/Kolkata"));
    assert_eq!(
        kolkata.buckets[24],
        span("2026-03-29T10:30:00Z", "2026-03-29T10:51:00Z")
    );
    let kathmandu = Window::of_range(Range::Day, now, &zone("Asia/Kathmandu"));
    assert_eq!(
        kathmandu.buckets[24],
        span("2026-03-29T10:15:00Z", "2026-03-29T10:51:00Z")
    );
    for name in ["Asia/Kolkata", "Asia/Kathmandu"] {
        assert_eq!(
            odd_ones(&Window::of_range(Range::Month, now, &zone(name))),
            []
        );
    }
    assert_eq!(
        zone("Asia/Kathmandu").today(now).from,
        at("2026-03-28T18:15:00Z")
    );
}

#[test]
fn a_day_whose_midnight_is_skipped_begins_when_the_clock_jumps() {
    // 00:00 to 01:00 did not exist.
    let sao_paulo = zone("America/Sao_Paulo");
    let now = at("2018-11-04T12:00:30Z");
    assert_eq!(sao_paulo.today(now).from, at("2018-11-04T03:00:00Z"));
    assert_eq!(
        sao_paulo.yesterday_until(now).from,
        at("2018-11-03T03:00:00Z")
    );
    let beirut = zone("Asia/Beirut");
    assert_eq!(
        beirut.today(at("2022-03-27T12:00:00Z")).from,
        at("2022-03-26T22:00:00Z")
    );
    // Half past midnight on the day after: the reading did not exist yesterday.
    let early = sao_paulo.yesterday_until(at("2018-11-05T02:30:00Z"));
    assert_eq!(early, span("2018-11-04T03:00:00Z", "2018-11-04T03:30:00Z"));
    // 23:30 to 00:30 did not exist: the day begins at half past, not at one.
    let toronto = zone("America/Toronto").today(at("1919-03-31T12:00:00Z"));
    assert_eq!(toronto.from, at("1919-03-31T04:30:00Z"));
}

#[test]
fn a_day_with_two_midnights_begins_at_the_first() {
    // At 01:00 the clock goes back to 00:00.
    let havana = zone("America/Havana").today(at("2026-11-01T12:00:00Z"));
    assert_eq!(havana.from, at("2026-11-01T04:00:00Z"));
}

#[test]
fn apia_had_no_30th_of_december_2011() {
    let apia = zone("Pacific/Apia");
    let now = at("2011-12-31T02:00:30Z");
    assert_eq!(apia.today(now).from, at("2011-12-30T10:00:00Z"));
    let yesterday = apia.yesterday_until(now);
    assert_eq!(
        yesterday,
        span("2011-12-29T10:00:00Z", "2011-12-30T02:00:30Z")
    );
    for range in [Range::Week, Range::Month] {
        let window = Window::of_range(range, now, &apia);
        assert_eq!(odd_ones(&window), [], "a day that never was has no bucket");
    }
}

#[test]
fn yesterday_at_this_time_is_exact_to_the_second() {
    let now = at("2026-05-10T12:00:30Z");
    let rows = ["12:00:29.999999", "12:00:30", "12:00:31"]
        .map(|time| row(&format!("2026-05-09T{time}Z"), &["a"]));
    let timeline = filled(now, &rows);
    assert_eq!(timeline.tally(Zone::utc().yesterday_until(now)).queries, 1);
    let a_second_later = Zone::utc().yesterday_until(now + 1_000_000);
    assert_eq!(timeline.tally(a_second_later).queries, 2);
}

#[test]
fn a_row_of_the_future_counts_when_its_time_comes() {
    let rows = [row("2026-05-10T12:01:00Z", &["a"])];
    let timeline = filled(at("2026-05-10T12:00:30Z"), &rows);
    let queries = |now: &str| timeline.tally(Zone::utc().today(at(now))).queries;
    assert_eq!(queries("2026-05-10T12:00:59.999999Z"), 0);
    assert_eq!(queries("2026-05-10T12:01:00Z"), 1);
}

#[test]
fn the_running_minute_belongs_to_the_day_it_runs_in() {
    let utc = Zone::utc();
    let before = utc.today(at("2026-05-09T23:59:59.999999Z"));
    assert_eq!(before, span("2026-05-09T00:00:00Z", "2026-05-10T00:00:00Z"));
    let after = utc.today(at("2026-05-10T00:00:00Z"));
    assert_eq!(after, span("2026-05-10T00:00:00Z", "2026-05-10T00:01:00Z"));
    let yesterday = utc.yesterday_until(after.from);
    assert_eq!(
        yesterday,
        Span {
            from: before.from,
            to: before.from
        }
    );
}
