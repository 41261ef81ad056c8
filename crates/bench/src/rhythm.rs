//! A hub that writes calls in an even rhythm, whatever the hour.

use std::time::{Duration, Instant};

use e2e::{Hub, now};
use hub_sim::generator::Generator;
use tokio::time::{MissedTickBehavior, interval};

/// Calls of the past: more than the page's feed holds.
const PAST: usize = 12_000;

/// Writes a past that is longer than what the page's feed holds.
pub(crate) async fn past(hub: &Hub, generator: &mut Generator) {
    let past = generator.last_arrivals(now(), PAST);
    let past: Vec<_> = past.into_iter().map(|at| generator.call(at)).collect();
    for rows in past.chunks(2_000) {
        hub.write(rows).await;
    }
}

/// Writes so many calls a second, each in a transaction of its own, until it is stopped; says of
/// each when it was committed.
pub(crate) async fn write(
    hub: &Hub,
    generator: &mut Generator,
    rate: u32,
    mut committed: impl FnMut(i64, Instant),
) {
    let mut beat = interval(Duration::from_secs(1) / rate);
    // Whoever asks a hub does not wait for its database: what that held up comes right after.
    beat.set_missed_tick_behavior(MissedTickBehavior::Burst);
    loop {
        beat.tick().await;
        for id in hub.write(&[generator.call(now())]).await {
            committed(id, Instant::now());
        }
    }
}
