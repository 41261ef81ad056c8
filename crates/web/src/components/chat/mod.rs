//! Asking questions about what the page shows, in words.
//!
//! Only the button is in the page's first load. The window, its style sheet and what makes
//! rich text of an answer are fetched when it is first opened; it stays from then on, so
//! that an answer goes on while it is closed.
//!
//! | file | idea |
//! | --- | --- |
//! | `button` | whether the chat is open, and the button that opens it |
//! | `window` | the window and what is in it |
//! | `edges` | its size |
//! | `head` | who answers, and what one can do with the conversation |
//! | `turns`, `turn` | the conversation, and one question with its answer |
//! | `suggestions` | what one could ask |
//! | `field` | where questions are written |
//! | `talks` | what was said |
//! | `asking` | asking, stopping, asking again |
//! | `paint` | answers on the screen as they come |
//! | `model` | what can be told without a browser |

mod asking;
mod button;
mod edges;
mod field;
mod head;
mod model;
mod paint;
mod signs;
mod suggestions;
mod talks;
mod turn;
mod turns;
mod window;

pub(crate) use button::Chat;
pub(super) use button::button;
pub(crate) use window::window;
