//! Markdown made into HTML, by a worker: see crates/rich-text.
//!
//! A worker can be ended. Whatever an answer holds, the page itself never waits for it: one
//! that takes too long stays plain text.

mod queue;
mod worker;

use std::rc::Rc;

use leptos::prelude::on_cleanup;

use crate::view::Kept;
use queue::Queue;
use worker::{Heard, Worker};

/// How an answer looks now: what differs from how it looked before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rendered {
    /// Which answer.
    pub answer: u32,
    /// How many of its first blocks are as they were.
    pub keep: usize,
    /// The blocks after those, each one element with all that is in it: safe HTML, whatever
    /// the answer says.
    pub blocks: Vec<String>,
}

impl Rendered {
    /// An answer that has to be shown as the plain text that it is.
    fn plain(answer: u32) -> Rendered {
        Rendered {
            answer,
            keep: 0,
            blocks: Vec::new(),
        }
    }

    /// Whether the answer has no blocks at all: it is to be shown as plain text.
    pub fn is_plain(&self) -> bool {
        self.keep == 0 && self.blocks.is_empty()
    }
}

/// Makes answers into HTML while they come, cheap to copy. It works for as long as the
/// reactive owner that opened it.
#[derive(Clone, Copy)]
pub struct RichText(Kept<State>);

struct State {
    queue: Queue,
    worker: Option<Worker>,
    handler: Rc<dyn Fn(Rendered)>,
}

impl RichText {
    /// Begins to fetch the worker. `handler` is told how each answer looks, as often as that
    /// changes; until it is told of an answer, and again when it is told of one without
    /// blocks ([`Rendered::is_plain`]), the answer is to be shown as plain text.
    pub fn open(handler: impl Fn(Rendered) + 'static) -> RichText {
        let rich = RichText(Kept::new(State {
            queue: Queue::default(),
            worker: None,
            handler: Rc::new(handler),
        }));
        rich.fetch();
        on_cleanup(move || {
            rich.0.change(|state| state.worker = None);
        });
        rich
    }

    /// More of an answer: a piece of Markdown, as small as one character. A number that was
    /// finished or dropped begins another answer.
    pub fn push(self, answer: u32, piece: &str) {
        self.0.change(|state| state.queue.push(answer, piece));
        self.ask();
    }

    /// Nothing more comes of an answer: it is looked at as a whole, once.
    pub fn finish(self, answer: u32) {
        self.0.change(|state| state.queue.finish(answer));
        self.ask();
    }

    /// Nobody wants to see an answer any more: the handler is not told of it again.
    pub fn drop_answer(self, answer: u32) {
        self.0.change(|state| {
            state.queue.forget(answer);
            if let Some(worker) = &state.worker {
                worker.forget(answer);
            }
        });
    }

    /// Starts the worker. Where that fails, answers stay plain, and the next one tries again.
    fn fetch(self) {
        let worker = Worker::start(move |heard| self.heard(heard));
        if worker.is_none() {
            self.give_all_up();
        }
        self.0.change(|state| state.worker = worker);
    }

    /// Asks the worker for what is next, if it is there and has nothing to do.
    fn ask(self) {
        let (missing, waiting) = self
            .0
            .change(|state| (state.worker.is_none(), state.queue.is_waiting()))
            .unwrap_or_default();
        if missing && waiting {
            self.fetch();
        }
        self.0.change(|state| {
            if let Some(worker) = &mut state.worker
                && worker.is_ready()
                && let Some(ask) = state.queue.next()
            {
                worker.ask(&ask);
            }
        });
    }

    fn heard(self, heard: Heard) {
        match heard {
            Heard::Ready => self.answered(),
            Heard::Rendered(rendered, asked) => {
                if asked {
                    self.answered();
                }
                let wanted = self.0.change(|state| state.wanted(&rendered, asked));
                if wanted == Some(true) {
                    self.tell([rendered]);
                }
            }
            Heard::Later(answer) => {
                self.answered();
                self.0.change(|state| state.queue.done(answer));
            }
            Heard::Lost => {
                let restart = |state: &mut State| {
                    state.worker = None;
                    state.queue.restart()
                };
                self.tell(self.0.change(restart).flatten());
            }
            Heard::Broken => self.give_all_up(),
        }
        self.ask();
    }

    fn answered(self) {
        self.0
            .change(|state| state.worker.as_mut().map(Worker::answered));
    }

    fn give_all_up(self) {
        let plain = self.0.change(|state| {
            state.worker = None;
            state.queue.give_all_up()
        });
        self.tell(plain.unwrap_or_default());
    }

    fn tell(self, rendered: impl IntoIterator<Item = Rendered>) {
        let handler = self.0.change(|state| Rc::clone(&state.handler));
        if let Some(handler) = handler {
            rendered.into_iter().for_each(|rendered| handler(rendered));
        }
    }
}

impl State {
    /// Whether anybody waits for what was rendered.
    fn wanted(&mut self, rendered: &Rendered, asked: bool) -> bool {
        if asked {
            self.queue.done(rendered.answer)
        } else {
            self.queue.is_open(rendered.answer)
        }
    }
}
