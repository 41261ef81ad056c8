//! Latency percentiles that merge.
//!
//! A log-linear histogram of whole milliseconds: below 128 ms every value has a bucket of
//! its own; above, every octave (128..256, 256..512, ...) has 64 equal buckets. So a bucket
//! is at most 1/64 of its lower bound wide, and its middle within 0.8 % of every value in
//! it. Two sketches of the same rows are equal, however the rows were split and ordered.

use std::iter::Peekable;

use serde::{Deserialize, Serialize};

/// Below this many milliseconds, values are exact.
const EXACT: u32 = 128;
/// log2 of [`EXACT`].
const EXACT_BITS: u32 = 7;
/// log2 of the buckets an octave has.
const SUB_BITS: u32 = 6;
/// The largest value told apart: 24 days.
const MAX_MS: u32 = i32::MAX.unsigned_abs();
/// Number of buckets: 128 exact ones and 64 for each octave up to 2^31.
const BUCKETS: usize = 128 + 24 * 64;

/// A bucket with rows is one 32-bit word: its key above, its count in the low 21 bits.
const COUNT_BITS: u32 = 21;
const MAX_COUNT: u32 = (1 << COUNT_BITS) - 1;

/// A mergeable set of latencies in milliseconds, 4 bytes a distinct bucket.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sketch {
    /// Sorted by key. A count beyond 21 bits takes several words, full ones first.
    words: Vec<u32>,
}

impl Sketch {
    /// Adds one latency. Negative is none; beyond `i32::MAX` counts as that.
    pub fn add(&mut self, ms: i64) {
        if ms < 0 {
            return;
        }
        let key = key_of(clamp(ms));
        let end = self.words.partition_point(|word| word >> COUNT_BITS <= key);
        let last = end
            .checked_sub(1)
            .and_then(|place| self.words.get_mut(place));
        match last {
            Some(word) if *word >> COUNT_BITS == key && *word & MAX_COUNT < MAX_COUNT => *word += 1,
            _ => self.words.insert(end, key << COUNT_BITS | 1),
        }
    }

    /// Adds everything another sketch holds.
    pub fn merge(&mut self, other: &Sketch) {
        if other.is_empty() {
            return;
        }
        if self.is_empty() {
            self.words.clone_from(&other.words);
            return;
        }
        let mut words = Vec::with_capacity(self.words.len() + other.words.len());
        let (mut ours, mut theirs) = (self.runs().peekable(), other.runs().peekable());
        while let Some((key, count)) = next_of_both(&mut ours, &mut theirs) {
            push(&mut words, key, count);
        }
        drop((ours, theirs));
        self.words = words;
    }

    /// How many latencies it holds.
    pub fn count(&self) -> u64 {
        self.words
            .iter()
            .map(|word| u64::from(word & MAX_COUNT))
            .sum()
    }

    /// Whether it holds none.
    pub fn is_empty(&self) -> bool {
        self.words.is_empty()
    }

    /// The `q`-quantile (0.95 for p95) in milliseconds, interpolated between neighbouring
    /// ranks as `PostgreSQL`'s `percentile_cont` does. `None` when empty or `q` is NaN.
    pub fn quantile(&self, q: f64) -> Option<f64> {
        let last = self.count().checked_sub(1)?;
        if q.is_nan() {
            return None;
        }
        let rank = q.clamp(0.0, 1.0) * last as f64;
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "between 0 and the number of rows"
        )]
        let below = rank.floor() as u64;
        let low = self.at_rank(below)?;
        let high = self.at_rank(below.saturating_add(1).min(last))?;
        Some(low + (high - low) * (rank - rank.floor()))
    }

    /// Gives back memory held for growth.
    pub(crate) fn shrink(&mut self) {
        self.words.shrink_to_fit();
    }

    /// Heap bytes held.
    pub(crate) fn bytes(&self) -> usize {
        self.words.capacity() * size_of::<u32>()
    }

    /// The value with that many below it.
    fn at_rank(&self, rank: u64) -> Option<f64> {
        let mut passed = 0_u64;
        for word in &self.words {
            passed += u64::from(word & MAX_COUNT);
            if rank < passed {
                return Some(middle(word >> COUNT_BITS));
            }
        }
        None
    }

    /// Each key once, ascending, with its count.
    fn runs(&self) -> impl Iterator<Item = (u32, u64)> {
        let mut words = self.words.iter().copied().peekable();
        std::iter::from_fn(move || {
            let first = words.next()?;
            let key = first >> COUNT_BITS;
            let mut count = u64::from(first & MAX_COUNT);
            while let Some(more) = words.next_if(|word| word >> COUNT_BITS == key) {
                count += u64::from(more & MAX_COUNT);
            }
            Some((key, count))
        })
    }
}

