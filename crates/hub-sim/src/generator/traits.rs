//! The draws behind a request: who, which servers, whether it fails, how large.

use std::sync::LazyLock;

use rand::{
    Rng, RngExt,
    distr::{Distribution as _, weighted::WeightedIndex},
    seq::IndexedRandom,
};
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

/// Weighted choices, prepared once. None only for weights that are not weights,
/// which the tests of this module rule out.
type Weights = LazyLock<Option<WeightedIndex<f64>>>;

static USER_WEIGHTS: Weights = LazyLock::new(|| weights(USERS.iter().map(|user| user.weight)));
static SERVER_WEIGHTS: Weights = LazyLock::new(|| weights(USE.iter().map(|used| used.1)));
static MODEL_WEIGHTS: Weights = LazyLock::new(|| weights(MODELS.iter().map(|model| model.weight)));

fn weights(weights: impl Iterator<Item = f64>) -> Option<WeightedIndex<f64>> {
    WeightedIndex::new(weights).ok()
}

fn pick<'t, T>(rng: &mut impl Rng, weights: &Weights, things: &'t [T]) -> Option<(usize, &'t T)> {
    let index = weights.as_ref()?.sample(rng);
    Some((index, things.get(index)?))
}

/// The index in `USERS` of who asks.
pub(super) fn user(rng: &mut impl Rng) -> usize {
    pick(rng, &USER_WEIGHTS, &USERS).map_or(0, |(index, _)| index)
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
        let Some((_, (name, _, failing))) = pick(rng, &SERVER_WEIGHTS, &USE) else {
            break;
        };
        let Some(server) = RECORDING.iter().find(|server| server.name == *name) else {
            continue;
        };
        if drawn.iter().any(|one| one.server.name == server.name) {
            continue;
        }
        let chance = if bad_hour(seed, at, name) {
            failing * BAD_HOUR_FACTOR
        } else {
            *failing
        };
        let failed = rng.random_bool(chance.clamp(0.0, 1.0));
        let calls = if failed {
            &server.failures
        } else {
            &server.successes
        };
        drawn.extend(calls.choose(rng).map(|call| Drawn {
            server,
            call,
            failed,
        }));
    }
    drawn
}

/// Whether a server has a bad hour, the same answer for the whole hour.
fn bad_hour(seed: u64, at: i64, server: &str) -> bool {
    // FNV-1a: any mixing will do, as long as it stays the same.
    let hour = at.div_euclid(HOUR).to_le_bytes();
    let bytes = seed
        .to_le_bytes()
        .into_iter()
        .chain(hour)
        .chain(server.bytes());
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
    let model = pick(rng, &MODEL_WEIGHTS, &MODELS).map_or(fallback, |(_, model)| *model);
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
        tokens: Tokens {
            input,
            output,
            cached,
        },
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
    fn every_weight_is_a_weight() {
        assert!(USER_WEIGHTS.is_some() && SERVER_WEIGHTS.is_some() && MODEL_WEIGHTS.is_some());
    }

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
        let bad = (0..hours)
            .filter(|hour| bad_hour(1, hour * HOUR, "Git MCP"))
            .count();
        assert!((60..150).contains(&bad), "{bad} of {hours}");
        for hour in 0..100 {
            let start = bad_hour(1, hour * HOUR, "Git MCP");
            assert_eq!(start, bad_hour(1, hour * HOUR + HOUR - 1, "Git MCP"));
        }
    }
}
