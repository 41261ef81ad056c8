//! A message, cut into tokens.
//!
//! Names that the hub knows are cut by the same rules, so that `read_text_file`, `Read text file`
//! and `read-text-file` are the same three words.

use jiff::civil::{Date, Time};

use crate::contractions::spelt_out;
use crate::letters::{apostrophe, closing, of_domain, of_local, unseen};

/// Tokens that are read of a message; no question is as long.
pub(crate) const MOST_TOKENS: usize = 150;

/// What a token is by its looks.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Kind {
    /// Letters, and digits after them.
    Word,
    /// Digits; none when there are too many to count with.
    Number(Option<i64>),
    /// `10:30`.
    Clock(Time),
    /// `2026-11-20`.
    Date(Date),
    /// An e-mail address.
    Email,
    /// What stood in quotation marks.
    Quoted,
    /// `#123`.
    Id(Option<i64>),
    /// A dash between words.
    Dash,
}

/// A piece of a message.
#[derive(Clone, Debug)]
pub(crate) struct Token {
    /// In lower case, but as it stood when it is quoted.
    pub(crate) text: String,
    pub(crate) kind: Kind,
    /// First byte in the message, and the first after it.
    pub(crate) from: usize,
    pub(crate) to: usize,
    /// What joins it to the token before, if nothing but that lies between: `_` in `git_log`,
    /// NUL between `24` and `h`.
    pub(crate) glue: Option<char>,
}

/// The tokens of a message, [`MOST_TOKENS`] and one more at most.
pub(crate) fn tokens(message: &str) -> Vec<Token> {
    let mut scanner = Scanner {
        message,
        chars: message.char_indices().collect(),
        at: 0,
        tokens: Vec::new(),
    };
    while scanner.at < scanner.chars.len() && scanner.tokens.len() <= MOST_TOKENS {
        scanner.step();
    }
    scanner.tokens
}

/// A name as the same words that a message has.
pub(crate) fn words_of(name: &str) -> Vec<String> {
    plain_words(name).unwrap_or_else(|| tokens(name).into_iter().map(|token| token.text).collect())
}

/// The same for a name of plain letters, as most are, at a fraction of the time.
fn plain_words(name: &str) -> Option<Vec<String>> {
    let word = |word: &str| {
        let begins = word.starts_with(|letter: char| letter.is_ascii_alphabetic());
        let plain = begins && word.bytes().all(|byte| byte.is_ascii_alphanumeric());
        plain.then(|| spelt_out(&word.to_ascii_lowercase()))
    };
    let words: Option<Vec<Vec<String>>> = name.split(['_', '-', '.', ' ']).map(word).collect();
    words.map(|words| words.concat())
}

struct Scanner<'a> {
    message: &'a str,
    chars: Vec<(usize, char)>,
    at: usize,
    tokens: Vec<Token>,
}

