//! Messages as a fuzzer makes them up: `cargo xtask fuzz messages` runs it for longer.

use std::time::Duration;

use bolero::check;
use grammar::{Understood, understand};

use crate::world::{known, zone};

const ZONES: [&str; 8] = [
    "UTC",
    "Europe/Berlin",
    "America/Santiago",
    "Pacific/Apia",
    "Africa/Cairo",
    "Australia/Lord_Howe",
    "Asia/Kathmandu",
    "America/St_Johns",
];
/// Longer than the longest thing that is said back.
const SAID_BACK: usize = 300;

#[test]
fn any_message_at_any_moment_is_a_question_or_none() {
    let known = known();
    check!(name = "messages")
        .with_iterations(4_000)
        .with_test_time(Duration::from_secs(3))
        .for_each(|bytes: &[u8]| {
            let Some((&[place, ref moment @ ..], text)) = bytes.split_first_chunk::<8>() else {
                return;
            };
            let mut at = [0; 8];
            at[1..].copy_from_slice(moment);
            // A quarter of the 64 bits: some two thousand years around the epoch.
            let moment = i64::from_be_bytes(at) - (1 << 55);
            let zone = zone(ZONES[usize::from(place) % ZONES.len()]);
            let text = String::from_utf8_lossy(text);
            let first = understand(&text, &known, &zone, moment);
            assert_eq!(first, understand(&text, &known, &zone, moment), "{text:?}");
            if let Understood::Nothing { unknown, .. } = first {
                assert!(
                    unknown.iter().all(|said| said.len() < SAID_BACK),
                    "{text:?}"
                );
            }
        });
}
