//! What it can answer, and what it says when it does not understand.

use grammar::{HELP, STARTERS};

use super::answer::Answer;
use super::markdown::text;

/// Everything that can be asked, by kind.
pub(super) fn help() -> Answer {
    let mut answer = Answer::words(
        "I am the built-in assistant. I answer from this dashboard's own figures, in free words:"
            .to_owned(),
    );
    for kind in HELP {
        let examples = kind
            .examples
            .iter()
            .map(|example| format!("- {}", text(example)));
        let examples: Vec<String> = examples.collect();
        answer.say(format!(
            "**{}**\n\n{}",
            text(kind.about),
            examples.join("\n")
        ));
    }
    answer.suggestions = starters(3);
    answer
}

pub(super) fn courtesy() -> Answer {
    let mut answer = Answer::words(
        "You are welcome. Ask me about queries, errors, costs, response times, calls or servers; \
         `/help` shows how."
            .to_owned(),
    );
    answer.suggestions = starters(3);
    answer
}

/// Nothing is guessed: what was not understood is said, and what is near to it.
pub(super) fn not_understood(unknown: &[String], nearest: Vec<String>) -> Answer {
    let said = if unknown.is_empty() {
        "I did not understand that".to_owned()
    } else {
        // Each tells itself what was said, and why it makes no sense.
        let unknown: Vec<String> = unknown.iter().map(|one| text(one)).collect();
        format!("I did not understand {}", unknown.join("; "))
    };
    let mut answer = Answer::words(format!("{said}."));
    answer.say(
        "I can tell queries, errors, costs and response times of any time, by server, tool, user \
         or hour, single calls, and how servers are. `/help` shows examples."
            .to_owned(),
    );
    if !nearest.is_empty() {
        let list: Vec<String> = nearest
            .iter()
            .map(|one| format!("- {}", text(one)))
            .collect();
        answer.say(format!("Did you mean:\n\n{}", list.join("\n")));
    }
    answer.suggestions = if nearest.is_empty() {
        starters(3)
    } else {
        nearest
    };
    answer
}

/// Questions to begin with.
pub(super) fn starters(most: usize) -> Vec<String> {
    STARTERS
        .iter()
        .take(most)
        .map(|&one| one.to_owned())
        .collect()
}
