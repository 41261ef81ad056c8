//! Stories of answers that come, whole or in pieces, well meant or not.
#![allow(
    missing_docs,
    reason = "a test program has no readers of its documentation"
)]
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test says what it saw by failing"
)]

mod allowed;
mod arriving;
mod fuzz;
mod hostile;

use std::cell::RefCell;
use std::rc::Rc;

use rich_text::{Document, Painter, Update};

thread_local! {
    /// One for all: it takes a while to get ready.
    static PAINTER: Rc<RefCell<Painter>> = Rc::default();
}

/// An answer, and what paints its code.
struct Answer {
    document: Document,
    painter: Rc<RefCell<Painter>>,
}

impl Answer {
    fn new() -> Answer {
        Answer {
            document: Document::new(1),
            painter: PAINTER.with(Rc::clone),
        }
    }

    fn push(&mut self, piece: &str) -> Option<Update> {
        self.document.push(piece, &mut self.painter.borrow_mut())
    }

    fn push_letter(&mut self, letter: char) -> Option<Update> {
        self.push(letter.encode_utf8(&mut [0; 4]))
    }

    fn finish(&mut self, piece: &str) -> Update {
        self.document.finish(piece, &mut self.painter.borrow_mut())
    }
}
