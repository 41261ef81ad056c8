//! Answers that come in pieces.

use proptest::prelude::*;
use rich_text::Update;

use super::Answer;

/// What the page shows.
#[derive(Default)]
struct Shown(Vec<String>);

impl Shown {
    fn put(&mut self, update: Update) {
        assert!(update.keep <= self.0.len(), "it keeps what was never shown");
        self.0.truncate(update.keep);
        self.0.extend(update.blocks);
    }
}

fn whole(text: &str) -> Vec<String> {
    Answer::new().finish(text).blocks
}

/// Everything that Markdown has, much of it unfinished.
const MARKUP: &str = "(a|b|word |\n|\n\n|\n    |\n  |\n- |\n1. |\n> |# |```\n|```rust\n|~~~\n|\\*|\\*\\*|_|`|\\[|\\]|\\]\\(|\\)|\\||\n\\|-\\|-\\|\n|\\[\\^1\\]|\n\\[\\^1\\]: |\n\\[a\\]: https://b.example\n|\\[a\\]|\n---\n|\n===\n|<div>|</div>|<!--|-->|\t|\r\n|é|漢){0,60}";

proptest! {
    #[test]
    fn however_it_was_cut_the_end_is_the_same(text in MARKUP, cuts in proptest::collection::vec(1_usize..9, 1..60)) {
        let (mut answer, mut shown) = (Answer::new(), Shown::default());
        let mut letters = text.chars().peekable();
        let mut cuts = cuts.iter().cycle();
        while letters.peek().is_some() {
            let count = *cuts.next().unwrap();
            let piece: String = letters.by_ref().take(count).collect();
            if let Some(update) = answer.push(&piece) {
                shown.put(update);
            }
        }
        shown.put(answer.finish(""));
        prop_assert_eq!(shown.0, whole(&text));
    }
}

#[test]
fn what_comes_is_seen_at_once_and_what_is_done_stays() {
    let mut answer = Answer::new();
    let update = answer.push("One.\n\nTw").unwrap();
    assert_eq!(update.keep, 0);
    assert_eq!(
        update.blocks,
        ["<p dir=\"auto\">One.</p>", "<p dir=\"auto\">Tw</p>"]
    );
    let update = answer.push("o.").unwrap();
    assert_eq!(update.keep, 1);
    assert_eq!(update.blocks, ["<p dir=\"auto\">Two.</p>"]);
    let update = answer.finish("");
    assert_eq!((update.keep, update.blocks.len()), (2, 0));
}

#[test]
fn code_is_coloured_once_its_fence_is_closed() {
    let mut answer = Answer::new();
    let update = answer.push("```rust\nfn a() {}\n").unwrap();
    assert!(!update.blocks[0].contains("hl-"));
    let update = answer.push("```").unwrap();
    assert!(!update.blocks.iter().any(|block| block.contains("hl-")));
    let update = answer.push("\n").unwrap();
    assert!(update.blocks[0].contains("hl-keyword"));
    let mut open = Answer::new();
    open.push("```rust\nfn a() {}\n").unwrap();
    assert!(open.finish("").blocks[0].contains("hl-keyword"));
}

#[test]
fn a_footnote_that_is_told_late_is_found_at_the_end() {
    let (mut answer, mut shown) = (Answer::new(), Shown::default());
    for piece in [
        "Much[^1] and [more][b].\n\n",
        "Then.\n\n",
        "[^1]: Very.\n",
        "\n[b]: https://c.example\n",
    ] {
        if let Some(update) = answer.push(piece) {
            shown.put(update);
        }
    }
    shown.put(answer.finish(""));
    assert!(shown.0[0].contains("href=\"https://c.example\""));
    assert!(shown.0[0].contains("#a1-note-1"));
    assert!(shown.0.last().unwrap().contains("Very."));
}

/// Pushes letters one by one: how much was read.
fn letter_by_letter(text: &str) -> usize {
    let (mut answer, mut shown) = (Answer::new(), Shown::default());
    for letter in text.chars() {
        if let Some(update) = answer.push_letter(letter) {
            shown.put(update);
        }
    }
    shown.put(answer.finish(""));
    answer.document.work()
}

#[test]
fn ten_thousand_letters_are_little_work() {
    let paragraphs = "Some words of an answer, and `code`. ".repeat(10) + "\n\n";
    let text = paragraphs.repeat(27);
    assert!(text.len() >= 10_000);
    assert!(letter_by_letter(&text) < text.len() * 2_048);
}

#[test]
fn the_work_grows_as_the_answer_does() {
    for block in ["word ", "- item\n", "> quote\n", "| a | b |\n", "word\n\n"] {
        let (short, long) = (
            block.repeat(40_000 / block.len()),
            block.repeat(160_000 / block.len()),
        );
        let (short, long) = (letter_by_letter(&short), letter_by_letter(&long));
        // Four times as much text, and a logarithm.
        assert!(long < short * 6, "{block:?}: {short} and {long}");
    }
}

#[test]
fn a_megabyte_in_letters_ends_as_plain_text() {
    let text = "Words and words. ".repeat(1_000_000 / 17);
    let (mut answer, mut shown) = (Answer::new(), Shown::default());
    for letter in text.chars() {
        if let Some(update) = answer.push_letter(letter) {
            shown.put(update);
        }
    }
    shown.put(answer.finish(""));
    assert!(
        answer.document.work() < 100 * text.len(),
        "{}",
        answer.document.work()
    );
    assert_eq!(shown.0, whole(&text));
    assert!(shown.0.iter().any(|block| block.contains("cut-off")));
}