/// The next key of either, with the counts of both.
fn next_of_both(
    ours: &mut Peekable<impl Iterator<Item = (u32, u64)>>,
    theirs: &mut Peekable<impl Iterator<Item = (u32, u64)>>,
) -> Option<(u32, u64)> {
    let key = match (ours.peek(), theirs.peek()) {
        (Some((our, _)), Some((their, _))) => *our.min(their),
        (Some((key, _)), None) | (None, Some((key, _))) => *key,
        (None, None) => return None,
    };
    let our = ours.next_if(|run| run.0 == key).map_or(0, |run| run.1);
    let their = theirs.next_if(|run| run.0 == key).map_or(0, |run| run.1);
    Some((key, our + their))
}

/// Appends a key with its count, in as many words as it takes.
fn push(words: &mut Vec<u32>, key: u32, mut count: u64) {
    while count > 0 {
        let part = u32::try_from(count).unwrap_or(MAX_COUNT).min(MAX_COUNT);
        words.push(key << COUNT_BITS | part);
        count -= u64::from(part);
    }
}

/// Sums many sketches quickly: one counter for each possible bucket.
pub(crate) struct Gather {
    counts: Vec<u64>,
}

impl Gather {
    pub(crate) fn new() -> Gather {
        Gather {
            counts: vec![0; BUCKETS],
        }
    }

    pub(crate) fn add(&mut self, sketch: &Sketch) {
        for word in &sketch.words {
            let place = usize::try_from(word >> COUNT_BITS).unwrap_or(usize::MAX);
            if let Some(count) = self.counts.get_mut(place) {
                *count += u64::from(word & MAX_COUNT);
            }
        }
    }

    pub(crate) fn into_sketch(self) -> Sketch {
        let mut words = Vec::new();
        for (key, count) in (0..).zip(self.counts) {
            push(&mut words, key, count);
        }
        Sketch { words }
    }
}

/// The lower bound, in milliseconds, of the bucket that a latency falls in.
///
/// SQL that groups by this and counts gives the same sketch. Negative counts as 0.
pub fn floor_of(ms: i64) -> i64 {
    i64::from(lower_bound(key_of(clamp(ms))))
}

fn clamp(ms: i64) -> u32 {
    u32::try_from(ms.max(0)).unwrap_or(MAX_MS).min(MAX_MS)
}

/// The bucket of a latency of at most [`MAX_MS`].
fn key_of(ms: u32) -> u32 {
    if ms < EXACT {
        return ms;
    }
    let octave = ms.ilog2();
    let sub = (ms >> (octave - SUB_BITS)) - (1 << SUB_BITS);
    EXACT + ((octave - EXACT_BITS) << SUB_BITS) + sub
}

/// log2 of the width of a bucket beyond the exact ones, and its place in its octave.
fn octave_and_sub(key: u32) -> Option<(u32, u32)> {
    let above = key.checked_sub(EXACT)?;
    Some(((above >> SUB_BITS) + 1, above & ((1 << SUB_BITS) - 1)))
}

fn lower_bound(key: u32) -> u32 {
    match octave_and_sub(key) {
        Some((width_bits, sub)) => ((1 << SUB_BITS) + sub) << width_bits,
        None => key,
    }
}

/// The middle of a bucket's whole milliseconds.
fn middle(key: u32) -> f64 {
    let width = octave_and_sub(key).map_or(1, |(width_bits, _)| 1_u32 << width_bits);
    f64::from(lower_bound(key)) + f64::from(width - 1) / 2.0
}
