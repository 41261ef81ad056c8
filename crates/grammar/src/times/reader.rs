//! Tokens, read one after the other.

use crate::words::{Kind, Token};

use super::in_words;

/// Reads tokens; a copy of it can try and go back.
#[derive(Clone, Copy)]
pub(super) struct Reader<'a> {
    tokens: &'a [Token],
    at: usize,
}

impl<'a> Reader<'a> {
    pub(super) fn new(tokens: &'a [Token]) -> Reader<'a> {
        Reader { tokens, at: 0 }
    }

    /// How many tokens were read.
    pub(super) fn read(&self) -> usize {
        self.at
    }

    /// The next token.
    pub(super) fn next(&mut self) -> Option<&'a Token> {
        let token = self.tokens.get(self.at)?;
        self.at += 1;
        Some(token)
    }

    /// The next word.
    pub(super) fn peek(&self) -> &'a str {
        let token = self.tokens.get(self.at);
        token.map_or("", |token| match token.kind {
            Kind::Quoted => "",
            _ => token.text.as_str(),
        })
    }

    /// Reads one of these words.
    pub(super) fn one_of(&mut self, words: &[&str]) -> bool {
        let found = words.contains(&self.peek());
        self.at += usize::from(found);
        found
    }

    /// Reads as many of these words as follow.
    pub(super) fn any_of(&mut self, words: &[&str]) {
        while self.one_of(words) {}
    }

    /// Reads all of these words, or none.
    pub(super) fn phrase(&mut self, phrase: &str) -> bool {
        let mut ahead = *self;
        let found = phrase.split(' ').all(|word| ahead.one_of(&[word]));
        if found {
            *self = ahead;
        }
        found
    }

    /// Reads what the word at hand is looked up as.
    pub(super) fn look_up<T>(&mut self, find: impl Fn(&str) -> Option<T>) -> Option<T> {
        let found = find(self.peek())?;
        self.at += 1;
        Some(found)
    }

    /// Reads a number, in digits or in words.
    pub(super) fn number(&mut self) -> Option<i64> {
        let token = self.tokens.get(self.at)?;
        if let Kind::Number(number) = token.kind {
            self.at += 1;
            return Some(number.unwrap_or(i64::MAX));
        }
        let number = self.look_up(in_words)?;
        self.one_of(&["of"]);
        Some(number)
    }

    /// Reads `th` of `20th`.
    pub(super) fn ordinal(&mut self) {
        self.one_of(&["st", "nd", "rd", "th"]);
    }

    /// Reads what one attempt reads, or nothing.
    pub(super) fn attempt<T>(&mut self, read: impl FnOnce(&mut Self) -> Option<T>) -> Option<T> {
        let mut ahead = *self;
        let found = read(&mut ahead)?;
        *self = ahead;
        Some(found)
    }
}
