//! What changed between two sights of the same page.

use std::collections::{HashMap, HashSet};

use shared_types::{Activity, ActivityDelta, Delta, SeriesDelta, Timed, Window};

use super::topic::Sight;

/// How a reader gets from one sight to the next.
pub(super) enum Change {
    /// Nothing changed.
    None,
    /// By these parts.
    Parts(Box<Delta>),
    /// Only by a whole snapshot: more calls came than two sights can tell apart, or the
    /// window is cut into other buckets.
    Whole,
}

pub(super) fn change(old: &Sight, new: &Sight) -> Change {
    let Some(mut activity) = calls(&old.calls, &new.calls) else {
        return Change::Whole;
    };
    let (a, b) = (&old.snapshot, &new.snapshot);
    if is_cut_anew(&a.queries.data, &b.queries.data, &b.queries.window) {
        return Change::Whole;
    }
    moved_up(&mut activity, &a.activities, &b.activities);
    let delta = Delta {
        status: (a.status != b.status).then(|| b.status.clone()),
        stats: (a.stats != b.stats).then(|| b.stats.clone()),
        queries: series(
            (&a.queries.data, &a.queries.window),
            (&b.queries.data, &b.queries.window),
        ),
        cost: (a.cost != b.cost).then(|| b.cost.clone()),
        response_times: series(
            (&a.response_times.data, &a.response_times.window),
            (&b.response_times.data, &b.response_times.window),
        ),
        errors: (a.errors != b.errors).then(|| b.errors.clone()),
        activity: (activity != ActivityDelta::default()).then_some(activity),
    };
    if delta == Delta::default() {
        Change::None
    } else {
        Change::Parts(Box::new(delta))
    }
}

/// Whether buckets went that the window did not leave behind: it is cut into others now.
fn is_cut_anew<P: Timed>(old: &[P], new: &[P], window: &Window) -> bool {
    let after: HashSet<&str> = new.iter().map(Timed::begins).collect();
    let stays = |point: &&P| instant(point.begins()) >= instant(&window.from);
    let gone = |point: &P| !after.contains(point.begins());
    old.iter().filter(stays).any(gone)
}

/// Buckets that are new or different; none when nothing is and the window stands.
fn series<P: Timed + Clone + PartialEq>(
    old: (&[P], &Window),
    new: (&[P], &Window),
) -> Option<SeriesDelta<P>> {
    let before: HashMap<&str, &P> = old.0.iter().map(|point| (point.begins(), point)).collect();
    let differs = |point: &&P| before.get(point.begins()) != Some(point);
    let changed: Vec<P> = new.0.iter().filter(differs).cloned().collect();
    (!changed.is_empty() || old.1 != new.1).then(|| SeriesDelta {
        window: new.1.clone(),
        changed,
    })
}

/// Calls that are new, changed or removed; none when the two lists have nothing in common,
/// so that calls between them may have been missed.
fn calls(old: &[Activity], new: &[Activity]) -> Option<ActivityDelta> {
    let before: HashMap<i64, &Activity> = old.iter().map(|call| (call.id, call)).collect();
    let after: HashMap<i64, &Activity> = new.iter().map(|call| (call.id, call)).collect();
    let fresh = |call: &&Activity| !before.contains_key(&call.id);
    if !old.is_empty() && !new.is_empty() && new.iter().all(|call| fresh(&call)) {
        return None;
    }
    // Calls at the end of the new list may be old ones that moved up, and calls missing
    // there may have been pushed off its end: neither is news.
    let oldest_known = old.last().map(place);
    let newest_gone = new.last().map(place).filter(|_| new.len() >= old.len());
    let differs = |call: &&Activity| before.get(&call.id).is_some_and(|old| old != call);
    Some(ActivityDelta {
        new: new
            .iter()
            .filter(fresh)
            .filter(|call| oldest_known.is_none_or(|oldest| place(call) > oldest))
            .cloned()
            .collect(),
        changed: new.iter().filter(differs).cloned().collect(),
        removed: old
            .iter()
            .filter(|call| !after.contains_key(&call.id))
            .filter(|call| newest_gone.is_none_or(|last| place(call) > last))
            .map(|call| call.id)
            .collect(),
    })
}

