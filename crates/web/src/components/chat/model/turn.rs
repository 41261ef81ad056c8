//! Questions and their answers, and how many of them are kept.

use serde::{Deserialize, Serialize};
use shared_types::{ChatRole, ChatTurn, LONGEST_HISTORY, LONGEST_MESSAGE};

/// The most questions that are kept, each with its answer.
pub(crate) const MOST_TURNS: usize = 100;
/// The most bytes of questions and answers that are kept.
pub(crate) const MOST_BYTES: usize = 512 * 1024;
/// The most bytes of what was said before that go along with a question: the API takes 64
/// KiB in all, and JSON makes more of them.
const MOST_BEFORE: usize = 16 * 1024;

/// How an answer stands.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum End {
    /// It is being given.
    #[default]
    Coming,
    /// It is whole.
    Whole,
    /// It was stopped: what had come is there.
    Stopped,
    /// It failed, and why.
    Failed(String),
}

/// What is told of an answer beside its text.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Told {
    /// How it stands.
    pub(crate) end: End,
    /// When it ended, milliseconds since 1970.
    pub(crate) at: i64,
    /// Tools that were used.
    pub(crate) tools: Vec<String>,
    /// What was odd.
    pub(crate) warning: Option<String>,
    /// What one could ask next.
    pub(crate) suggestions: Vec<String>,
    /// Only its beginning was kept.
    pub(crate) cut: bool,
}

/// A question and its answer.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Turn {
    /// Later ones have higher numbers.
    pub(crate) id: u32,
    /// As it was written.
    pub(crate) question: String,
    /// When, milliseconds since 1970.
    pub(crate) asked: i64,
    /// In Markdown, as far as it has come.
    pub(crate) answer: String,
    /// What else is told of it.
    pub(crate) told: Told,
}

impl Turn {
    fn bytes(&self) -> usize {
        self.question.len() + self.answer.len()
    }
}

/// Why a message is not sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum Refused {
    /// There are no words in it.
    #[error("Write a question first.")]
    Empty,
    /// By so many bytes.
    #[error("Too long by {0} bytes: a message has 16 KiB at most.")]
    TooLong(usize),
    /// Another answer is being given.
    #[error("One answer at a time: wait for this one, or stop it.")]
    Busy,
}

/// Whether a message can be sent.
///
/// # Errors
/// When it is empty or too long.
pub(crate) fn checked(message: &str) -> Result<&str, Refused> {
    let message = message.trim();
    match message.len() {
        0 => Err(Refused::Empty),
        length if length > LONGEST_MESSAGE => Err(Refused::TooLong(length - LONGEST_MESSAGE)),
        _ => Ok(message),
    }
}

/// Keeps the newest of them, oldest first: so many, and of so many bytes, as are kept.
/// Whether some had to go.
pub(crate) fn bounded(turns: &mut Vec<Turn>) -> bool {
    let (mut count, mut bytes) = (0, 0);
    for turn in turns.iter().rev() {
        bytes += turn.bytes();
        if count == MOST_TURNS || (bytes > MOST_BYTES && count > 0) {
            break;
        }
        count += 1;
    }
    let too_many = turns.len() - count;
    turns.drain(..too_many);
    if let [only] = turns.as_mut_slice() {
        let room = MOST_BYTES.saturating_sub(only.question.len());
        if only.answer.len() > room {
            only.answer.truncate(only.answer.floor_char_boundary(room));
            only.told.cut = true;
        }
    }
    too_many > 0
}

/// What was kept, as it stands when the page is opened again: an answer that was being
/// given is so no more.
pub(crate) fn resumed(mut turns: Vec<Turn>) -> Vec<Turn> {
    for turn in &mut turns {
        if turn.told.end == End::Coming {
            let why = "The page was left before the answer was whole.";
            turn.told.end = End::Failed(why.to_owned());
        }
    }
    turns
}

