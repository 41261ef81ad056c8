//! Times in words, on the asker's wall clock.

use grammar::{Known, understand};
use timeline::Micros;

use crate::notation::written;
use crate::world::{at, heard, now, zone};

fn of(time: &str) -> String {
    let heard = heard(&format!("errors {time}"));
    heard.strip_prefix("errors ").unwrap_or(&heard).to_owned()
}

fn there(message: &str, place: &str, now: Micros) -> String {
    let zone = zone(place);
    written(&understand(message, &Known::default(), &zone, now), &zone)
}

#[test]
fn what_the_page_has_a_name_for_is_its_very_window() {
    for (time, range) in [
        ("today", "@today"),
        ("so far today", "@today"),
        ("in the last hour", "@1h"),
        ("past 60 minutes", "@1h"),
        ("last 6 hours", "@6h"),
        ("6h", "@6h"),
        ("last 24 hours", "@24h"),
        ("past day", "@24h"),
        ("24h", "@24h"),
        ("last 7 days", "@7d"),
        ("over the past week", "@7d"),
        ("last seven days", "@7d"),
        ("7d", "@7d"),
        ("last 30 days", "@30d"),
        ("past month", "@30d"),
        ("yesterday", "@yesterday"),
        ("from yesterday", "@yesterday"),
    ] {
        assert_eq!(of(time), range, "{time}");
    }
}

#[test]
fn weeks_begin_on_monday_and_months_are_those_of_the_calendar() {
    for (time, span) in [
        ("this week", "@11-23T00:00..11-25T14:21"),
        ("last week", "@11-16T00:00..11-23T00:00"),
        ("the week before last", "@11-09T00:00..11-16T00:00"),
        ("two weeks ago", "@11-09T00:00..11-16T00:00"),
        ("this month", "@11-01T00:00..11-25T14:21"),
        ("last month", "@10-01T00:00..11-01T00:00"),
        ("in October", "@10-01T00:00..11-01T00:00"),
        ("in december", "@12-01T00:00..01-01T00:00"),
        ("in May", "@05-01T00:00..06-01T00:00"),
        ("this year", "@01-01T00:00..11-25T14:21"),
        ("over the weekend", "@11-21T00:00..11-23T00:00"),
    ] {
        assert_eq!(of(time), span, "{time}");
    }
}

#[test]
fn stretches_without_a_name_end_with_the_running_minute() {
    for (time, span) in [
        ("last 3 hours", "@11-25T11:20..11-25T14:21"),
        ("past 90 minutes", "@11-25T12:50..11-25T14:21"),
        ("last 15min", "@11-25T14:05..11-25T14:21"),
        ("last half hour", "@11-25T13:50..11-25T14:21"),
        ("last couple of hours", "@11-25T12:20..11-25T14:21"),
        ("last two weeks", "@11-11T14:20..11-25T14:21"),
        ("last 3 days", "@11-22T14:20..11-25T14:21"),
        ("since 9am", "@11-25T09:00..11-25T14:21"),
        ("since yesterday", "@11-24T00:00..11-25T14:21"),
        ("since Monday", "@11-23T00:00..11-25T14:21"),
        ("since yesterday 9 am", "@11-24T09:00..11-25T14:21"),
        ("since last week", "@11-16T00:00..11-25T14:21"),
        ("since Nov 3", "@11-03T00:00..11-25T14:21"),
        ("since 2 hours ago", "@11-25T12:20..11-25T14:21"),
        ("since noon", "@11-25T12:00..11-25T14:21"),
        ("from 9am on", "@11-25T09:00..11-25T14:21"),
    ] {
        assert_eq!(of(time), span, "{time}");
    }
}