/// Calls that a reader of the list shown did not hold: they take the place of those that
/// went. What is new already is not told twice.
fn moved_up(activity: &mut ActivityDelta, old: &[Activity], new: &[Activity]) {
    let held: HashSet<i64> = old
        .iter()
        .chain(&activity.new)
        .map(|call| call.id)
        .collect();
    let unknown = new.iter().filter(|call| !held.contains(&call.id)).cloned();
    activity.new.extend(unknown);
}

/// Times of one length compare as text; see `shared_types::Snapshot::apply`.
fn place(call: &Activity) -> (&str, i64) {
    (instant(&call.timestamp), call.id)
}

fn instant(text: &str) -> &str {
    text.strip_suffix('Z').unwrap_or(text)
}

#[cfg(test)]
mod tests {
    use shared_types::CallStatus;

    use super::*;

    fn call(id: i64, action: &str) -> Activity {
        Activity {
            id,
            user_email: None,
            action: action.to_owned(),
            mcp: None,
            mcps: Vec::new(),
            duration_ms: None,
            cost: 0.0,
            status: CallStatus::Success,
            timestamp: format!("2026-01-26T10:00:{id:02}Z"),
        }
    }

    fn list(ids: &[i64]) -> Vec<Activity> {
        ids.iter().map(|id| call(*id, "asked")).collect()
    }

    fn ids(calls: &[Activity]) -> Vec<i64> {
        calls.iter().map(|call| call.id).collect()
    }

    #[test]
    fn a_call_pushed_off_the_end_is_not_removed() {
        let delta = calls(&list(&[4, 3, 2, 1]), &list(&[6, 5, 4, 3])).unwrap();
        assert_eq!(ids(&delta.new), [6, 5]);
        assert!(delta.removed.is_empty() && delta.changed.is_empty());
    }

    #[test]
    fn a_deleted_call_is_removed_and_the_one_that_moves_up_is_not_new() {
        let delta = calls(&list(&[4, 3, 2]), &list(&[4, 2, 1])).unwrap();
        assert_eq!(delta.removed, [3]);
        assert!(delta.new.is_empty());
    }

    #[test]
    fn what_moves_up_into_the_list_shown_is_told_at_the_end() {
        let (old, new) = (list(&[4, 3, 2, 1]), list(&[5, 4, 2, 1]));
        let mut delta = calls(&old, &new).unwrap();
        moved_up(&mut delta, &old[..3], &new[..4]);
        assert_eq!((ids(&delta.new), delta.removed), (vec![5, 1], vec![3]));
    }

    #[test]
    fn the_last_calls_of_a_table_that_was_emptied_are_removed() {
        let delta = calls(&list(&[2, 1]), &[]).unwrap();
        assert_eq!(delta.removed, [2, 1]);
    }

    #[test]
    fn a_corrected_call_is_changed() {
        let mut new = list(&[4, 3, 2]);
        new[1] = call(3, "corrected");
        let delta = calls(&list(&[4, 3, 2]), &new).unwrap();
        assert_eq!(ids(&delta.changed), [3]);
    }

    #[test]
    fn buckets_that_go_without_being_left_behind_want_a_snapshot() {
        let point = |hour: &str| shared_types::QueryPoint {
            hour: hour.to_owned(),
            count: 1,
            errors: 0,
            cost: 0.0,
            previous: None,
        };
        let window = Window {
            range: None,
            from: "2026-01-26T10:05:00Z".to_owned(),
            to: "2026-01-26T12:00:00Z".to_owned(),
            bucket_seconds: 300,
            tz: "UTC".to_owned(),
            progress: 1.0,
            stale_since: None,
        };
        let (left, kept) = (point("2026-01-26T10:00:00Z"), point("2026-01-26T10:05:00Z"));
        let new = [kept.clone(), point("2026-01-26T10:10:00Z")];
        assert!(!is_cut_anew(&[left, kept], &new, &window));
        assert!(is_cut_anew(&[point("2026-01-26T10:06:00Z")], &new, &window));
    }

    #[test]
    fn a_late_call_between_known_ones_is_new() {
        let delta = calls(&list(&[6, 4, 2]), &list(&[6, 5, 4])).unwrap();
        assert_eq!(ids(&delta.new), [5]);
    }

    #[test]
    fn more_calls_than_can_be_told_apart_want_a_snapshot() {
        assert!(calls(&list(&[3, 2, 1]), &list(&[9, 8, 7])).is_none());
    }
}
