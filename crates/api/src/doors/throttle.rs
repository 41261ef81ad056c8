//! Wrong passwords and tokens are taken slowly: five, and then one every ten seconds, from one
//! address for one name; from one address for all names some more. Right ones cost nothing.

use std::hash::Hash;
use std::net::{IpAddr, Ipv6Addr};
use std::num::{NonZeroU32, NonZeroUsize};
use std::sync::Arc;
use std::time::Duration;

use governor::clock::Clock as Ticks;
use governor::middleware::NoOpMiddleware;
use governor::nanos::Nanos;
use governor::state::StateStore;
use governor::{Quota, RateLimiter};
use lru::LruCache;
use parking_lot::Mutex;

use super::DoorError;
use crate::clock::Clock;

/// Addresses and names that are remembered, each some hundred bytes; who has not tried for
/// longest is forgotten.
const KEPT: NonZeroUsize = match NonZeroUsize::new(16_384) {
    Some(kept) => kept,
    None => NonZeroUsize::MIN,
};
/// From one address for one name: this many at once, and one more each pause.
const FOR_ONE: (u32, Duration) = (5, Duration::from_secs(10));
/// From one address, where many people may sit behind one proxy.
const FOR_ALL: (u32, Duration) = (20, Duration::from_secs(2));

/// What is wrong is counted here.
pub(super) struct Throttle {
    one: Limiter<(IpAddr, String)>,
    all: Limiter<IpAddr>,
}

/// A try that was let through, and counts as a wrong one until it turns out right.
pub(super) struct Try {
    one: (IpAddr, String),
    all: IpAddr,
}

impl Throttle {
    pub(super) fn new(clock: &Clock) -> Throttle {
        Throttle {
            one: Limiter::new(FOR_ONE, clock),
            all: Limiter::new(FOR_ALL, clock),
        }
    }

    /// Lets a try through. It is counted before it is known to be wrong: else many at once would
    /// all get through.
    ///
    /// # Errors
    /// When there were too many wrong ones, and how long to wait.
    pub(super) fn begin(&self, client: IpAddr, name: &str) -> Result<Try, DoorError> {
        let all = network(client);
        let one = (all, name.to_owned());
        self.all.take(&all)?;
        self.one
            .take(&one)
            .inspect_err(|_| self.all.give_back(&all))?;
        Ok(Try { one, all })
    }

    /// It was right: as if it had not been.
    pub(super) fn was_right(&self, tried: &Try) {
        self.one.give_back(&tried.one);
        self.all.give_back(&tried.all);
    }
}

/// Whoever has one address of IPv6 has all of its network.
fn network(client: IpAddr) -> IpAddr {
    match client.to_canonical() {
        IpAddr::V6(address) => {
            IpAddr::V6(Ipv6Addr::from_bits(address.to_bits() & (u128::MAX << 64)))
        }
        address @ IpAddr::V4(_) => address,
    }
}

struct Limiter<K: Hash + Eq + Clone> {
    counts: RateLimiter<K, Kept<K>, Ticking, NoOpMiddleware<Nanos>>,
    kept: Kept<K>,
    clock: Ticking,
    pause: u64,
}

impl<K: Hash + Eq + Clone> Limiter<K> {
    fn new((burst, pause): (u32, Duration), clock: &Clock) -> Limiter<K> {
        let clock = Ticking(clock.clone());
        let burst = NonZeroU32::new(burst).unwrap_or(NonZeroU32::MIN);
        let quota = Quota::with_period(pause)
            .unwrap_or_else(|| Quota::per_second(NonZeroU32::MIN))
            .allow_burst(burst);
        let kept = Kept(Arc::new(Mutex::new(LruCache::new(KEPT))));
        Limiter {
            counts: RateLimiter::new(quota, kept.clone(), clock.clone()),
            kept,
            clock,
            pause: Nanos::from(quota.replenish_interval()).as_u64(),
        }
    }

    fn take(&self, key: &K) -> Result<(), DoorError> {
        self.counts.check_key(key).map_err(|until| {
            let wait = until.wait_time_from(self.clock.now());
            let seconds = wait.as_millis().div_ceil(1_000).max(1);
            DoorError::Throttled(u32::try_from(seconds).unwrap_or(u32::MAX))
        })
    }