impl Scanner<'_> {
    fn peek(&self, ahead: usize) -> Option<char> {
        self.chars.get(self.at + ahead).map(|(_, letter)| *letter)
    }

    fn byte(&self, at: usize) -> usize {
        self.chars
            .get(at)
            .map_or(self.message.len(), |(byte, _)| *byte)
    }

    fn before(&self) -> Option<char> {
        let at = self.at.checked_sub(1)?;
        self.chars.get(at).map(|(_, letter)| *letter)
    }

    fn step(&mut self) {
        let Some(letter) = self.peek(0) else { return };
        if let Some(closing) = closing(letter)
            && self.quoted(closing)
        {
            return;
        }
        if letter.is_alphanumeric() {
            if !self.email() {
                self.run(letter);
            }
            return;
        }
        match letter {
            '#' if self.digits(1) > 0 => self.id(),
            '%' => self.push(Kind::Word, 1, "percent"),
            '$' => self.push(Kind::Word, 1, "dollars"),
            '&' | '+' => self.push(Kind::Word, 1, "and"),
            '-' | '–' | '—' if !self.glued_both_ways() => self.push(Kind::Dash, 1, "-"),
            '<' | '>' | '=' | '€' | '£' => self.push(Kind::Word, 1, &letter.to_string()),
            _ => self.at += 1,
        }
    }

    /// Whether a dash joins two words: `get-sum`.
    fn glued_both_ways(&self) -> bool {
        let joins = |letter: Option<char>| letter.is_some_and(char::is_alphanumeric);
        let clock = |token: &Token| matches!(token.kind, Kind::Clock(_) | Kind::Date(_));
        joins(self.before()) && joins(self.peek(1)) && !self.tokens.last().is_some_and(clock)
    }

    fn run(&mut self, first: char) {
        if first.is_ascii_digit() {
            if !self.date() && !self.clock() {
                self.number();
            }
        } else {
            self.word();
        }
    }

    fn push(&mut self, kind: Kind, length: usize, text: &str) {
        let (from, to) = (self.byte(self.at), self.byte(self.at + length));
        let glue = self.tokens.last().and_then(|before| {
            let between = self.message.get(before.to..from)?;
            let mut between = between.chars();
            match (between.next(), between.next()) {
                (None, _) => Some('\0'),
                (Some(joint), None) if "_-./:".contains(joint) => Some(joint),
                _ => None,
            }
        });
        self.tokens.push(Token {
            text: text.to_owned(),
            kind,
            from,
            to,
            glue,
        });
        self.at += length;
    }

    /// How many digits follow.
    fn digits(&self, ahead: usize) -> usize {
        let rest = self.chars.iter().skip(self.at + ahead);
        rest.take_while(|(_, letter)| letter.is_ascii_digit())
            .count()
    }

    fn slice(&self, from: usize, length: usize) -> &str {
        let bytes = self.byte(self.at + from)..self.byte(self.at + from + length);
        self.message.get(bytes).unwrap_or_default()
    }

    fn id(&mut self) {
        let digits = self.digits(1);
        let text = self.slice(0, digits + 1).to_owned();
        let id = self.slice(1, digits).parse().ok();
        self.push(Kind::Id(id), digits + 1, &text);
    }

    /// `1200` and `1,200`.
    fn number(&mut self) {
        let mut length = self.digits(0);
        let grouped = |scanner: &Self, at: usize| {
            scanner.peek(at) == Some(',') && scanner.digits(at + 1) == 3
        };
        while length <= 3 + 4 * 6 && grouped(self, length) {
            length += 4;
        }
        let text = self.slice(0, length).replace(',', "");
        self.push(Kind::Number(text.parse().ok()), length, &text);
    }

    fn date(&mut self) -> bool {
        let text = self.slice(0, 10).to_owned();
        let ended = self.peek(10).is_none_or(|letter| !letter.is_alphanumeric());
        let shaped = text.is_ascii() && text.len() == 10 && ended;
        let Some(date) = text.parse().ok().filter(|_| shaped) else {
            return false;
        };
        self.push(Kind::Date(date), 10, &text);
        true
    }

    /// `9:30`, `21:05`.
    fn clock(&mut self) -> bool {
        let hours = self.digits(0);
        if !(1..=2).contains(&hours) || self.peek(hours) != Some(':') || self.digits(hours + 1) != 2
        {
            return false;
        }
        let text = self.slice(0, hours + 3).to_owned();
        let hour = self.slice(0, hours).parse().ok();
        let minute = self.slice(hours + 1, 2).parse().ok();
        let time = hour.zip(minute);
        let Some(time) = time.and_then(|(hour, minute)| Time::new(hour, minute, 0, 0).ok()) else {
            return false;
        };
        self.push(Kind::Clock(time), hours + 3, &text);
        true
    }

    fn email(&mut self) -> bool {
        let rest = self.chars.iter().skip(self.at).map(|(_, letter)| *letter);
        let mut length = rest.clone().take_while(|letter| of_local(*letter)).count();
        if self.peek(length) != Some('@') {
            return false;
        }
        length += 1;
        let domain = rest.skip(length).take_while(|letter| of_domain(*letter));
        let Some(last) = domain
            .collect::<Vec<_>>()
            .iter()
            .rposition(|letter| letter.is_alphanumeric())
        else {
            return false;
        };
        let length = length + last + 1;
        let text = self.slice(0, length).to_lowercase();
        self.push(Kind::Email, length, &text);
        true
    }

    /// What stands between quotation marks, if they are closed.
    fn quoted(&mut self, closing: char) -> bool {
        let single = closing == '\'' || closing == '’';
        let in_word = self.before().is_some_and(char::is_alphanumeric);
        if single && in_word {
            return false;
        }
        let rest = self.chars.get(self.at + 1..).unwrap_or_default();
        let after = |index: usize| rest.get(index + 1).map(|(_, letter)| *letter);
        let end = rest.iter().enumerate().position(|(index, (_, letter))| {
            let ends = !single || after(index).is_none_or(|next| !next.is_alphanumeric());
            *letter == closing && ends
        });
        let Some(end) = end else { return false };
        let text = self.slice(1, end).trim().to_owned();
        if text.is_empty() {
            self.at += end + 2;
        } else {
            self.push(Kind::Quoted, end + 2, &text);
        }
        true
    }

    fn word(&mut self) {
        let mut text = String::new();
        let mut length = 0;
        while let Some(letter) = self.peek(length) {
            if letter.is_alphanumeric() {
                text.extend(letter.to_lowercase().filter(|letter| !unseen(*letter)));
            } else if apostrophe(letter) && self.peek(length + 1).is_some_and(char::is_alphabetic) {
                // Belongs to the word; how it ends is looked at below.
                text.push('\'');
            } else if !unseen(letter) {
                break;
            }
            length += 1;
        }
        for word in spelt_out(&text) {
            self.push(Kind::Word, length, &word);
            length = 0;
        }
        self.at += length;
    }
}
