//! The chat: who answers, and what goes around every answer.
//!
//! A [`Backend`] turns a question into a stream of [`Event`]s. There is one for each kind of
//! [`ChatBackend`]; [`Chat`] holds the one that the settings choose and sees to it that what it
//! says is bounded, ends, and is counted. Neither questions nor answers are logged.

mod assistant;
mod error;
mod guard;
mod hub;
mod model;
mod upstream;
mod whole;

use std::sync::Arc;
use std::time::Duration;

use futures_util::stream::BoxStream;
use shared_types::{ChatAbout, ChatBackend, ChatDone, ChatTurn};
use timeline::Zone;
use tokio::sync::Semaphore;
use tokio_util::sync::CancellationToken;

use crate::clock::Clock;
use crate::config::{ChatConfig, Secret};
use crate::live::Live;
use crate::metrics::ChatMeter;
use assistant::Assistant;
use hub::Hub;
use model::{Figures, Model};

pub use error::ChatError;
pub use whole::whole;

/// Somebody who answers.
pub trait Backend: Send + Sync {
    /// Who that is, and what one could ask.
    fn about(&self) -> ChatAbout;

    /// Answers, a piece at a time. Dropping the stream ends all work on the answer.
    ///
    /// The last event is [`Event::Done`] or [`Event::Failed`]; what comes after it is not read.
    fn ask(&self, question: Question, asker: Asker) -> Events;
}

/// An answer as it comes.
pub type Events = BoxStream<'static, Event>;

/// A piece of an answer.
#[derive(Debug)]
pub enum Event {
    /// More of it, in Markdown.
    Token(String),
    /// It is whole.
    Done(ChatDone),
    /// There will be no more of it, and why.
    Failed(ChatError),
}

/// What is asked. Has no `Debug`: nothing of it may get into the log.
#[derive(Clone)]
pub struct Question {
    /// In words: trimmed, not empty, 16 KiB at most.
    pub message: String,
    /// What was said before, oldest first, 20 at most.
    pub history: Vec<ChatTurn>,
    /// The asker's time zone: what "today" means.
    pub zone: Zone,
    /// The answer is wanted in one piece; it may still come in many.
    pub whole: bool,
}

/// Who asks, as a proxy that is believed says; nothing is known otherwise.
#[derive(Clone, Debug, Default)]
pub struct Asker {
    /// Their number in the hub.
    pub id: Option<i64>,
    /// Their e-mail address.
    pub email: Option<String>,
    /// What they show the hub: the value of their header `Authorization`.
    pub authorization: Option<Secret>,
}

/// How much, and how long.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// To make a connection.
    pub connect: Duration,
    /// Without a byte.
    pub idle: Duration,
    /// For a whole answer.
    pub duration: Duration,
    /// Of an answer, in bytes.
    pub answer: usize,
    /// Of one event of a server that answers, in bytes.
    pub event: usize,
    /// Answers at once.
    pub answers: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Limits {
            connect: Duration::from_secs(5),
            idle: Duration::from_mins(1),
            duration: Duration::from_mins(10),
            answer: 1024 * 1024,
            event: 256 * 1024,
            answers: 64,
        }
    }
}

/// The chat.
pub struct Chat {
    backend: Box<dyn Backend>,
    limits: Limits,
    room: Arc<Semaphore>,
    meter: ChatMeter,
    stop: CancellationToken,
}

impl Chat {
    /// The chat that the settings choose: the hub where there is one, else the language model,
    /// else the built-in assistant. Its answers break off when it is told to stop.
    ///
    /// # Errors
    /// When the system lacks what encrypted connections need.
    pub fn new(
        config: &ChatConfig,
        limits: Limits,
        live: &Live,
        clock: Clock,
        meter: ChatMeter,
        stop: CancellationToken,
    ) -> Result<Chat, String> {
        let backend: Box<dyn Backend> = match (&config.hub, &config.model) {
            (Some(hub), _) => Box::new(Hub::new(hub, limits, live.clone())?),
            (None, Some(model)) => {
                let toolbox = Arc::new(Figures::new(live.clone()));
                Box::new(Model::new(model, limits, clock, toolbox)?)
            }
            (None, None) => Box::new(Assistant::new(live.clone())),
        };
        Ok(Chat {
            backend,
            limits,
            room: Arc::new(Semaphore::new(limits.answers)),
            meter,
            stop,
        })
    }

    /// Who answers, and what one could ask.
    pub fn about(&self) -> ChatAbout {
        self.backend.about()
    }

    /// Answers: as many events as there are, the last of which is `Done` or `Failed`.
    ///
    /// # Errors
    /// When so many answers are being written that there is no room.
    pub fn ask(&self, question: Question, asker: Asker) -> Result<Events, ChatError> {
        let place = Arc::clone(&self.room).try_acquire_owned();
        let place = place.map_err(|_| ChatError::TooMany(self.limits.answers))?;
        let who = self.about().backend;
        let guard = guard::Guard {
            who,
            limits: self.limits,
            count: self.meter.begin(who),
            stop: self.stop.clone(),
            place,
        };
        Ok(guard.over(self.backend.ask(question, asker)))
    }
}

/// What a backend is called in a sentence, at its beginning.
fn called(who: ChatBackend) -> &'static str {
    match who {
        ChatBackend::Hub => "The hub",
        ChatBackend::Assistant => "The assistant",
        ChatBackend::Model => "The language model",
    }
}