/// What was said before this turn, oldest first, for whoever remembers nothing.
pub(crate) fn before(turns: &[Turn], id: u32) -> Vec<ChatTurn> {
    let mut said = Vec::new();
    let mut bytes = 0;
    let earlier = turns.iter().rev().filter(|turn| turn.id < id);
    for turn in earlier.filter(|turn| turn.told.end == End::Whole) {
        bytes += turn.bytes();
        if said.len() + 2 > LONGEST_HISTORY || bytes > MOST_BEFORE {
            break;
        }
        said.push(spoken(ChatRole::Assistant, &turn.answer));
        said.push(spoken(ChatRole::User, &turn.question));
    }
    said.reverse();
    said
}

fn spoken(role: ChatRole, text: &str) -> ChatTurn {
    let text = text.to_owned();
    ChatTurn { role, text }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn turn(id: u32, answer: &str) -> Turn {
        Turn {
            id,
            question: format!("question {id}"),
            answer: answer.to_owned(),
            told: Told {
                end: End::Whole,
                ..Told::default()
            },
            ..Turn::default()
        }
    }

    fn ids(turns: &[Turn]) -> Vec<u32> {
        turns.iter().map(|turn| turn.id).collect()
    }

    #[test]
    fn a_message_has_words_and_is_not_too_long() {
        assert_eq!(checked("  \n "), Err(Refused::Empty));
        assert_eq!(checked(" hello\n"), Ok("hello"));
        let longest = "ß".repeat(LONGEST_MESSAGE / 2);
        assert_eq!(checked(&longest), Ok(longest.as_str()));
        let longer = format!("{longest}a");
        assert_eq!(checked(&longer), Err(Refused::TooLong(1)));
    }

    #[test]
    fn the_oldest_go_when_there_are_too_many() {
        let mut turns: Vec<Turn> = (0..130).map(|id| turn(id, "answer")).collect();
        bounded(&mut turns);
        assert_eq!(ids(&turns), (30..130).collect::<Vec<_>>());
    }

    #[test]
    fn the_oldest_go_when_they_are_too_large() {
        let large = "a".repeat(MOST_BYTES / 3);
        let mut turns: Vec<Turn> = (0..5).map(|id| turn(id, &large)).collect();
        bounded(&mut turns);
        assert_eq!(ids(&turns), [3, 4]);
        assert!(turns.iter().all(|turn| !turn.told.cut));
    }

    #[test]
    fn an_answer_that_is_too_large_alone_is_kept_as_far_as_there_is_room() {
        let mut turns = vec![turn(1, "short"), turn(2, &"€".repeat(MOST_BYTES))];
        bounded(&mut turns);
        assert_eq!(ids(&turns), [2]);
        assert!(turns[0].told.cut);
        assert!(turns[0].bytes() <= MOST_BYTES && turns[0].bytes() > MOST_BYTES - 4);
    }

    #[test]
    fn nothing_is_still_being_said_when_the_page_is_opened_again() {
        let mut coming = turn(2, "The begin");
        coming.told.end = End::Coming;
        let turns = resumed(vec![turn(1, "whole"), coming]);
        assert_eq!(turns[0].told.end, End::Whole);
        assert!(matches!(turns[1].told.end, End::Failed(_)));
        assert_eq!(turns[1].answer, "The begin");
    }

    #[test]
    fn what_was_said_before_goes_along_as_far_as_there_is_room() {
        let mut turns: Vec<Turn> = (0..30).map(|id| turn(id, "answer")).collect();
        turns[27].told.end = End::Stopped;
        let said = before(&turns, 29);
        assert_eq!(said.len(), LONGEST_HISTORY);
        assert_eq!(said[0].role, ChatRole::User);
        assert_eq!(said[0].text, "question 18");
        assert_eq!(said[18].text, "question 28");
        turns[28].answer = "a".repeat(MOST_BEFORE);
        assert_eq!(before(&turns, 29), []);
    }
}
