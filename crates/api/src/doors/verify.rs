//! Checking passwords and tokens, which is dear on purpose: apart from everything else, two at
//! a time, and for programs once a minute.

use std::num::NonZeroUsize;
use std::sync::Arc;

use argon2::password_hash::phc::PasswordHash;
use argon2::{Argon2, Params, PasswordHasher, PasswordVerifier};
use hmac::Mac;
use lru::LruCache;
use parking_lot::Mutex;
use timeline::{Micros, SECOND};
use tokio::sync::Semaphore;

use super::session::Seal;
use super::{DoorError, Shown};
use crate::clock::Clock;

/// Checks at once: each takes a processor and some memory.
const AT_ONCE: usize = 2;
/// Checks that may wait.
const WAITING: usize = 16;
/// What was found right and is remembered.
const REMEMBERED: NonZeroUsize = match NonZeroUsize::new(256) {
    Some(remembered) => remembered,
    None => NonZeroUsize::MIN,
};
/// For how long.
const HOLDS: Micros = 60 * SECOND;
/// The shortest password that is hashed, in characters.
const SHORTEST: usize = 8;

/// Whoever checks.
pub(super) struct Verifier {
    turns: Arc<Semaphore>,
    room: Arc<Semaphore>,
}

impl Default for Verifier {
    fn default() -> Self {
        Verifier {
            turns: Arc::new(Semaphore::new(AT_ONCE)),
            room: Arc::new(Semaphore::new(AT_ONCE + WAITING)),
        }
    }
}

impl Verifier {
    /// Which of these hashes is the secret's, the first one.
    ///
    /// # Errors
    /// When more are being checked than there is room for.
    pub(super) async fn which(
        &self,
        hashes: Vec<Arc<str>>,
        secret: String,
    ) -> Result<Option<usize>, DoorError> {
        let place = Arc::clone(&self.room).try_acquire_owned();
        let place = place.map_err(|_| DoorError::Busy)?;
        let turn = Arc::clone(&self.turns).acquire_owned().await;
        let turn = turn.map_err(|_| DoorError::Internal)?;
        let checking = tokio::task::spawn_blocking(move || {
            // Whoever asked may have gone away: the work goes on, and so its turn is taken.
            let _held = (place, turn);
            hashes.iter().position(|hash| fits(hash, &secret))
        });
        checking.await.map_err(|_| DoorError::Internal)
    }
}

fn fits(hash: &str, secret: &str) -> bool {
    let Ok(hash) = PasswordHash::new(hash) else {
        return false;
    };
    let secret = secret.as_bytes();
    Argon2::default().verify_password(secret, &hash).is_ok()
}

/// A hash that nothing fits, as dear to check as the dearest of these.
pub(super) fn like<'a>(hashes: impl Iterator<Item = &'a str>, random: [u8; 32]) -> Arc<str> {
    let params = |hash| Params::try_from(&PasswordHash::new(hash).ok()?).ok();
    let cost = |params: &Params| u64::from(params.m_cost()) * u64::from(params.t_cost());
    let dearest = hashes.filter_map(params).max_by_key(cost);
    let argon2 = Argon2::from(dearest.unwrap_or_default());
    let (salt, unknown) = random.split_at(16);
    let hash = argon2.hash_password_with_salt(unknown, salt);
    hash.map(|hash| Arc::from(hash.to_string()))
        .unwrap_or_default()
}

/// Why a password was not hashed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum HashError {
    /// Anybody could guess it.
    #[error(
        "a password or token must have 8 characters at least, on one line of the standard input"
    )]
    Short,
    /// A mistake of ours.
    #[error("the password cannot be hashed")]
    Internal,
}

/// The hash of a password or token, as `AUTH_USERS` wants it; `salt` is random.
///
/// # Errors
/// When it is too short.
pub fn hashed(password: &str, salt: [u8; 16]) -> Result<String, HashError> {
    if password.chars().count() < SHORTEST {
        return Err(HashError::Short);
    }
    let hash = Argon2::default().hash_password_with_salt(password.as_bytes(), &salt);
    let hash: PasswordHash = hash.map_err(|_| HashError::Internal)?;
    Ok(hash.to_string())
}

/// What was found right, under a keyed hash: nothing of it is kept as it was shown.
pub(super) struct Remembered {
    seal: Seal,
    clock: Clock,
    kept: Mutex<LruCache<Mark, (usize, Micros)>>,
}

