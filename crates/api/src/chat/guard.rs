//! What holds for every answer, whoever gives it: it is bounded, it ends, it is counted.

use async_stream::stream;
use futures_util::StreamExt;
use shared_types::ChatBackend;
use tokio::sync::OwnedSemaphorePermit;
use tokio::time::{Instant, timeout_at};
use tokio_util::sync::CancellationToken;
use tracing::Span;

use super::{ChatError, Event, Events, Limits};
use crate::metrics::ChatCount;

/// Watches over one answer.
pub(super) struct Guard {
    pub(super) who: ChatBackend,
    pub(super) limits: Limits,
    pub(super) count: ChatCount,
    pub(super) stop: CancellationToken,
    /// Held until the answer has ended.
    pub(super) place: OwnedSemaphorePermit,
}

impl Guard {
    /// The same events, until the first that is the last of an answer; and there is one.
    pub(super) fn over(mut self, mut events: Events) -> Events {
        let deadline = Instant::now() + self.limits.duration;
        // The body of an answer is written when its request is over, outside the span.
        let span = Span::current();
        Box::pin(stream! {
            let mut told = 0_usize;
            loop {
                let event = self.next(&mut events, deadline).await;
                match self.checked(event, &mut told) {
                    Event::Token(text) => yield Event::Token(text),
                    Event::Done(done) => {
                        self.count.answered();
                        yield Event::Done(done);
                        break;
                    }
                    Event::Failed(error) => {
                        self.count.failed();
                        span.in_scope(|| tracing::warn!(cause = error.cause(), "the chat has no answer"));
                        yield Event::Failed(error);
                        break;
                    }
                }
            }
            drop(events);
            drop(self.place);
        })
    }

    async fn next(&self, events: &mut Events, deadline: Instant) -> Event {
        let next = tokio::select! {
            () = self.stop.cancelled() => return Event::Failed(ChatError::Stopping),
            next = timeout_at(deadline, events.next()) => next,
        };
        match next {
            Ok(Some(event)) => event,
            Ok(None) => Event::Failed(ChatError::broke_off(self.who, "ended before its end")),
            Err(_) => Event::Failed(ChatError::Timeout {
                who: self.who,
                after: self.limits.duration,
            }),
        }
    }

    fn checked(&self, event: Event, told: &mut usize) -> Event {
        if let Event::Token(text) = &event {
            *told = told.saturating_add(text.len());
            if *told > self.limits.answer {
                let (who, longest) = (self.who, self.limits.answer);
                return Event::Failed(ChatError::TooLong { who, longest });
            }
        }
        event
    }
}
