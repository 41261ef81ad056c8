//! Rows and windows as a fuzzer makes them up: `cargo xtask fuzz folds` runs it for longer.

use std::sync::LazyLock;
use std::time::Duration;

use bolero::check;
use jiff::tz::TimeZoneDatabase;
use timeline::{BucketSize, DAY, Money, SECOND, Window, Zone};

use crate::naive::{Row, add, tally};
use crate::properties::{assert_all_quarters, assert_all_windows, held};
use crate::ranges::assert_partition;

/// From 1990, since when all clocks differ by quarter-hours: what is counted by the quarter-hour
/// folds into everybody's days. Before, some did not (Kiritimati by 10 h 40 min), and the API asks the
/// database.
const FROM: i64 = 631_152_000 * SECOND;
/// And for 110 years, in microseconds.
const YEARS: u64 = 110 * 366 * 86_400 * 1_000_000;
const NAMES: [&str; 4] = ["Database MCP", "GitHub MCP", "Slack MCP", "Ünïcode 🦀"];

/// Seconds before now, servers as bits, cost, what went wrong, and how long it took.
type Made = (i32, u8, i32, bool, Option<i32>);

static ZONES: LazyLock<Vec<Zone>> = LazyLock::new(|| {
    let all = TimeZoneDatabase::bundled();
    let named = all.available().map(|name| name.as_str().to_owned());
    named.filter_map(|name| Zone::named(&name)).collect()
});

fn row(now: i64, (age, servers, cost, error, duration): Made) -> Row {
    let called = |place: &usize| (servers >> place) & 1 == 1;
    let names = (0..NAMES.len()).filter(called);
    Row {
        // Mostly lately: minutes and seconds are kept for some days only.
        at: now - i64::from(age >> (servers >> 4)) * SECOND,
        mcps: names.map(|place| NAMES[place].to_owned()).collect(),
        cost: Money::from_picodollars(i128::from(cost) * 1_000_003),
        error,
        duration_ms: duration.map(i64::from),
    }
}

#[test]
fn a_fold_is_that_of_its_rows_in_any_zone_at_any_time() {
    assert!(ZONES.len() > 400, "{}", ZONES.len());
    check!(name = "folds")
        .with_iterations(400)
        .with_test_time(Duration::from_secs(3))
        .with_type::<(u16, u64, i64, i64, u8, Vec<Made>)>()
        .for_each(|(zone, now, from, length, size, rows)| {
            let zone = &ZONES[usize::from(*zone) % ZONES.len()];
            let now = FROM + i64::try_from(now % YEARS).unwrap();
            let rows: Vec<Row> = rows.iter().map(|made| row(now, *made)).collect();
            let mut timeline = timeline::Timeline::new(30);
            for row in &rows {
                add(&mut timeline, now, row);
            }
            let held = held(&rows, now);
            assert_all_windows(&timeline, &held, now, zone);
            assert_all_quarters(&timeline, &held);
            let sizes = [None].into_iter().chain(BucketSize::ALL.map(Some));
            let size = sizes.cycle().nth(usize::from(*size)).flatten();
            for (from, to) in [
                (*from, from.wrapping_add(*length)),
                (
                    now - from.rem_euclid(400 * DAY),
                    now - length.rem_euclid(40 * DAY),
                ),
            ] {
                let Ok(window) = Window::between(from, to, size, now, zone) else {
                    continue;
                };
                assert_partition(&window, now);
                if timeline.resolves(&window, now) {
                    let series = timeline.series(&window.buckets);
                    let naive = window.buckets.iter().map(|bucket| tally(&held, *bucket));
                    assert!(series.into_iter().eq(naive), "{window:?} {}", zone.name());
                }
            }
        });
}
