use proptest::prelude::*;
use shared_types::CallStatus;

use super::*;

fn call(id: i64) -> Activity {
    Activity {
        id,
        user_email: None,
        action: format!("question {id}"),
        mcp: None,
        mcps: Vec::new(),
        duration_ms: None,
        cost: 0.0,
        status: CallStatus::Success,
        timestamp: format!("2026-01-26T10:{:02}:{:02}Z", id / 60 % 60, id % 60),
    }
}

/// Calls from `newest` down to `oldest`.
fn calls(newest: i64, oldest: i64) -> Vec<Activity> {
    (oldest..=newest).rev().map(call).collect()
}

fn ids(calls: &Calls) -> Vec<i64> {
    calls.rows.iter().map(|row| row.told.id).collect()
}

#[test]
fn new_calls_come_on_top_of_those_that_are_held() {
    let mut held = Calls::default();
    held.bring(&calls(10, 6));
    held.append(calls(5, 1));
    held.bring(&calls(12, 8));
    assert_eq!(ids(&held), (1..=12).rev().collect::<Vec<_>>());
}

#[test]
fn calls_that_nobody_told_of_are_not_passed_over_in_silence() {
    let mut held = Calls::default();
    held.bring(&calls(10, 6));
    assert!(held.is_apart(&calls(20, 15)));
    held.bring(&calls(20, 15));
    assert_eq!(ids(&held), (15..=20).rev().collect::<Vec<_>>());
}

#[test]
fn a_corrected_call_is_another_row_and_the_others_are_the_same() {
    let mut held = Calls::default();
    held.bring(&calls(3, 1));
    let before: Vec<u32> = held.rows.iter().map(|row| row.version).collect();
    let mut corrected = calls(3, 1);
    if let Some(call) = corrected.get_mut(1) {
        call.cost = 1.5;
    }
    held.bring(&corrected);
    let after: Vec<u32> = held.rows.iter().map(|row| row.version).collect();
    let same: Vec<bool> = before.iter().zip(&after).map(|(a, b)| a == b).collect();
    assert_eq!(same, [true, false, true]);
}

#[test]
fn a_deleted_call_goes() {
    let mut held = Calls::default();
    held.bring(&calls(5, 1));
    let left: Vec<Activity> = calls(5, 1)
        .into_iter()
        .filter(|call| call.id != 4)
        .collect();
    held.bring(&left);
    assert_eq!(ids(&held), [5, 3, 2, 1]);
}

#[test]
fn memory_is_bounded() {
    let mut held = Calls::default();
    let many = |newest: i64, count: i64| {
        let call = |id: i64| Activity {
            timestamp: format!("2026-01-26T10:00:00.{id:06}Z"),
            ..call(id)
        };
        (newest - count + 1..=newest)
            .rev()
            .map(call)
            .collect::<Vec<_>>()
    };
    held.append(many(20_000, 10_500));
    assert_eq!(held.len(), MOST);
    held.bring(&many(20_050, 200));
    assert_eq!(held.len(), MOST);
    assert_eq!(held.rows.first().map(|row| row.told.id), Some(20_050));
}

proptest! {
    #[test]
    fn however_pages_and_news_overlap_nothing_is_missing_or_twice(
        steps in prop::collection::vec((0i64..30, 1i64..40), 1..20),
    ) {
        let mut held = Calls::default();
        let mut newest = 100;
        held.bring(&calls(newest, newest - 10));
        let mut oldest = newest - 10;
        for (more, page) in steps {
            newest += more;
            held.bring(&calls(newest, newest - more - 5));
            let from = (oldest - page).max(1);
            // A page may begin with calls that are there already.
            held.append(calls(oldest + 3, from));
            oldest = from.min(oldest);
            prop_assert_eq!(ids(&held), (oldest..=newest).rev().collect::<Vec<_>>());
        }
    }
}
