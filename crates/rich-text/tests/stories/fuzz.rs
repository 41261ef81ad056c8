//! Answers as a fuzzer makes them up: `cargo xtask fuzz markdown` runs it for longer.

use std::time::Duration;

use bolero::check;

use super::Answer;
use super::allowed::assert_safe;

#[test]
fn whatever_comes_in_whatever_pieces_the_html_is_ours() {
    check!(name = "markdown")
        .with_iterations(1_500)
        .with_test_time(Duration::from_secs(3))
        .for_each(|bytes: &[u8]| {
            let Some((cut, bytes)) = bytes.split_first() else {
                return;
            };
            let text = String::from_utf8_lossy(bytes);
            let whole = Answer::new().finish(&text).blocks.join("");
            assert_safe(&whole, &text);
            // And what is on the screen while it comes.
            let mut answer = Answer::new();
            let letters: Vec<char> = text.chars().collect();
            for piece in letters.chunks(usize::from(*cut).max(1)) {
                let piece: String = piece.iter().collect();
                if let Some(update) = answer.push(&piece) {
                    assert_safe(&update.blocks.join(""), &text);
                }
            }
        });
}
