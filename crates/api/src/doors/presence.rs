//! Which sessions have streams open, and which have ended before their time.

use std::collections::HashMap;
use std::num::NonZeroUsize;
use std::sync::Arc;

use lru::LruCache;
use parking_lot::Mutex;
use tokio_util::sync::CancellationToken;

/// Sessions that were ended and are remembered, each some bytes.
const ENDED: NonZeroUsize = match NonZeroUsize::new(8_192) {
    Some(ended) => ended,
    None => NonZeroUsize::MIN,
};

/// A session's number.
type Id = [u8; 16];

/// The sessions of this process.
pub(super) struct Sessions {
    inner: Mutex<Inner>,
}

struct Inner {
    /// Those with streams: as many as there are streams, at most.
    open: HashMap<Id, Open>,
    ended: LruCache<Id, ()>,
}

struct Open {
    streams: usize,
    left: CancellationToken,
}

impl Default for Sessions {
    fn default() -> Self {
        Sessions {
            inner: Mutex::new(Inner {
                open: HashMap::new(),
                ended: LruCache::new(ENDED),
            }),
        }
    }
}

impl Sessions {
    /// Whether it was ended here.
    pub(super) fn has_ended(&self, id: Id) -> bool {
        self.inner.lock().ended.contains(&id)
    }

    /// Ends it: everybody present learns of it, and nobody joins any more.
    pub(super) fn end(&self, id: Id) {
        let mut inner = self.inner.lock();
        inner.ended.put(id, ());
        if let Some(open) = inner.open.remove(&id) {
            open.left.cancel();
        }
    }

    /// One more stream of this session.
    pub(super) fn join(self: &Arc<Self>, id: Id) -> Presence {
        let mut inner = self.inner.lock();
        let left = if inner.ended.contains(&id) {
            let left = CancellationToken::new();
            left.cancel();
            left
        } else {
            let open = inner.open.entry(id).or_insert_with(|| Open {
                streams: 0,
                left: CancellationToken::new(),
            });
            open.streams += 1;
            open.left.clone()
        };
        Presence {
            sessions: Arc::clone(self),
            id,
            left,
        }
    }
}

/// A stream of a session, while it is open.
pub(super) struct Presence {
    sessions: Arc<Sessions>,
    id: Id,
    /// Cancelled when the session was ended.
    pub(super) left: CancellationToken,
}

impl Drop for Presence {
    fn drop(&mut self) {
        let mut inner = self.sessions.inner.lock();
        if let Some(open) = inner.open.get_mut(&self.id) {
            open.streams -= 1;
            if open.streams == 0 {
                inner.open.remove(&self.id);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whoever_is_there_learns_that_it_ended_and_nobody_comes_after() {
        let sessions = Arc::new(Sessions::default());
        let (first, second) = (sessions.join([1; 16]), sessions.join([1; 16]));
        let other = sessions.join([2; 16]);
        drop(first);
        sessions.end([1; 16]);
        assert!(second.left.is_cancelled() && !other.left.is_cancelled());
        assert!(sessions.join([1; 16]).left.is_cancelled());
        assert!(sessions.has_ended([1; 16]) && !sessions.has_ended([2; 16]));
        drop((second, other));
        assert!(sessions.inner.lock().open.is_empty());
    }
}
