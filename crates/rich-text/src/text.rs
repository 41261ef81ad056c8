//! Text as it is put into HTML.

use std::fmt::Write;

/// Appends a text, so that nothing in it is HTML.
pub(crate) fn escape(text: &str, html: &mut String) {
    for letter in text.chars() {
        match letter {
            '&' => html.push_str("&amp;"),
            '<' => html.push_str("&lt;"),
            '>' => html.push_str("&gt;"),
            '"' => html.push_str("&quot;"),
            '\'' => html.push_str("&#39;"),
            '\0' => html.push('\u{fffd}'),
            letter if reorders(letter) => {
                // Writing into a string cannot fail.
                let _ = write!(html, "‹U+{:04X}›", u32::from(letter));
            }
            letter => html.push(letter),
        }
    }
}

/// Whether it changes the order in which others are shown: such letters are shown by their
/// numbers. Marks that only have a direction of their own stay, since languages that are
/// written from right to left need them; they end with the block that they are in.
fn reorders(letter: char) -> bool {
    matches!(letter, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// Code, with every letter shown by its number that changes the order of others: in code
/// even marks are there to deceive.
pub(crate) fn plain_code(code: &str) -> String {
    let marks = ['\u{200e}', '\u{200f}', '\u{61c}'];
    let hides = |letter: char| reorders(letter) || marks.contains(&letter);
    let mut shown = String::with_capacity(code.len());
    for letter in code.chars() {
        if hides(letter) {
            // Writing into a string cannot fail.
            let _ = write!(shown, "‹U+{:04X}›", u32::from(letter));
        } else {
            shown.push(letter);
        }
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::*;

    fn escaped(text: &str) -> String {
        let mut html = String::new();
        escape(text, &mut html);
        html
    }

    #[test]
    fn nothing_in_a_text_is_html() {
        assert_eq!(
            escaped("<a b=\"c\" d='e'>&"),
            "&lt;a b=&quot;c&quot; d=&#39;e&#39;&gt;&amp;"
        );
        assert_eq!(escaped("a\0b"), "a\u{fffd}b");
    }

    #[test]
    fn what_would_reorder_letters_is_shown() {
        assert_eq!(escaped("user\u{202e}nimda"), "user‹U+202E›nimda");
        assert_eq!(escaped("a\u{200f}b"), "a\u{200f}b");
        assert_eq!(plain_code("a\u{200f}b\u{2066}"), "a‹U+200F›b‹U+2066›");
    }
}
