//! How long a stream may stay open. Whoever may no longer come in must lose it: on this process
//! at once, and whatever happened elsewhere within minutes, when the reader asks anew.

use std::time::Duration;

use async_stream::stream;
use bytes::Bytes;
use futures_util::{Stream, StreamExt};
use rand::{Rng, RngExt};
use timeline::{Micros, SECOND};

use super::presence::Presence;
use crate::clock::Clock;

/// How old a stream may become, seconds: five minutes, give or take a tenth, so that readers who
/// came at once do not all come back at once.
const AGE: std::ops::RangeInclusive<i64> = 270..=330;
/// What is said before a stream is ended by its age.
const AGAIN: Bytes = Bytes::from_static(b": again\n\n");

/// How old one stream may become.
pub(super) fn age(random: &mut impl Rng) -> Micros {
    random.random_range(AGE) * SECOND
}

/// How long one stream may stay open.
pub struct Stay {
    clock: Clock,
    /// Then the reader is to ask anew.
    again: Micros,
    /// Then the session ends.
    expires: Option<Micros>,
    presence: Option<Presence>,
}

/// Why a stream ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum End {
    Again,
    Out,
}

impl Stay {
    pub(super) fn new(
        clock: Clock,
        age: Micros,
        expires: Option<Micros>,
        presence: Option<Presence>,
    ) -> Stay {
        Stay {
            again: clock().saturating_add(age),
            clock,
            expires,
            presence,
        }
    }

    /// These events for as long as it lasts. The time is looked at with every event, and when it
    /// should be up.
    pub fn of(self, events: impl Stream<Item = Bytes> + 'static) -> impl Stream<Item = Bytes> {
        stream! {
            let mut events = std::pin::pin!(events);
            loop {
                let next = tokio::select! {
                    biased;
                    end = self.ends() => Err(end),
                    event = events.next() => Ok(event),
                };
                match next {
                    Ok(Some(event)) => yield event,
                    Err(End::Again) => {
                        yield AGAIN;
                        break;
                    }
                    Ok(None) | Err(End::Out) => break,
                }
            }
        }
    }

    /// Waits until somebody signed out.
    pub async fn left(&self) {
        match &self.presence {
            Some(presence) => presence.left.cancelled().await,
            None => std::future::pending().await,
        }
    }

    async fn ends(&self) -> End {
        loop {
            if self
                .presence
                .as_ref()
                .is_some_and(|here| here.left.is_cancelled())
            {
                return End::Out;
            }
            let now = (self.clock)();
            if self.expires.is_some_and(|expires| expires <= now) {
                return End::Out;
            }
            if self.again <= now {
                return End::Again;
            }
            let end = self
                .expires
                .map_or(self.again, |expires| expires.min(self.again));
            let wait = Duration::from_micros(u64::try_from(end - now).unwrap_or(0));
            tokio::select! {
                () = self.left() => return End::Out,
                () = tokio::time::sleep(wait) => {}
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use futures_util::stream;
    use rand::SeedableRng;
    use rand::rngs::StdRng;
    use tokio::time::Instant;

    use super::super::presence::Sessions;
    use super::*;

    /// A clock that goes with tokio's.
    fn clock() -> Clock {
        let began = Instant::now();
        Arc::new(move || i64::try_from(began.elapsed().as_micros()).unwrap())
    }

    /// One event a minute.
    fn minutes() -> impl Stream<Item = Bytes> {
        stream::repeat_with(|| Bytes::from_static(b"news\n\n")).then(async |news| {
            tokio::time::sleep(Duration::from_mins(1)).await;
            news
        })
    }

    async fn told(stay: Stay) -> Vec<Bytes> {
        stay.of(minutes()).collect().await
    }

    #[tokio::test(start_paused = true)]
    async fn a_stream_that_grew_old_says_again_and_ends() {
        let began = Instant::now();
        let told = told(Stay::new(clock(), 150 * SECOND, None, None)).await;
        assert_eq!(told, [&b"news\n\n"[..], b"news\n\n", b": again\n\n"]);
        assert_eq!(began.elapsed().as_secs(), 150);
    }

    #[tokio::test(start_paused = true)]
    async fn one_whose_session_expires_or_is_left_just_ends() {
        let expires = Some(90 * SECOND);
        assert_eq!(
            told(Stay::new(clock(), 150 * SECOND, expires, None))
                .await
                .len(),
            1
        );
        let sessions = Arc::new(Sessions::default());
        let presence = Some(sessions.join([1; 16]));
        let stay = Stay::new(clock(), 150 * SECOND, None, presence);
        let began = Instant::now();
        let leave = async {
            tokio::time::sleep(Duration::from_secs(70)).await;
            sessions.end([1; 16]);
        };
        let (told, ()) = tokio::join!(told(stay), leave);
        assert_eq!((told.len(), began.elapsed().as_secs()), (1, 70));
    }

    #[tokio::test(start_paused = true)]
    async fn a_clock_that_was_put_forward_is_seen_with_the_next_event() {
        let stay = Stay::new(Arc::new(|| 0), 150 * SECOND, None, None);
        let late = Stay {
            clock: Arc::new(|| 151 * SECOND),
            ..stay
        };
        assert_eq!(told(late).await, [AGAIN]);
    }

    #[test]
    fn streams_that_came_at_once_grow_old_apart() {
        let mut random = StdRng::seed_from_u64(1);
        let ages: Vec<Micros> = (0..100).map(|_| age(&mut random)).collect();
        let (youngest, oldest) = (ages.iter().min().unwrap(), ages.iter().max().unwrap());
        assert!(*youngest >= 270 * SECOND && *oldest <= 330 * SECOND);
        assert!(oldest - youngest > 30 * SECOND);
    }
}
