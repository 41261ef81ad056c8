//! Answers as bytes: serialised once for everybody who asks the same, while it holds.

use bytes::Bytes;
use lru::LruCache;
use parking_lot::Mutex;
use serde::Serialize;
use std::num::NonZeroUsize;
use timeline::{MINUTE, Micros, SECOND, Zone};
use xxhash_rust::xxh3::xxh3_128;

use super::figures::Figures;
use super::{Chart, LiveError, View};

/// How many answers are kept, each some kilobytes.
const KEPT: NonZeroUsize = match NonZeroUsize::new(256) {
    Some(kept) => kept,
    None => NonZeroUsize::MIN,
};

/// A JSON answer, serialised once and shared by everybody who asks the same.
#[derive(Clone, Debug)]
pub struct Body {
    /// The JSON text.
    pub bytes: Bytes,
    /// Its weak validator (the same bytes may go out compressed), quoted as HTTP wants it.
    pub etag: String,
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
        })
    }
}

/// What is asked for, but for the time zone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Key {
    Stats,
    Chart(Chart, View),
    Snapshot(View),
}

/// Of what state of the figures, and of what moment, an answer is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Freshness {
    version: u64,
    moment: Micros,
}

impl Freshness {
    /// For windows: they move on with the minute.
    pub(super) fn by_minute(figures: &Figures, now: Micros) -> Freshness {
        Freshness {
            version: figures.version,
            moment: now.div_euclid(MINUTE),
        }
    }

    /// For "yesterday at this time", which moves on with the second.
    pub(super) fn by_second(figures: &Figures, now: Micros) -> Freshness {
        Freshness {
            version: figures.version,
            moment: now.div_euclid(SECOND),
        }
    }
}

/// The answers that are kept.
pub(super) struct Bodies {
    kept: Mutex<LruCache<(Key, String), (Freshness, Body)>>,
}

impl Default for Bodies {
    fn default() -> Self {
        Bodies {
            kept: Mutex::new(LruCache::new(KEPT)),
        }
    }
}

impl Bodies {
    /// The kept answer if it still holds, else the one that `fold` makes.
    pub(super) fn get<T: Serialize>(
        &self,
        key: Key,
        zone: &Zone,
        fresh: Freshness,
        fold: impl FnOnce() -> Result<T, LiveError>,
    ) -> Result<Body, LiveError> {
        let key = (key, zone.name().to_owned());
        if let Some((kept, body)) = self.kept.lock().get(&key)
            && *kept == fresh
        {
            return Ok(body.clone());
        }
        let body = Body::of(&fold()?)?;
        self.kept.lock().put(key, (fresh, body.clone()));
        Ok(body)
    }
}
