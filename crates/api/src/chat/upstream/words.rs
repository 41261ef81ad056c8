//! Words of another server that are for people.

use serde_json::Value;

/// The longest words that are passed on, in characters.
const LONGEST: usize = 500;

/// What an error answer says to people: `{"detail": "..."}`, `{"error": "..."}` or
/// `{"error": {"message": "..."}}`. None when it is anything else: then it is for programs.
pub(in crate::chat) fn words_in(body: &[u8]) -> Option<String> {
    let body: Value = serde_json::from_slice(body).ok()?;
    let error = body.get("error");
    let told = [
        body.get("detail"),
        error,
        error.and_then(|error| error.get("message")),
    ];
    let told = told.into_iter().flatten().find_map(Value::as_str)?;
    people(told, LONGEST)
}

/// One line of at most so many characters, without what steers terminals or the direction of
/// text; none when nothing is left.
pub(in crate::chat) fn people(text: &str, longest: usize) -> Option<String> {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut plain = text.chars().filter(|letter| !steers(*letter));
    let mut said: String = plain.by_ref().take(longest).collect();
    if plain.next().is_some() {
        said.push('…');
    }
    (!said.trim().is_empty()).then_some(said)
}

fn steers(letter: char) -> bool {
    let direction = matches!(letter, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    letter.is_control() || direction
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_found_where_servers_put_them() {
        for (body, said) in [
            (r#"{"detail": "Too many."}"#, Some("Too many.")),
            (r#"{"error": "Blocked."}"#, Some("Blocked.")),
            (
                r#"{"error": {"message": "No such model."}}"#,
                Some("No such model."),
            ),
            (r#"{"detail": [{"loc": ["body"]}]}"#, None),
            (r#"{"detail": "  "}"#, None),
            ("<html>Bad gateway</html>", None),
            ("", None),
        ] {
            assert_eq!(words_in(body.as_bytes()).as_deref(), said, "{body}");
        }
    }

    #[test]
    fn they_are_one_line_that_steers_nothing() {
        let odd = "a\u{1b}[31m\n\tb\u{202e}c\u{0}";
        assert_eq!(people(odd, 500).as_deref(), Some("a[31m bc"));
        let long = people(&"ä".repeat(600), LONGEST).unwrap_or_default();
        assert_eq!(long.chars().count(), LONGEST + 1);
        assert!(long.ends_with('…'));
    }
}