/// What stands for a password or token here.
pub(super) type Mark = [u8; 32];

impl Remembered {
    pub(super) fn new(seal: Seal, clock: Clock) -> Remembered {
        Remembered {
            seal,
            clock,
            kept: Mutex::new(LruCache::new(REMEMBERED)),
        }
    }

    pub(super) fn mark(&self, shown: &Shown) -> Mark {
        let name = shown.name();
        let seal = self
            .seal
            .clone()
            .chain_update((name.len() as u64).to_be_bytes());
        let seal = seal.chain_update(name).chain_update(shown.secret());
        seal.finalize().into_bytes().into()
    }

    /// Whose it is, where that is known.
    pub(super) fn whose(&self, mark: &Mark) -> Option<usize> {
        let now = (self.clock)();
        let mut kept = self.kept.lock();
        let (whose, since) = *kept.get(mark)?;
        (since..since + HOLDS).contains(&now).then_some(whose)
    }

    pub(super) fn keep(&self, mark: Mark, whose: usize) {
        self.kept.lock().put(mark, (whose, (self.clock)()));
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicI64, Ordering};

    use futures_util::FutureExt;

    use super::super::session::keyed;
    use super::*;

    fn cheap(secret: &str) -> Arc<str> {
        let argon2 = Argon2::from(Params::new(8, 1, 1, None).unwrap());
        let hash = argon2
            .hash_password_with_salt(secret.as_bytes(), b"some salt")
            .unwrap();
        Arc::from(hash.to_string())
    }

    #[tokio::test]
    async fn the_one_that_fits_is_found_and_a_spare_one_fits_nothing() {
        let verifier = Verifier::default();
        let hashes = vec![cheap("one"), cheap("two"), cheap("two")];
        let which = |secret: &str| verifier.which(hashes.clone(), secret.to_owned());
        assert_eq!(which("two").await, Ok(Some(1)));
        assert_eq!(which("three").await, Ok(None));
        let spare = like(hashes.iter().map(|hash| &**hash), [7; 32]);
        assert!(spare.starts_with("$argon2id$v=19$m=8,t=1,p=1$"), "{spare}");
        let spare = vec![spare, Arc::from("junk")];
        assert_eq!(verifier.which(spare, "two".to_owned()).await, Ok(None));
    }

    #[tokio::test]
    async fn more_than_can_wait_are_sent_away() {
        let verifier = Verifier::default();
        let turns = Arc::clone(&verifier.turns)
            .acquire_many_owned(2)
            .await
            .unwrap();
        let check = || Box::pin(verifier.which(vec![cheap("one")], "one".to_owned()));
        let mut waiting: Vec<_> = (0..18).map(|_| check()).collect();
        for check in &mut waiting {
            assert_eq!(check.now_or_never(), None);
        }
        assert_eq!(check().await, Err(DoorError::Busy));
        drop(turns);
        for check in waiting {
            assert_eq!(check.await, Ok(Some(0)));
        }
    }

    #[test]
    fn what_was_right_is_remembered_for_a_minute() {
        let now = Arc::new(AtomicI64::new(0));
        let read = Arc::clone(&now);
        let clock: Clock = Arc::new(move || read.load(Ordering::SeqCst));
        let remembered = Remembered::new(keyed([1; 32]), clock);
        let mark = |name: &str, password: &str| {
            remembered.mark(&Shown::Password {
                name: name.to_owned(),
                password: password.to_owned(),
            })
        };
        remembered.keep(mark("ab", "c"), 3);
        assert_eq!(remembered.whose(&mark("ab", "c")), Some(3));
        assert_eq!(remembered.whose(&mark("a", "bc")), None);
        now.store(HOLDS, Ordering::SeqCst);
        assert_eq!(remembered.whose(&mark("ab", "c")), None);
    }

    #[test]
    fn a_hash_is_one_of_argon2id_and_short_passwords_have_none() {
        let hash = hashed("correct horse", [7; 16]).unwrap();
        assert!(
            hash.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"),
            "{hash}"
        );
        assert!(fits(&hash, "correct horse") && !fits(&hash, "correct house"));
        for short in ["", "1234567", "äöüäöüä"] {
            assert_eq!(hashed(short, [7; 16]), Err(HashError::Short));
        }
    }
}
