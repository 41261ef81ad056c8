//! What is held for how long, and what it weighs.

use timeline::{Placed, Span, Timeline, Window, Zone};

use crate::naive::{Row, add, assert_figures, at, filled, row, span};

const NOW: &str = "2026-05-10T12:34:56Z";

#[test]
fn rows_are_held_for_the_history_and_two_more_days() {
    let mut timeline = Timeline::new(30);
    let mut placed = |when: &str| add(&mut timeline, at(NOW), &row(when, &["a"]));
    assert_eq!(placed("2026-04-08T12:29:59.999999Z"), Placed::TooOld);
    assert_eq!(
        placed("2026-04-08T12:30:00Z"),
        Placed::Counted,
        "whole quarter-hours"
    );
    assert_eq!(placed("2026-05-11T12:34:56Z"), Placed::Counted);
    assert_eq!(placed("2026-05-11T12:34:56.000001Z"), Placed::TooFarAhead);
    assert_eq!(placed("1970-01-01T00:00:00Z"), Placed::TooOld);
    assert_eq!(timeline.first(), Some(at("2026-04-08T12:30:00Z")));
    assert_eq!(
        timeline.reaches_back_to(at(NOW)),
        at("2026-04-08T12:30:00Z")
    );
}

#[test]
fn what_is_too_old_is_forgotten_as_time_goes_by() {
    let mut timeline = filled(at(NOW), &[row("2026-05-01T00:00:00Z", &["a"])]);
    let everything = Span {
        from: i64::MIN,
        to: i64::MAX,
    };
    timeline.advance(at("2026-06-02T00:14:59Z"));
    assert_eq!(timeline.tally(everything).queries, 1);
    timeline.advance(at("2026-06-02T00:15:00Z"));
    assert!(timeline.is_empty());
    let again = row("2026-05-01T00:00:00Z", &["a"]);
    assert_eq!(
        add(&mut timeline, at(NOW), &again),
        Placed::TooOld,
        "also when a clock goes back"
    );
}

#[test]
fn a_clock_that_was_ahead_costs_what_it_made_old() {
    let mut timeline = filled(at(NOW), &[row("2026-05-10T12:00:00Z", &["a"])]);
    timeline.advance(at(NOW));
    assert!(!timeline.has_lost(at(NOW)));
    timeline.advance(at("2026-05-10T13:34:56Z"));
    assert!(!timeline.has_lost(at(NOW)), "an hour is of no account");
    timeline.advance(at("2026-05-11T12:34:56Z"));
    assert!(timeline.has_lost(at(NOW)));
    assert!(!timeline.has_lost(at("2026-05-11T12:34:56Z")));
}

#[test]
fn minutes_are_forgotten_after_52_hours_and_quarters_stay() {
    let rows = [
        row("2026-05-10T12:07:00Z", &["a"]),
        row("2026-05-10T12:08:00Z", &["b"]),
    ];
    let mut timeline = filled(at(NOW), &rows);
    let first_minutes = span("2026-05-10T12:00:00Z", "2026-05-10T12:08:00Z");
    let quarter = span("2026-05-10T12:00:00Z", "2026-05-10T12:15:00Z");
    timeline.advance(at("2026-05-12T16:14:59Z"));
    assert_figures(&timeline, &rows, first_minutes);
    let young = timeline.bytes();
    timeline.advance(at("2026-05-12T16:15:00Z"));
    assert_eq!(
        timeline.tally(first_minutes).queries,
        2,
        "a quarter counts where it begins"
    );
    assert_figures(&timeline, &rows, quarter);
    assert!(timeline.bytes() < young);
}

#[test]
fn the_oldest_minutes_are_those_of_the_quarter_52_hours_ago() {
    // 52 hours before 12:34:56 it was 08:34:56.
    let rows = [
        row("2026-05-08T08:30:00Z", &["a"]),
        row("2026-05-08T08:31:00Z", &["b"]),
    ];
    let timeline = filled(at(NOW), &rows);
    assert_figures(
        &timeline,
        &rows,
        span("2026-05-08T08:30:00Z", "2026-05-08T08:31:00Z"),
    );
    assert_figures(
        &timeline,
        &rows,
        span("2026-05-08T08:31:00Z", "2026-05-08T08:32:00Z"),
    );
}

#[test]
fn an_end_inside_a_minute_cuts_sums_at_the_second_and_servers_at_the_minute() {
    let rows = [
        row("2026-05-10T12:07:10Z", &["a"]),
        row("2026-05-10T12:07:50Z", &["a"]),
    ];
    let timeline = filled(at(NOW), &rows);
    let second_half = span("2026-05-10T12:07:30Z", "2026-05-10T12:08:00Z");
    assert_eq!(timeline.tally(second_half).queries, 1);
    assert!(
        timeline.by_mcp(second_half).is_empty(),
        "the minute began before"
    );
    assert!(timeline.latency(second_half).is_empty());
    let first_half = span("2026-05-10T12:07:00Z", "2026-05-10T12:07:30Z");
    assert_eq!(timeline.tally(first_half).queries, 1);
    assert_eq!(timeline.by_mcp(first_half)[0].tally.queries, 2);
    assert_eq!(timeline.latency(first_half).count(), 2);
}