#[test]
fn days_and_hours_are_the_latest_that_were() {
    for (time, span) in [
        ("on Monday", "@11-23T00:00..11-24T00:00"),
        ("on Friday", "@11-20T00:00..11-21T00:00"),
        ("last wednesday", "@11-18T00:00..11-19T00:00"),
        ("on 2026-11-20", "@11-20T00:00..11-21T00:00"),
        ("November 20th", "@11-20T00:00..11-21T00:00"),
        ("on the 3rd of November", "@11-03T00:00..11-04T00:00"),
        ("on Dec 24", "@12-24T00:00..12-25T00:00"),
        ("two days ago", "@11-23T00:00..11-24T00:00"),
        ("the day before yesterday", "@11-23T00:00..11-24T00:00"),
        ("3 hours ago", "@11-25T11:00..11-25T12:00"),
        ("an hour ago", "@11-25T13:00..11-25T14:00"),
        ("this morning", "@11-25T06:00..11-25T12:00"),
        ("this afternoon", "@11-25T12:00..11-25T18:00"),
        ("yesterday evening", "@11-24T18:00..11-25T00:00"),
        ("last night", "@11-24T18:00..11-25T06:00"),
        ("on Monday morning", "@11-23T06:00..11-23T12:00"),
        ("between 10:00 and 12:30", "@11-25T10:00..11-25T12:30"),
        ("from 9 to 12", "@11-25T09:00..11-25T12:00"),
        ("yesterday between 9am and 5pm", "@11-24T09:00..11-24T17:00"),
        ("between 3 and 5 pm yesterday", "@11-24T15:00..11-24T17:00"),
        ("at 9am", "@11-25T09:00..11-25T10:00"),
        ("before 9am", "@11-25T00:00..11-25T09:00"),
        ("from Nov 3 to Nov 5", "@11-03T00:00..11-06T00:00"),
        ("between Monday and Tuesday", "@11-23T00:00..11-25T00:00"),
        ("2026-11-01 to 2026-11-10", "@11-01T00:00..11-11T00:00"),
        ("from Dec 30 to Jan 2", "@12-30T00:00..01-03T00:00"),
    ] {
        assert_eq!(of(time), span, "{time}");
    }
}

#[test]
fn what_is_still_to_come_is_no_time() {
    for time in [
        "tomorrow",
        "next week",
        "this evening",
        "on 2027-01-01",
        "at 11pm",
        "in 2 days",
    ] {
        assert_eq!(heard(&format!("errors {time}")), "nothing", "{time}");
    }
}

#[test]
fn clocks_change_and_days_still_end_at_midnight() {
    // Clocks went from 03:00 back to 02:00 on Sunday the 25th: a day of 25 hours.
    let monday = at("2026-10-26T11:00:00Z");
    assert_eq!(
        there(
            "errors on Sunday",
            "Europe/Berlin",
            at("2026-10-27T11:00:00Z")
        ),
        "errors @10-25T00:00..10-26T00:00"
    );
    let two_to_three = there(
        "errors yesterday between 2:00 and 3:00",
        "Europe/Berlin",
        monday,
    );
    assert_eq!(two_to_three, "errors @10-25T02:00..10-25T03:00");
    // What clocks skipped begins where they went on.
    let spring = at("2026-03-29T11:00:00Z");
    let skipped = there("errors since 2:30", "Europe/Berlin", spring);
    assert_eq!(skipped, "errors @03-29T03:00..03-29T13:01");
    // Midnight itself was skipped in Cairo on 24 April.
    let cairo = there(
        "errors on 2026-04-24",
        "Africa/Cairo",
        at("2026-04-26T11:00:00Z"),
    );
    assert_eq!(cairo, "errors @04-24T01:00..04-25T00:00");
}

#[test]
fn the_same_words_are_other_moments_elsewhere() {
    assert_eq!(
        there("cost on monday", "Pacific/Kiritimati", now()),
        "cost @11-23T00:00..11-24T00:00"
    );
    assert_eq!(
        there("cost since 9am", "Asia/Kathmandu", now()),
        "cost @11-25T09:00..11-25T19:06"
    );
}
