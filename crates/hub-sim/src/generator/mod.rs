//! Makes audit rows from recorded calls.
//!
//! From the recording: server, tool, arguments, success, error, the tool's
//! duration. **Simulated on top**: who asks and when, a model latency, tokens and
//! their price, how many calls fail (about 3 % rather than the recording's
//! provoked quarter), what policy refuses. `result_summary` and `user_agent` of
//! every row say so ([`SIMULATED_MODEL`], [`SIMULATED_AGENT`]).
//!
//! The same seed and the same calls give the same rows.

mod compose;
pub mod pricing;
mod rhythm;
pub(crate) mod sentence;
mod traits;

use rand::{SeedableRng, rngs::Xoshiro256PlusPlus};

use crate::{AuditRow, seed::USERS};

pub use rhythm::{MEAN_RATE, rate};

/// Labels the part of a duration that no recording backs.
pub const SIMULATED_MODEL: &str = "simulated model";

/// The caller's program in every generated row.
pub const SIMULATED_AGENT: &str = "hub-sim (simulated caller)";

/// The source of simulated rows and of the times at which they come.
#[derive(Debug)]
pub struct Generator {
    // Fast without optimisation too, and the same on every machine.
    rng: Xoshiro256PlusPlus,
    seed: u64,
    rhythm: rhythm::Rhythm,
    /// Who runs the burst of the moment: one agent works in a loop.
    burst_user: Option<usize>,
}

impl Generator {
    /// A generator of its own; all it draws follows from `seed`.
    pub fn new(seed: u64) -> Self {
        Self {
            rng: Xoshiro256PlusPlus::seed_from_u64(seed),
            seed,
            rhythm: rhythm::Rhythm::default(),
            burst_user: None,
        }
    }

    /// The request that begins at `at` (microseconds UTC), as it will stand in
    /// `audit_logs` once it has ended.
    pub fn call(&mut self, at: i64) -> AuditRow {
        let user = match self.burst_user {
            Some(user) if self.rhythm.in_burst() => user,
            _ => traits::user(&mut self.rng),
        };
        self.burst_user = self.rhythm.in_burst().then_some(user);
        let person = USERS.get(user).map(|known| (user, known));
        compose::request(&mut self.rng, self.seed, at, person)
    }

    /// Microseconds from `at` to the next call, at least 1. Over a week the mean
    /// is [`MEAN_RATE`] calls a second, with office hours, nights and bursts.
    pub fn next_gap(&mut self, at: i64) -> i64 {
        self.rhythm.next_gap(&mut self.rng, at)
    }

    /// Requests that begin in `from..to`, oldest first.
    pub fn history(&mut self, from: i64, to: i64) -> impl Iterator<Item = AuditRow> {
        let mut at = from;
        std::iter::from_fn(move || {
            at = at.saturating_add(self.next_gap(at));
            (at < to).then(|| self.call(at))
        })
    }

    /// The times at which the last `count` requests before `to` begin, oldest
    /// first. Eight bytes a call are held in memory.
    pub fn last_arrivals(&mut self, to: i64, count: usize) -> Vec<i64> {
        let mut at = to;
        let mut times: Vec<i64> = std::iter::repeat_with(|| {
            at = at.saturating_sub(self.next_gap(at));
            at
        })
        .take(count)
        .collect();
        times.reverse();
        times
    }
}