#[test]
fn a_chunk_that_was_folded_later_lacks_minutes_and_so_does_the_whole() {
    let (now, later) = (at(NOW), at("2026-05-10T14:34:56Z"));
    let (from, to) = (at("2026-05-08T09:01:00Z"), at("2026-05-08T09:02:00Z"));
    let window = Window::between(from, to, None, now, &Zone::utc()).unwrap();
    let rows = [row("2026-05-08T09:01:00Z", &["a"])];
    let mut timeline = filled(now, &rows);
    assert!(timeline.resolves(&window, now));
    timeline.merge(filled(later, &rows));
    assert!(!timeline.resolves(&window, now));
    let mut replaced = filled(now, &rows);
    let quarter = span("2026-05-08T09:00:00Z", "2026-05-08T09:15:00Z");
    assert!(
        !replaced.replace(quarter, filled(later, &rows)),
        "the same rows"
    );
    assert!(!replaced.resolves(&window, now));
}

#[test]
fn a_late_row_counts_in_its_quarter() {
    let mut timeline = filled(at(NOW), &[]);
    let rows = [
        row("2026-05-07T09:07:00Z", &["a"]),
        row("2026-05-07T09:01:00Z", &["b"]),
    ];
    for row in &rows {
        assert_eq!(add(&mut timeline, at(NOW), row), Placed::Counted);
    }
    assert_figures(
        &timeline,
        &rows,
        span("2026-05-07T09:00:00Z", "2026-05-07T09:15:00Z"),
    );
}

#[test]
fn a_row_corrected_inside_its_quarter_is_seen_as_a_difference() {
    let hour = span("2026-05-10T12:00:00Z", "2026-05-10T13:00:00Z");
    let before = row("2026-05-10T12:07:00Z", &["a"]);
    let mut timeline = filled(at(NOW), [&before]);
    let mut replace = |row: &Row| timeline.replace(hour, filled(at(NOW), [row]));
    assert!(!replace(&before));
    assert!(
        replace(&row("2026-05-10T12:08:00Z", &["a"])),
        "another minute"
    );
    assert!(
        replace(&row("2026-05-10T12:08:01Z", &["a"])),
        "another second"
    );
    assert!(
        replace(&row("2026-05-10T12:08:01Z", &["b"])),
        "another server"
    );
    let slower = Row {
        duration_ms: Some(9_999),
        ..row("2026-05-10T12:08:01Z", &["b"])
    };
    assert!(replace(&slower), "another duration");
    assert!(timeline.replace(hour, Timeline::new(30)), "deleted");
    assert!(timeline.is_empty());
    assert!(!timeline.replace(hour, Timeline::new(30)));
    assert!(!timeline.replace(
        Span {
            from: hour.to,
            to: hour.from
        },
        Timeline::new(30)
    ));
}

#[test]
fn names_of_another_timeline_keep_their_meaning() {
    let one = filled(
        at(NOW),
        &[row(NOW, &["a"]), row(NOW, &["b"]), row(NOW, &["c"])],
    );
    let rows = [row(NOW, &["c", "a"]), row(NOW, &["d"]), row(NOW, &[])];
    let two = filled(at(NOW), &rows);
    let minute = span("2026-05-10T12:34:00Z", "2026-05-10T12:35:00Z");
    let mut merged = one.clone();
    merged.merge(two.clone());
    let counts: Vec<(String, u64)> = merged
        .by_mcp(minute)
        .into_iter()
        .map(|mcp| (mcp.name, mcp.tally.queries))
        .collect();
    let expected = [("a", 2), ("c", 2), ("Unattributed", 1), ("b", 1), ("d", 1)];
    assert_eq!(
        counts,
        expected.map(|(name, count)| (name.to_owned(), count))
    );
    let mut replaced = one;
    assert!(replaced.replace(span("2026-05-10T12:30:00Z", "2026-05-10T12:45:00Z"), two));
    assert_figures(&replaced, &rows, minute);
}

#[test]
fn a_clock_that_is_far_off_is_no_crash() {
    for now in [i64::MIN, -1, 0, i64::MAX] {
        let mut timeline = Timeline::new(u32::MAX);
        for at in [i64::MIN, 0, i64::MAX] {
            add(
                &mut timeline,
                now,
                &Row {
                    at,
                    ..row(NOW, &["a"])
                },
            );
        }
        for span in [
            Span {
                from: i64::MIN,
                to: i64::MAX,
            },
            Span {
                from: -1,
                to: i64::MAX - 1,
            },
        ] {
            let _ = (
                timeline.tally(span),
                timeline.by_mcp(span),
                timeline.latency(span),
            );
        }
        let _ = (
            timeline.first(),
            timeline.last(),
            timeline.reaches_back_to(now),
        );
    }
}
