//! Words with a typing error.
//!
//! How many errors a word may have depends on its length, and a word is only put right when a
//! single one is nearest: in doubt it is left as it is, and so not understood.

use strsim::osa_distance;

use crate::names::Names;
use crate::words::{Kind, Token};
use crate::{lexicon, times};

/// Words of a message that are put right; one with more of them is no question.
const MOST_PUT_RIGHT: usize = 12;
/// Shorter words of the lexicon are too like other words.
const SHORTEST: usize = 5;
/// No name or word that is longer is compared.
const LONGEST: usize = 64;

/// How many errors there may be between what was typed and what was meant: none in short
/// words, 1 from 5 letters on, 2 from 9.
pub(crate) fn allowed(typed: &str, meant: &str) -> usize {
    let (typed, meant) = (typed.chars().count(), meant.chars().count());
    let (short, long) = (typed.min(meant), typed.max(meant));
    let most = match long {
        _ if short < 4 || long > LONGEST => 0,
        0..=4 => 0,
        5..=8 => 1,
        _ => 2,
    };
    if long - short <= most { most } else { 0 }
}

/// Letters that are wrong, missing, too many or swapped.
fn distance(typed: &str, meant: &str) -> usize {
    osa_distance(typed, meant)
}

/// Which letters a word has; several can share a bit.
fn letters(word: &str) -> u64 {
    let bits = word.chars().map(|letter| 1 << (u32::from(letter) % 64));
    bits.fold(0, |all, bit| all | bit)
}

/// The nearest of many words.
pub(crate) struct Nearest<'t, 'w> {
    typed: &'t str,
    letters: u64,
    far: usize,
    words: Vec<&'w str>,
}

impl<'t, 'w> Nearest<'t, 'w> {
    pub(crate) fn new(typed: &'t str) -> Nearest<'t, 'w> {
        Nearest {
            typed,
            letters: letters(typed),
            far: usize::MAX,
            words: Vec::new(),
        }
    }

    /// A word that may be this far away.
    pub(crate) fn consider(&mut self, word: &'w str, allowed: usize) {
        // Each error adds one letter and takes away one at most: cheaper to tell than how far
        // two words are, and a hub may know thousands.
        let differ = || (self.letters ^ letters(word)).count_ones() as usize;
        if allowed == 0 || differ() > 2 * allowed {
            return;
        }
        let far = distance(self.typed, word);
        if far > allowed || far > self.far {
            return;
        }
        if far < self.far {
            self.words.clear();
            self.far = far;
        }
        self.words.push(word);
    }

    /// All that are nearest, and how far they are.
    pub(crate) fn all(self) -> (Vec<&'w str>, usize) {
        (self.words, self.far)
    }
}

/// Puts words of the lexicon right where nothing the hub knows is nearer; tells which.
pub(crate) fn put_right(tokens: &mut [Token], names: &Names<'_>) -> Vec<PutRight> {
    let mut done = Vec::new();
    let mut looked_at = 0;
    for index in 0..tokens.len() {
        let joined = |index: usize| {
            tokens
                .get(index)
                .is_some_and(|token| token.glue == Some('_'))
        };
        let bound = joined(index) || joined(index + 1);
        let Some(token) = tokens.get_mut(index) else {
            break;
        };
        let known =
            lexicon::has(&token.text) || times::has(&token.text) || names.has_word(&token.text);
        if bound || known || token.kind != Kind::Word {
            continue;
        }
        looked_at += 1;
        if looked_at > MOST_PUT_RIGHT {
            break;
        }
        if let Some(meant) = meant(&token.text, names) {
            done.push(PutRight {
                index,
                typed: std::mem::replace(&mut token.text, meant.to_owned()),
            });
        }
    }
    done
}

/// A word that was put right.
#[derive(Clone, Debug)]
pub(crate) struct PutRight {
    /// Which token.
    pub(crate) index: usize,
    /// What stood there.
    pub(crate) typed: String,
}

/// The one word of the lexicon that can be meant.
fn meant(typed: &str, names: &Names<'_>) -> Option<&'static str> {
    let mut nearest: Nearest<'_, 'static> = Nearest::new(typed);
    for word in lexicon::words().chain(times::WORDS.iter().copied()) {
        // Hardly anybody mistypes the first letter, and many short words differ in it only.
        if !begins_alike(typed, word) {
            continue;
        }
        if word.len() >= SHORTEST {
            nearest.consider(word, allowed(typed, word));
        } else if swapped(typed, word) {
            nearest.consider(word, 1);
        }
    }
    let (mut words, far) = nearest.all();
    words.sort_unstable();
    words.dedup();
    let word = one_of(typed, &words)?;
    let name_is_nearer = names
        .distance_to_one(typed)
        .is_some_and(|of_name| of_name <= far);
    (!name_is_nearer).then_some(word)
}

/// Whether a word of four letters has two of them swapped: `lsat` for `last`.
fn swapped(typed: &str, word: &str) -> bool {
    let letters = |word: &str| {
        let mut letters: Vec<char> = word.chars().collect();
        letters.sort_unstable();
        letters
    };
    word.len() == SHORTEST - 1 && letters(typed) == letters(word) && distance(typed, word) == 1
}

/// The only word, or the only one as long as what was typed: of `tool` and `tools` for `toolz`
/// the second.
fn one_of<'a>(typed: &str, words: &[&'a str]) -> Option<&'a str> {
    if let [word] = words {
        return Some(word);
    }
    let length = typed.chars().count();
    let mut alike = words.iter().filter(|word| word.chars().count() == length);
    match (alike.next(), alike.next()) {
        (Some(word), None) => Some(word),
        _ => None,
    }
}

/// Whether the first letters are the same, or swapped.
fn begins_alike(typed: &str, word: &str) -> bool {
    let (mut typed, mut word) = (typed.chars(), word.chars());
    let (first, second) = (typed.next(), typed.next());
    let begins = word.next();
    begins == first || (begins == second && word.next() == first)
}
