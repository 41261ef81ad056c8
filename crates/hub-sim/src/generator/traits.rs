//! The draws behind a request: who, which servers, whether it fails, how large.

use rand::{Rng, RngExt, seq::IndexedRandom};
use rand_distr::StandardNormal;

use super::pricing::{MODELS, Model, Tokens};
use crate::{
    HOUR,
    recording::{Call, RECORDING, RecordedServer},
    seed::USERS,
};

/// How a recorded server is used: share of the calls, share that fails.
const USE: [(&str, f64, f64); 6] = [
    ("Filesystem MCP", 0.30, 0.022),
    ("Git MCP", 0.22, 0.012),
    ("Memory MCP", 0.16, 0.029),
    ("Everything MCP", 0.14, 0.017),
    ("Time MCP", 0.12, 0.031),
    ("Thinking MCP", 0.06, 0.007),
];

/// One server-hour in this many is a bad one.
const BAD_HOUR_IN: u64 = 60;
/// How many times as many calls fail then.
const BAD_HOUR_FACTOR: f64 = 6.0;

/// A latency above this many standard deviations is worth a warning: 1 in 100.
const SLOW: f64 = 2.326;

/// The index in `USERS` of who asks.
pub(super) fn user(rng: &mut impl Rng) -> usize {
    const INDEXES: [usize; USERS.len()] = {
        let mut indexes = [0; USERS.len()];
        let mut at = 0;
        while at < USERS.len() {
            indexes[at] = at;
            at += 1;
        }
        indexes
    };
    let weight = |index: &usize| USERS.get(*index).map_or(0.0, |user| user.weight);
    INDEXES.choose_weighted(rng, weight).copied().unwrap_or(0)
}

/// One call of a server, as it went.
#[derive(Debug, Clone, Copy)]
pub(super) struct Drawn {
    pub(super) server: &'static RecordedServer,
    pub(super) call: &'static Call,
    pub(super) failed: bool,
}

/// `count` calls, each of another server.
pub(super) fn calls(rng: &mut impl Rng, seed: u64, at: i64, count: usize) -> Vec<Drawn> {
    let mut drawn: Vec<Drawn> = Vec::with_capacity(count);
    // Bounded: servers already drawn are drawn again now and then.
    for _ in 0..count * 20 {
        if drawn.len() == count {
            break;
        }
        let Ok((name, _, failing)) = USE.choose_weighted(rng, |used| used.1) else { break };
        let Some(server) = RECORDING.iter().find(|server| server.name == *name) else { continue };
        if drawn.iter().any(|one| one.server.name == server.name) {
            continue;
        }
        let chance = if bad_hour(seed, at, name) { failing * BAD_HOUR_FACTOR } else { *failing };
        let failed = rng.random_bool(chance.clamp(0.0, 1.0));
        let calls = if failed { &server.failures } else { &server.successes };
        drawn.extend(calls.choose(rng).map(|call| Drawn { server, call, failed }));
    }
    drawn
}

/// Whether a server has a bad hour, the same answer for the whole hour.
fn bad_hour(seed: u64, at: i64, server: &str) -> bool {
    // FNV-1a: any mixing will do, as long as it stays the same.
    let hour = at.div_euclid(HOUR).to_le_bytes();
    let bytes = seed.to_le_bytes().into_iter().chain(hour).chain(server.bytes());
    let mixed = bytes.fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    });
    (mixed >> 20).is_multiple_of(BAD_HOUR_IN)
}

/// What the model adds to a request: all of it simulated.
#[derive(Debug, Clone, Copy)]
pub(super) struct ModelRun {
    pub(super) model: Model,
    pub(super) tokens: Tokens,
    pub(super) latency_ms: i64,
    /// Slower than 99 in 100.
    pub(super) slow: bool,
}

/// A model's part in a request that calls `tools` tools.
pub(super) fn model_run(rng: &mut impl Rng, tools: usize) -> ModelRun {
    let [fallback, ..] = MODELS;
    let model = *MODELS.choose_weighted(rng, |model| model.weight).unwrap_or(&fallback);
    let rounds = tools as f64 + 1.0;
    let deviation: f64 = rng.sample(StandardNormal);
    let input = lognormal(rng, 900.0 * rounds, 0.7, 60_000);
    let output = lognormal(rng, 110.0 * rounds, 0.8, 8_000);
    // Half of the requests find part of their prompt in the cache.
    let cached = if rng.random_bool(0.5) {
        lognormal(rng, 500.0, 0.6, 60_000).min(input * 9 / 10)
    } else {
        0
    };
    ModelRun {
        model,
        tokens: Tokens { input, output, cached },
        latency_ms: whole(model.median_ms * (0.6 * deviation).exp(), 60_000).into(),
        slow: deviation > SLOW,
    }
}

/// A lognormal whole number with that median, from 1 to `most`.
fn lognormal(rng: &mut impl Rng, median: f64, sigma: f64, most: i32) -> i32 {
    let deviation: f64 = rng.sample(StandardNormal);
    whole(median * (sigma * deviation).exp(), most)
}

fn whole(value: f64, most: i32) -> i32 {
    #[expect(clippy::cast_possible_truncation, reason = "clamped to an i32 first")]
    let whole = value.clamp(1.0, f64::from(most)) as i32;
    whole
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_servers_in_use_are_those_of_the_recording() {
        for (name, ..) in USE {
            assert!(RECORDING.iter().any(|server| server.name == name), "{name}");
        }
        assert_eq!(USE.len(), RECORDING.len());
    }

    #[test]
    fn a_bad_hour_is_rare_and_lasts_the_hour() {
        let hours = 6_000;
        let bad = (0..hours).filter(|hour| bad_hour(1, hour * HOUR, "Git MCP")).count();
        assert!((60..150).contains(&bad), "{bad} of {hours}");
        for hour in 0..100 {
            let start = bad_hour(1, hour * HOUR, "Git MCP");
            assert_eq!(start, bad_hour(1, hour * HOUR + HOUR - 1, "Git MCP"));
        }
    }
}
