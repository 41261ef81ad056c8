//! What somebody asks in free words, understood as a question that the figures can answer.
//!
//! Pure: no I/O, no clock of its own, and no figure. Whoever answers takes a [`Question`] and
//! folds; nothing here knows how.

mod question;

pub use question::{
    Ascending, By, Calls, Figures, Filter, Measure, Order, Outcome, Question, Understood, When,
};
