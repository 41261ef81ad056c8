//! Which letters do what in a message.

/// The quotation mark that closes what this one opens.
pub(crate) fn closing(opening: char) -> Option<char> {
    match opening {
        '"' | '`' | '\'' => Some(opening),
        '“' | '„' => Some('”'),
        '«' => Some('»'),
        '‘' => Some('’'),
        _ => None,
    }
}

/// What joins a word to its ending: `what's`.
pub(crate) fn apostrophe(letter: char) -> bool {
    matches!(letter, '\'' | '’' | 'ʼ')
}

/// Combining marks, and what steers the direction or the joining of text: no part of a word.
pub(crate) fn unseen(letter: char) -> bool {
    matches!(letter, '\u{300}'..='\u{36f}' | '\u{ad}' | '\u{200b}'..='\u{200f}'
        | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

/// What may stand before the `@` of an e-mail address.
pub(crate) fn of_local(letter: char) -> bool {
    letter.is_alphanumeric() || "._%+-".contains(letter)
}

/// What may stand after it.
pub(crate) fn of_domain(letter: char) -> bool {
    letter.is_alphanumeric() || ".-".contains(letter)
}
