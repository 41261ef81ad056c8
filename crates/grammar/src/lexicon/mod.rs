//! The words that mean something, and what.

mod figures;
mod talk;

use std::collections::{BTreeSet, HashMap};
use std::sync::LazyLock;

use crate::sense::Sense;
use crate::words::Token;

/// Phrases with one meaning, `, ` between them.
type Entry = (Sense, &'static str);

struct Lexicon {
    phrases: HashMap<&'static str, Sense>,
    words: BTreeSet<&'static str>,
    /// Words of the longest phrase.
    longest: usize,
}

static LEXICON: LazyLock<Lexicon> = LazyLock::new(|| {
    let mut lexicon = Lexicon {
        phrases: HashMap::new(),
        words: BTreeSet::new(),
        longest: 1,
    };
    for (sense, phrases) in figures::ENTRIES.iter().chain(talk::ENTRIES) {
        for phrase in phrases.split(", ") {
            lexicon.phrases.insert(phrase, *sense);
            lexicon.words.extend(phrase.split(' '));
            lexicon.longest = lexicon.longest.max(phrase.split(' ').count());
        }
    }
    lexicon
});

/// The longest phrase that the tokens begin with: how many tokens, and its meaning.
pub(crate) fn longest(tokens: &[Token]) -> Option<(usize, Sense)> {
    let mut phrase = String::new();
    let mut found = None;
    for (index, token) in tokens.iter().take(LEXICON.longest).enumerate() {
        if index > 0 {
            if bound(token) {
                break;
            }
            phrase.push(' ');
        }
        phrase.push_str(&token.text);
        let whole = tokens.get(index + 1).is_none_or(|next| !bound(next));
        if whole && let Some(sense) = LEXICON.phrases.get(phrase.as_str()) {
            found = Some((index + 1, *sense));
        }
    }
    let inside = tokens.first().is_some_and(bound);
    found.filter(|_| !inside)
}

/// Whether a token is the middle or the end of a name: `log` of `git_log`.
fn bound(token: &Token) -> bool {
    matches!(token.glue, Some('_' | '.' | ':'))
}

/// Every word of the lexicon.
pub(crate) fn words() -> impl Iterator<Item = &'static str> {
    LEXICON.words.iter().copied()
}

/// Whether the lexicon has the word.
pub(crate) fn has(word: &str) -> bool {
    LEXICON.words.contains(word)
}
