//! What depends on what the text says, out of a fixed choice.

use pulldown_cmark::{Alignment, HeadingLevel};

/// How a cell is aligned, as an attribute: a style would be inline.
pub(super) fn aligned(alignment: Option<&Alignment>) -> &'static str {
    match alignment {
        Some(Alignment::Left) => " class=\"left\"",
        Some(Alignment::Center) => " class=\"center\"",
        Some(Alignment::Right) => " class=\"right\"",
        Some(Alignment::None) | None => "",
    }
}

/// The page has headings of its own above those of an answer.
pub(super) fn heading(level: HeadingLevel) -> (&'static str, &'static str) {
    match level {
        HeadingLevel::H1 => ("<h3 dir=\"auto\">", "</h3>"),
        HeadingLevel::H2 => ("<h4 dir=\"auto\">", "</h4>"),
        HeadingLevel::H3 => ("<h5 dir=\"auto\">", "</h5>"),
        _ => ("<h6 dir=\"auto\">", "</h6>"),
    }
}

/// The language in the words after a fence: the first of them, if it can be a name.
pub(super) fn language(info: &str) -> &str {
    let name = info.split([' ', '\t', ',', '{']).next().unwrap_or_default();
    let fits = |letter: char| letter.is_ascii_alphanumeric() || "+#._-".contains(letter);
    if name.len() <= 40 && name.chars().all(fits) {
        name
    } else {
        ""
    }
}
