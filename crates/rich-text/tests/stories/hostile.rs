//! Answers that mean no good.

use proptest::prelude::*;

use super::Answer;
use super::allowed::assert_safe;

/// Known vectors, one after another, parted by lines of `%%`.
const VECTORS: &str = include_str!("../xss/vectors.txt");

fn whole(text: &str) -> String {
    Answer::new().finish(text).blocks.join("")
}

#[test]
fn known_vectors_neither_run_nor_load_anything() {
    let vectors: Vec<&str> = VECTORS.split("\n%%\n").collect();
    assert!(vectors.len() >= 60, "{}", vectors.len());
    for vector in vectors {
        assert_safe(&whole(vector), vector);
        for around in [
            "> ",
            "- ",
            "# ",
            "| a |\n|---|\n| ",
            "[^1]\n\n[^1]: ",
            "[",
            "![",
            "```html\n",
        ] {
            let text = format!("{around}{vector}");
            assert_safe(&whole(&text), &text);
        }
    }
}

#[test]
fn a_vector_that_comes_letter_by_letter_is_as_harmless() {
    for vector in VECTORS.split("\n%%\n") {
        let mut answer = Answer::new();
        for letter in vector.chars() {
            if let Some(update) = answer.push_letter(letter) {
                assert_safe(&update.blocks.join(""), vector);
            }
        }
    }
}

#[test]
fn each_block_closes_what_it_opens() {
    for vector in VECTORS.split("\n%%\n") {
        for block in Answer::new().finish(vector).blocks {
            let html = scraper::Html::parse_fragment(&format!("{block}<hr>"));
            assert_eq!(html.root_element().children().count(), 2, "{block}");
        }
    }
}

/// Half a minute would be a hang; what is measured elsewhere is how much is read.
#[test]
fn deep_and_long_answers_end() {
    for piece in [
        ">",
        "> ",
        "- ",
        "* ",
        "1. ",
        "[",
        "![",
        "](",
        "*",
        "**a ",
        "_a ",
        "~~",
        "`",
        "```\n",
        "<",
        "<!--",
        "<a ",
        "&",
        "\\",
        "|",
        "|a|b\n-|-\n",
        "[a]: b\n",
        "[^a]: b\n",
        "[^a]",
        "\t",
        "\n",
        "#",
        "\u{202e}",
        "a\u{301}",
        "\u{0}",
        "<?",
        "<![CDATA[",
        "- a\n  ",
        "> a\n",
        "*a**b_",
        "[a](b)",
        "[a](<b>\"",
        "http://a.b/",
        "![a](?b)",
        "- [ ] a\n",
        "\r",
        "\r\n",
        "((((",
        "[[a]]",
    ] {
        let text = piece.repeat(1_000_000 / piece.len());
        let html = whole(&text);
        assert!(html.len() < 32 * 1024 * 1024, "{piece:?}: {}", html.len());
    }
}

proptest! {
    #[test]
    fn whatever_bytes_come_the_html_is_ours(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        let text = String::from_utf8_lossy(&bytes);
        assert_safe(&whole(&text), &text);
    }

    #[test]
    fn whatever_markup_comes_the_html_is_ours(text in "([<>\\[\\]()!`*_~|#:&;=\"'/?-]|\n|\t| |a|b|javascript:|https://|<img src=|onerror=|</|[\u{202a}-\u{202e}]){0,80}") {
        assert_safe(&whole(&text), &text);
    }
}