    /// What is kept is the moment at which all is forgotten: a pause earlier again.
    fn give_back(&self, key: &K) {
        if let Some(kept) = self.kept.0.lock().get_mut(key) {
            *kept = Nanos::new(kept.as_u64().saturating_sub(self.pause));
        }
    }
}

/// What the limiter remembers: bounded, unlike its own.
#[derive(Clone)]
struct Kept<K: Hash + Eq>(Arc<Mutex<LruCache<K, Nanos>>>);

impl<K: Hash + Eq + Clone> StateStore for Kept<K> {
    type Key = K;

    fn measure_and_replace<T, F, E>(&self, key: &K, measure: F) -> Result<T, E>
    where
        F: Fn(Option<Nanos>) -> Result<(T, Nanos), E>,
    {
        let mut kept = self.0.lock();
        let (answer, new) = measure(kept.get(key).copied())?;
        kept.put(key.clone(), new);
        Ok(answer)
    }
}

/// The injected clock, as the limiter reads it.
#[derive(Clone)]
struct Ticking(Clock);

impl std::fmt::Debug for Ticking {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Ticking")
    }
}

impl Ticks for Ticking {
    type Instant = Nanos;

    fn now(&self) -> Nanos {
        let micros = u64::try_from((self.0)()).unwrap_or(0);
        Nanos::new(micros.saturating_mul(1_000))
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicI64, Ordering};

    use timeline::SECOND;

    use super::*;

    fn here() -> IpAddr {
        "203.0.113.9".parse().unwrap()
    }

    fn throttle() -> (Throttle, Arc<AtomicI64>) {
        let now = Arc::new(AtomicI64::new(1_800_000_000_000_000));
        let read = Arc::clone(&now);
        let clock: Clock = Arc::new(move || read.load(Ordering::SeqCst));
        (Throttle::new(&clock), now)
    }

    #[test]
    fn five_wrong_ones_and_then_one_every_ten_seconds() {
        let (throttle, now) = throttle();
        for _ in 0..5 {
            assert!(throttle.begin(here(), "ana").is_ok());
        }
        let refused = throttle.begin(here(), "ana").err();
        assert_eq!(refused, Some(DoorError::Throttled(10)));
        now.fetch_add(9 * SECOND, Ordering::SeqCst);
        let refused = throttle.begin(here(), "ana").err();
        assert_eq!(refused, Some(DoorError::Throttled(1)));
        now.fetch_add(SECOND, Ordering::SeqCst);
        assert!(throttle.begin(here(), "ana").is_ok());
        assert!(throttle.begin(here(), "ana").is_err());
        now.fetch_add(60 * SECOND, Ordering::SeqCst);
        let tries = (0..9).filter(|_| throttle.begin(here(), "ana").is_ok());
        assert_eq!(tries.count(), 5, "forgotten after a minute");
    }

    #[test]
    fn right_ones_cost_nothing() {
        let (throttle, _) = throttle();
        for _ in 0..100 {
            let tried = throttle.begin(here(), "ana").unwrap();
            throttle.was_right(&tried);
        }
        for _ in 0..4 {
            throttle.begin(here(), "ana").unwrap();
        }
        let tried = throttle.begin(here(), "ana").unwrap();
        throttle.was_right(&tried);
        assert!(throttle.begin(here(), "ana").is_ok());
        assert!(throttle.begin(here(), "ana").is_err());
    }

    #[test]
    fn one_address_may_not_try_many_names_and_others_are_not_kept_out() {
        let (throttle, _) = throttle();
        let tries = (0..50).filter(|n| throttle.begin(here(), &format!("user {n}")).is_ok());
        assert_eq!(tries.count(), 20);
        let other: IpAddr = "203.0.113.10".parse().unwrap();
        assert!(throttle.begin(other, "ana").is_ok());
    }

    #[test]
    fn a_network_of_ipv6_is_one_address() {
        let (throttle, _) = throttle();
        let from = |n: u32| format!("2001:db8:0:1::{n:x}").parse().unwrap();
        let tries = (0..50).filter(|n| throttle.begin(from(*n), "ana").is_ok());
        assert_eq!(tries.count(), 5);
        assert!(
            throttle
                .begin("2001:db8:0:2::1".parse().unwrap(), "ana")
                .is_ok()
        );
    }
}
