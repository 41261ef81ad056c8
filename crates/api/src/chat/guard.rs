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

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use futures_util::stream;
    use shared_types::ChatDone;
    use tokio::sync::Semaphore;

    use super::*;
    use crate::metrics::Metrics;

    /// What comes of these events, and where it was counted.
    async fn guarded(events: Events) -> (Vec<String>, Metrics) {
        let metrics = Metrics::new().unwrap();
        let guard = Guard {
            who: ChatBackend::Assistant,
            limits: Limits {
                answer: 4,
                ..Limits::default()
            },
            count: metrics.chat().begin(ChatBackend::Assistant),
            stop: CancellationToken::new(),
            place: Arc::new(Semaphore::new(1)).try_acquire_owned().unwrap(),
        };
        let told = guard.over(events).map(|event| match event {
            Event::Token(text) => text,
            Event::Done(_) => "done".to_owned(),
            Event::Failed(error) => error.cause(),
        });
        (told.collect().await, metrics)
    }

    fn counted(metrics: &Metrics, end: &str) -> bool {
        let text = metrics.text(&crate::live::Gauges::default()).unwrap();
        let line = format!("omni2_chat_answers_total{{backend=\"assistant\",end=\"{end}\"}} 1");
        String::from_utf8(text).unwrap().contains(&line)
    }

    fn token(text: &str) -> Event {
        Event::Token(text.to_owned())
    }

    #[tokio::test(start_paused = true)]
    async fn an_answer_ends_with_its_first_end() {
        let done = || Event::Done(ChatDone::default());
        let events = stream::iter([token("ab"), token("cd"), done(), token("e"), done()]);
        let (told, metrics) = guarded(events.boxed()).await;
        assert_eq!(told, ["ab", "cd", "done"]);
        assert!(counted(&metrics, "answered"));
    }

    #[tokio::test(start_paused = true)]
    async fn an_answer_without_end_is_given_one() {
        let (told, metrics) = guarded(stream::iter([token("ab")]).boxed()).await;
        assert_eq!(told, ["ab", "ended before its end"]);
        assert!(counted(&metrics, "failed"));
        let (told, _) = guarded(stream::iter([token("abc"), token("de")]).boxed()).await;
        assert_eq!(told, ["abc", "an answer of more than 4 bytes"]);
        let dribble = stream::unfold((), |()| async {
            tokio::time::sleep(std::time::Duration::from_mins(3)).await;
            Some((token(""), ()))
        });
        let (told, _) = guarded(dribble.boxed()).await;
        assert_eq!(told, ["", "", "", "took more than 600s"]);
    }
}
