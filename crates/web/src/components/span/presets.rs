//! Days and weeks that have a name.

use crate::charts::model::stamp::{field, instant, wall_of};

const DAY: i64 = 86_400_000;
const WEEK: i64 = 7 * DAY;
/// 1970-01-05 was a Monday.
const MONDAY: i64 = 4 * DAY;

/// From one moment to another, or to now; milliseconds since 1970.
pub(super) type Between = (i64, Option<i64>);

/// Yesterday, this week and last week (from Monday on), on a wall clock that is
/// `offset_ms` ahead of UTC at an instant.
pub(super) fn presets(now_ms: i64, offset_ms: &dyn Fn(i64) -> i64) -> [(&'static str, Between); 3] {
    let wall = now_ms + offset_ms(now_ms);
    let today = wall - wall.rem_euclid(DAY);
    let week = today - (today - MONDAY).rem_euclid(WEEK);
    let at = |wall| instant(wall, offset_ms);
    [
        ("Yesterday", (at(today - DAY), Some(at(today)))),
        ("This week", (at(week), None)),
        ("Last week", (at(week - WEEK), Some(at(week)))),
    ]
}

/// What two fields say, or what is wrong with them.
///
/// # Errors
/// In words for the viewer.
pub(super) fn read(
    from: &str,
    to: &str,
    now_ms: i64,
    offset_ms: &dyn Fn(i64) -> i64,
) -> Result<Between, &'static str> {
    let at = |text| wall_of(text).map(|wall| instant(wall, offset_ms));
    let from_ms = at(from).ok_or("Say from when: a day and a time.")?;
    if from_ms >= now_ms {
        return Err("The beginning lies in the future: there is nothing yet.");
    }
    if to.is_empty() {
        return Ok((from_ms, None));
    }
    let to_ms = at(to).ok_or("The end is no whole time: give day and time, or leave it empty.")?;
    if to_ms <= from_ms {
        return Err("The end has to come after the beginning.");
    }
    // Who says this very minute means now.
    let now = field(now_ms + offset_ms(now_ms));
    if to_ms > now_ms && field(to_ms + offset_ms(to_ms)) != now {
        return Err("The end lies in the future: leave it empty to follow what comes.");
    }
    Ok((from_ms, Some(to_ms.min(now_ms))))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::charts::model::stamp::utc;
    use crate::charts::model::time::epoch_ms;

    const HOUR: i64 = 3_600_000;

    fn now() -> i64 {
        // A Monday evening in UTC, Tuesday in Kolkata.
        epoch_ms("2026-11-23T22:15:30Z").unwrap()
    }

    fn said(between: Between) -> (String, Option<String>) {
        (utc(between.0), between.1.map(utc))
    }

    #[test]
    fn days_and_weeks_begin_on_the_wall_clock() {
        let kolkata = |_| 11 * HOUR / 2;
        let [yesterday, this_week, last_week] =
            presets(now(), &kolkata).map(|preset| said(preset.1));
        let text = |text: &str| text.to_owned();
        assert_eq!(
            yesterday,
            (
                text("2026-11-22T18:30:00Z"),
                Some(text("2026-11-23T18:30:00Z"))
            )
        );
        assert_eq!(this_week, (text("2026-11-22T18:30:00Z"), None));
        assert_eq!(
            last_week,
            (
                text("2026-11-15T18:30:00Z"),
                Some(text("2026-11-22T18:30:00Z"))
            )
        );
    }

    #[test]
    fn fields_are_read_on_the_wall_clock() {
        let berlin = |_| HOUR;
        let read = |from: &str, to: &str| read(from, to, now(), &berlin);
        let whole = read("2026-11-23T10:00", "2026-11-23T12:30").unwrap();
        assert_eq!(
            said(whole),
            (
                "2026-11-23T09:00:00Z".to_owned(),
                Some("2026-11-23T11:30:00Z".to_owned())
            )
        );
        assert_eq!(read("2026-11-23T10:00", "").unwrap().1, None);
        assert_eq!(
            read("2026-11-23T10:00", "2026-11-23T23:15").unwrap().1,
            Some(epoch_ms("2026-11-23T22:15:00Z").unwrap())
        );
    }

    #[test]
    fn what_is_wrong_is_said() {
        let read = |from: &str, to: &str| read(from, to, now(), &|_| 0).unwrap_err();
        assert!(read("", "").contains("from when"));
        assert!(read("2026-11-24T10:00", "").contains("future"));
        assert!(read("2026-11-23T10:00", "2026-11-23T10:00").contains("after"));
        assert!(read("2026-11-23T10:00", "2026-11-24T10:00").contains("future"));
    }
}
