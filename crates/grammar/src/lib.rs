//! What somebody asks in free words, understood as a question that the figures can answer.
//!
//! Pure: no I/O, no clock of its own, and no figure. Whoever answers takes a [`Question`] and
//! folds; nothing here knows how.
//!
//! A message is cut into tokens (`words`), misspelt ones are put right (`spelling`), stretches of
//! tokens get a meaning (`tagging`: names, times and the phrases of the lexicon), their places
//! relative to one another say what belongs together (`gather`), and what was heard becomes one
//! question (`decide`). A word without a meaning makes the whole message one that is not
//! understood: what nobody restricted must never be counted in place of what somebody did.
//!
//! | file | idea |
//! | --- | --- |
//! | `question`, `known` | what comes out; what the hub knows by name |
//! | `words`, `letters`, `contractions` | a message, cut into tokens |
//! | `names`, `spelling` | whom a name means; typing errors |
//! | `sense`, `lexicon` | what words mean |
//! | `times` | times in words, on the asker's wall clock |
//! | `tagging`, `gather`, `heard` | a meaning for every token; what belongs together |
//! | `decide`, `when` | the one question that was asked; of which time |
//! | `examples`, `nearest` | questions that are understood |

mod contractions;
mod decide;
mod examples;
mod gather;
mod heard;
mod known;
mod letters;
mod lexicon;
mod names;
mod nearest;
mod question;
mod sense;
mod spelling;
mod tagging;
mod times;
mod understand;
mod when;
mod words;

pub use examples::{HELP, Kind as HelpKind, STARTERS};
pub use known::{Known, Person};
pub use question::{
    Ascending, By, Calls, Figures, Filter, Measure, Order, Outcome, Question, Understood, When,
};
pub use understand::understand;
