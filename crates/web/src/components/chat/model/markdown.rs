//! A conversation as a file in Markdown.

use super::turn::{End, Turn};
use crate::charts::model::stamp;

/// The name of a file that is written at this moment: `omni2-chat-2026-11-23T2215Z.md`.
pub(crate) fn file_name(at_ms: i64) -> String {
    format!("omni2-chat-{}Z.md", stamp::field(at_ms).replace(':', ""))
}

/// Everything that was said, oldest first, with times in UTC; `name` is who answered.
/// Answers are in Markdown already; questions are quoted, so that nothing in them counts
/// as Markdown of the file.
pub(crate) fn written(turns: &[Turn], name: &str, at_ms: i64) -> String {
    let head = format!("# Chat with {name}\n\nSaved {}.\n", stamp::utc(at_ms));
    let turns = turns.iter().map(|turn| section(turn, name));
    std::iter::once(head).chain(turns).collect()
}

fn section(turn: &Turn, name: &str) -> String {
    let (asked, question) = (stamp::utc(turn.asked), quoted(&turn.question));
    let at = match turn.told.at {
        0 => String::new(),
        at => format!(", {}", stamp::utc(at)),
    };
    let answer = match turn.answer.trim_end() {
        "" => String::new(),
        answer => format!("\n{}\n", closed(answer)),
    };
    let note = note(turn).map_or_else(String::new, |note| format!("\n_{note}_\n"));
    format!("\n## You, {asked}\n\n{question}\n## {name}{at}\n{answer}{note}")
}

fn note(turn: &Turn) -> Option<String> {
    let end = match &turn.told.end {
        End::Whole => None,
        End::Coming => Some("(still being answered)".to_owned()),
        End::Stopped => Some("(stopped)".to_owned()),
        End::Failed(why) => Some(format!("(failed: {why})")),
    };
    let tools =
        (!turn.told.tools.is_empty()).then(|| format!("Tools: {}", turn.told.tools.join(", ")));
    match (end, tools) {
        (Some(end), Some(tools)) => Some(format!("{tools} {end}")),
        (end, tools) => end.or(tools),
    }
}

/// As a code block: with a fence longer than any in it.
fn quoted(text: &str) -> String {
    let fence = "`".repeat(longest_fence(text).max(2) + 1);
    format!("{fence}text\n{text}\n{fence}\n")
}

/// A code block that was left open is closed: what follows is no part of it.
fn closed(text: &str) -> String {
    let mut open: Option<&str> = None;
    for line in text.lines() {
        let line = line.trim_start();
        let sign = line.chars().next().filter(|sign| matches!(sign, '`' | '~'));
        let Some(sign) = sign else { continue };
        let length = line.chars().take_while(|letter| *letter == sign).count();
        let (Some(fence), Some(rest)) = (line.get(..length), line.get(length..)) else {
            continue;
        };
        match open {
            None if length > 2 => open = Some(fence),
            Some(begun) if fence.starts_with(begun) && rest.trim().is_empty() => open = None,
            _ => {}
        }
    }
    match open {
        None => text.to_owned(),
        Some(fence) => format!("{text}\n{fence}"),
    }
}

fn longest_fence(text: &str) -> usize {
    let runs = text.split(|letter| letter != '`').map(str::len);
    runs.max().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::super::turn::Told;
    use super::*;
    use crate::charts::model::time::epoch_ms;

    fn turn(question: &str, answer: &str, end: End) -> Turn {
        Turn {
            question: question.to_owned(),
            asked: epoch_ms("2026-11-23T22:15:07Z").unwrap(),
            answer: answer.to_owned(),
            told: Told {
                end,
                at: epoch_ms("2026-11-23T22:15:09Z").unwrap(),
                ..Told::default()
            },
            ..Turn::default()
        }
    }

    #[test]
    fn questions_are_quoted_and_answers_stand_as_they_are() {
        let mut second = turn("# what\n```?", "| a |\n| - |", End::Stopped);
        second.told.tools = vec!["figures".to_owned()];
        let turns = [turn("Cost today?", "**$12.34**", End::Whole), second];
        let at = epoch_ms("2026-11-23T22:20:00Z").unwrap();
        let text = written(&turns, "Omni2 assistant", at);
        let told = "# Chat with Omni2 assistant

Saved 2026-11-23T22:20:00Z.

## You, 2026-11-23T22:15:07Z

```text
Cost today?
```

## Omni2 assistant, 2026-11-23T22:15:09Z

**$12.34**

## You, 2026-11-23T22:15:07Z

````text
# what
```?
````

## Omni2 assistant, 2026-11-23T22:15:09Z

| a |
| - |

_Tools: figures (stopped)_
";
        assert_eq!(text, told);
        assert_eq!(file_name(at), "omni2-chat-2026-11-23T2220Z.md");
    }

    #[test]
    fn code_that_was_broken_off_ends_with_its_answer() {
        for (text, whole) in [
            ("```sql\nSELECT 1", "```sql\nSELECT 1\n```"),
            ("```sql\nSELECT 1\n```", "```sql\nSELECT 1\n```"),
            ("~~~~\n~~~\n```", "~~~~\n~~~\n```\n~~~~"),
            ("`a` and ``b``", "`a` and ``b``"),
        ] {
            assert_eq!(closed(text), whole);
        }
    }
}
