//! Answers as bytes: serialised once for everybody who asks the same, while it holds.

use bytes::Bytes;
use lru::LruCache;
use parking_lot::Mutex;
use serde::Serialize;
use std::num::NonZeroUsize;
use timeline::{MINUTE, Micros, SECOND};
use xxhash_rust::xxh3::xxh3_128;

use super::figures::Figures;
use super::{Audience, LiveError};

/// How many answers are kept...
const KEPT: NonZeroUsize = match NonZeroUsize::new(128) {
    Some(kept) => kept,
    None => NonZeroUsize::MIN,
};
/// ...and how large each may be, bytes: a snapshot has 20,000, and pages of calls that are larger
/// are asked for by one reader at a time.
const LARGEST: usize = 64 * 1024;
/// The longest question whose answer is kept, bytes.
const LONGEST: usize = 512;

/// A JSON answer, serialised once and shared by everybody who asks the same.
#[derive(Clone, Debug)]
pub struct Body {
    /// The JSON text.
    pub bytes: Bytes,
    /// Its weak validator (the same bytes may go out compressed), quoted as HTTP wants it.
    pub etag: String,
    /// How long it holds; an answer that has none is made anew for everybody.
    fresh: Option<Freshness>,
}

impl Body {
    /// # Errors
    /// When the answer cannot be written as JSON, which no answer of ours should do.
    pub(crate) fn of(answer: &impl Serialize) -> Result<Body, LiveError> {
        let text = serde_json::to_vec(answer).map_err(|e| LiveError::Internal(e.to_string()))?;
        let etag = format!("W/\"{:032x}\"", xxh3_128(&text));
        Ok(Body {
            bytes: Bytes::from(text),
            etag,
            fresh: None,
        })
    }

    /// The same answer, which holds as long as that.
    pub(super) fn fresh(self, fresh: impl Into<Option<Freshness>>) -> Body {
        Body {
            fresh: fresh.into(),
            ..self
        }
    }
}

/// Of what state of the figures, and of what moment, an answer is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Freshness {
    version: u64,
    /// How long a moment is.
    pace: Micros,
    moment: i64,
}

impl Freshness {
    fn of(figures: &Figures, now: Micros, pace: Micros) -> Freshness {
        Freshness {
            version: figures.version,
            pace,
            moment: now.div_euclid(pace),
        }
    }

    /// For windows: they move on with the minute.
    pub(super) fn by_minute(figures: &Figures, now: Micros) -> Freshness {
        Freshness::of(figures, now, MINUTE)
    }

    /// For "yesterday at this time", which moves on with the second.
    pub(super) fn by_second(figures: &Figures, now: Micros) -> Freshness {
        Freshness::of(figures, now, SECOND)
    }

    fn still_holds(self, figures: &Figures, now: Micros) -> bool {
        self == Freshness::of(figures, now, self.pace)
    }
}

/// Who asks, and the words they ask with.
type Question = (Audience, String);

/// The answers that are kept. Whoever asks with the same words has the same answer: looking it up
/// costs less than reading what the words mean.
pub(super) struct Bodies {
    kept: Mutex<LruCache<Question, Body>>,
}

impl Default for Bodies {
    fn default() -> Self {
        Bodies {
            kept: Mutex::new(LruCache::new(KEPT)),
        }
    }
}

impl Bodies {
    /// The kept answer, if it still holds.
    pub(super) fn get(
        &self,
        audience: Audience,
        words: &str,
        figures: &Figures,
        now: Micros,
    ) -> Option<Body> {
        let question = (words.len() <= LONGEST).then(|| (audience, words.to_owned()))?;
        let mut kept = self.kept.lock();
        let body = kept.get(&question)?;
        let fresh = body.fresh?;
        fresh.still_holds(figures, now).then(|| body.clone())
    }

    /// Keeps an answer, if it holds for a while.
    pub(super) fn put(&self, audience: Audience, words: &str, body: &Body) {
        if body.fresh.is_some() && body.bytes.len() <= LARGEST && words.len() <= LONGEST {
            let question = (audience, words.to_owned());
            self.kept.lock().put(question, body.clone());
        }
    }
}
