//! Asking, stopping, asking again.

use futures_util::future::{Aborted, abortable};
use gloo_timers::future::TimeoutFuture;
use leptos::prelude::*;
use shared_types::{ChatBackend, ChatDone, ChatQuestion};

use super::model::turn::{End, Refused, Told, Turn, before, bounded, checked};
use super::talks::{Known, Talks};
use crate::api::chat::{self, Unanswered};
use crate::browser::answer;
use crate::browser::clock::now_ms;

/// How long an answer has to be whole before it is read aloud, milliseconds: until it is rich
/// text.
const STILL: u32 = 500;

/// How an answer went.
type Went = Result<Result<ChatDone, Unanswered>, Aborted>;

impl Talks {
    /// Asks what is written in the field. It stays there when it cannot be sent.
    pub(super) fn send_draft(self) {
        let draft = self.draft.peek();
        if self.send(&draft) {
            self.write(String::new());
        }
    }

    /// Asks this; whether it was sent. Why not is said at the field.
    pub(super) fn send(self, message: &str) -> bool {
        let busy = self.running.peek().map(|_| Refused::Busy);
        let question = match busy.map_or_else(|| checked(message), Err) {
            Ok(question) => question.to_owned(),
            Err(refused) => {
                self.refusal.set(refused.to_string());
                return false;
            }
        };
        self.take_up();
        self.cleared.set(Vec::new());
        let id = self.with(|turns| {
            let id = turns.last().map_or(1, |last| last.id + 1);
            turns.push(Turn {
                id,
                question,
                asked: now_ms(),
                ..Turn::default()
            });
            bounded(turns);
            id
        });
        if let Some(id) = id {
            self.paint.away.set(0);
            self.others();
            self.ask(id);
        }
        true
    }

    /// Asks the same again: its answer takes the place of the one before.
    pub(super) fn retry(self, id: u32) {
        if self.running.peek().is_some() {
            self.refusal.set(Refused::Busy.to_string());
            return;
        }
        self.of(id, |turn| {
            turn.answer.clear();
            turn.told = Told::default();
        });
        self.paint.forget(id);
        self.changes.update(|times| *times = times.wrapping_add(1));
        self.ask(id);
    }

    /// Ends the answer that is being given: what has come of it stays.
    pub(super) fn stop(self) {
        if let Some(stop) = self.stops_by(None) {
            stop.abort();
        }
        if let Some(id) = self.running.peek() {
            self.end(id, Err(Aborted));
        }
    }

    fn ask(self, id: u32) {
        let is_model =
            matches!(self.about.peek(), Known::About(about) if about.backend == ChatBackend::Model);
        let question = self.with(|turns| ChatQuestion {
            message: message_of(turns, id),
            history: if is_model {
                before(turns, id)
            } else {
                Vec::new()
            },
        });
        let Some(question) = question else { return };
        self.refusal.set(String::new());
        self.running.set(Some(id));
        self.aloud.set("Answering…".to_owned());
        self.keep();
        let zone = self.zone();
        let asking = async move {
            let heard = move |piece: String| {
                self.of(id, |turn| turn.answer.push_str(&piece));
                self.paint.add(id, &piece);
            };
            chat::ask(&zone, &question, heard).await
        };
        let (asking, stop) = abortable(asking);
        self.stops_by(Some(stop));
        self.work(async move {
            let went = asking.await;
            // One that was stopped has ended already, and another may have begun.
            if went.is_ok() {
                self.end(id, went);
            }
        });
    }

    fn end(self, id: u32, went: Went) {
        self.paint.finish(id);
        let told = told(went, now_ms());
        match &told.end {
            End::Failed(why) => self.aloud.set(format!("No answer: {why}")),
            End::Stopped => self.aloud.set("Stopped.".to_owned()),
            End::Coming | End::Whole => self.work(async move {
                TimeoutFuture::new(STILL).await;
                self.aloud.set(answer::words(id));
            }),
        }
        self.of(id, |turn| turn.told = told);
        if self.with(bounded) == Some(true) {
            self.others();
        }
        self.running.set(None);
        self.stops_by(None);
        self.changes.update(|times| *times = times.wrapping_add(1));
        self.chat.tell();
        self.keep();
        self.paint.follow();
    }
}

fn message_of(turns: &[Turn], id: u32) -> String {
    let turn = turns.iter().find(|turn| turn.id == id);
    turn.map(|turn| turn.question.clone()).unwrap_or_default()
}

fn told(went: Went, at: i64) -> Told {
    let end = match went {
        Ok(Ok(done)) => {
            return Told {
                end: End::Whole,
                at,
                tools: done.tools_used,
                warning: done.warning,
                suggestions: done.suggestions,
                cut: false,
            };
        }
        Ok(Err(why)) => End::Failed(why.to_string()),
        Err(Aborted) => End::Stopped,
    };
    Told {
        end,
        at,
        ..Told::default()
    }
}
