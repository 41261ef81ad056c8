//! A meaning for every stretch of a message.

use crate::lexicon;
use crate::names::{Entity, Found, Kind as NameKind, Names, Said};
use crate::question::By;
use crate::sense::{Count, Sense};
use crate::spelling::PutRight;
use crate::times::{self, Clock, Time};
use crate::words::{Kind, Token};

/// Unknown words that are compared with every name.
const MOST_COMPARED: usize = 8;

/// What a stretch of a message means.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Meaning<'a> {
    Sense(Sense),
    Name(Entity<'a>),
    /// A name that several have.
    Several(Vec<Entity<'a>>),
    Time(Time),
    /// None when it is too large.
    Number(Option<i64>),
    /// `#123`.
    Id(Option<i64>),
    /// What stood in quotation marks.
    Text(String),
    Unknown,
}

/// A stretch of a message with its meaning.
#[derive(Clone, Debug)]
pub(crate) struct Tag<'a> {
    pub(crate) meaning: Meaning<'a>,
    /// First byte in the message, and the first after it.
    pub(crate) from: usize,
    pub(crate) to: usize,
    /// What was taken for granted.
    pub(crate) told: Option<String>,
}

/// What tags are made from.
pub(crate) struct Tagger<'m, 'n, 'a> {
    pub(crate) message: &'m str,
    pub(crate) tokens: &'m [Token],
    pub(crate) put_right: &'m [PutRight],
    pub(crate) names: &'n Names<'a>,
    pub(crate) clock: Clock<'m>,
}

impl<'a> Tagger<'_, '_, 'a> {
    /// The tags of the whole message.
    pub(crate) fn tags(&self) -> Vec<Tag<'a>> {
        let mut tags: Vec<Tag<'a>> = Vec::new();
        let mut at = 0;
        let mut compared = 0;
        while let Some(rest) = self.tokens.get(at..).filter(|rest| !rest.is_empty()) {
            let (length, meaning, told) = self
                .quoted_word(rest, tags.last())
                .or_else(|| self.read(rest, tags.last()))
                .or_else(|| {
                    compared += 1;
                    (compared <= MOST_COMPARED).then(|| self.nearly(rest))?
                })
                .unwrap_or_else(|| (unknown_length(rest), Meaning::Unknown, None));
            let told = told.or_else(|| self.told(at, length));
            if let Some(stretch) = rest.get(..length)
                && let (Some(first), Some(last)) = (stretch.first(), stretch.last())
                && first.kind != Kind::Dash
            {
                tags.push(Tag {
                    meaning,
                    from: first.from,
                    to: last.to,
                    told,
                });
            }
            at += length.max(1);
        }
        tags
    }

    /// The word to look for: after `mentioning` it needs no quotation marks.
    fn quoted_word(&self, rest: &[Token], before: Option<&Tag<'a>>) -> Option<Read<'a>> {
        let mentions = before.is_some_and(|tag| tag.meaning == Meaning::Sense(Sense::Mentions));
        let token = rest.first().filter(|_| mentions)?;
        let word = self.message.get(token.from..token.to)?;
        let plain =
            token.kind == Kind::Word && !matches!(token.text.as_str(), "the" | "word" | "a");
        plain.then(|| (1, Meaning::Text(word.to_owned()), None))
    }

    fn read(&self, rest: &[Token], before: Option<&Tag<'a>>) -> Option<Read<'a>> {
        let first = rest.first()?;
        let name = self
            .names
            .longest(self.message, rest, kind_expected(before));
        match first.kind {
            Kind::Quoted => return Some((1, self.quoted(&first.text), None)),
            Kind::Id(id) if first.glue.is_none() => return Some((1, Meaning::Id(id), None)),
            _ => {}
        }
        let time = times::longest(rest, self.clock);
        let phrase = lexicon::longest(rest);
        let length = |found: Option<usize>| found.unwrap_or(0);
        let timed = length(time.as_ref().map(|(length, _)| *length));
        let phrased = length(phrase.map(|(length, _)| length));
        if let Some((long, found)) = name
            && self.is_name(long, &found, timed.max(phrased), first, phrase, before)
        {
            return Some(named(long, found, self.raw(rest, long)));
        }
        if let Some((length, time)) = time.filter(|_| timed >= phrased) {
            return Some((length, Meaning::Time(time), None));
        }
        if let Some((length, sense)) = phrase {
            return Some((length, Meaning::Sense(sense), None));
        }
        let number = match first.kind {
            Kind::Dash => return Some((1, Meaning::Sense(Sense::Filler), None)),
            Kind::Number(number) => Some(number),
            _ => times::in_words(&first.text).map(Some),
        };
        let apart = first.glue.is_none() && rest.get(1).is_none_or(|next| next.glue.is_none());
        number
            .filter(|_| apart)
            .map(|number| (1, Meaning::Number(number), None))
    }

    /// Whether a name is meant and not the words that it is made of: a hub may have a server
    /// called `Time`.
    fn is_name(
        &self,
        long: usize,
        found: &Found<'a>,
        other: usize,
        first: &Token,
        phrase: Option<(usize, Sense)>,
        before: Option<&Tag<'a>>,
    ) -> bool {
        if long != other || other == 0 {
            return long > other;
        }
        if long > 1 && found.said <= Said::Whole {
            return true;
        }
        let spelt = self.message.get(first.from..first.to).unwrap_or_default();
        let capital = spelt.chars().next().is_some_and(char::is_uppercase);
        let as_spelt = found
            .entities
            .iter()
            .any(|entity| entity.name.starts_with(spelt));
        if capital && as_spelt && before.is_some() {
            return true;
        }
        let expected = before.is_some_and(|tag| {
            matches!(tag.meaning, Meaning::Sense(Sense::Preposition | Sense::By))
        }) || kind_expected(before).is_some();
        let soft = phrase.is_none_or(|(_, sense)| {
            matches!(
                sense,
                Sense::Filler
                    | Sense::Glance
                    | Sense::List
                    | Sense::Help
                    | Sense::Does
                    | Sense::Uses
                    | Sense::Fine
                    | Sense::Courtesy
                    | Sense::Mentions
            )
        });
        expected && soft && phrase.is_some()
    }

    fn quoted(&self, text: &str) -> Meaning<'a> {
        match self.names.exactly(text) {
            Some(found) => single(found.entities),
            None => Meaning::Text(text.to_owned()),
        }
    }

    /// A name that is nearly so.
    fn nearly(&self, rest: &[Token]) -> Option<Read<'a>> {
        let (length, found) = self.names.nearest(rest)?;
        Some(named(length, found, self.raw(rest, length)))
    }

    fn raw(&self, rest: &[Token], length: usize) -> &str {
        let ends = rest.first().zip(rest.get(length.saturating_sub(1)));
        let text = ends.and_then(|(first, last)| self.message.get(first.from..last.to));
        text.unwrap_or_default()
    }

    /// What was put right between two tokens.
    fn told(&self, at: usize, length: usize) -> Option<String> {
        let within = |right: &&PutRight| (at..at + length).contains(&right.index);
        let told = self.put_right.iter().filter(within).filter_map(|right| {
            let meant = &self.tokens.get(right.index)?.text;
            Some(format!("“{}” read as “{meant}”", right.typed))
        });
        let told: Vec<String> = told.collect();
        (!told.is_empty()).then(|| told.join(", "))
    }
}

/// How many tokens, what they mean, and what was taken for granted.
type Read<'a> = (usize, Meaning<'a>, Option<String>);

fn named<'a>(length: usize, found: Found<'a>, raw: &str) -> Read<'a> {
    let said = found.said;
    let meaning = single(found.entities);
    let told = match &meaning {
        Meaning::Name(entity) if said >= Said::Part => {
            Some(format!("“{raw}” read as “{}”", entity.name))
        }
        _ => None,
    };
    (length, meaning, told)
}

fn single(entities: Vec<Entity<'_>>) -> Meaning<'_> {
    match entities.as_slice() {
        [entity] => Meaning::Name(*entity),
        _ => Meaning::Several(entities),
    }
}

/// Which kind of name follows `server`, `tool` or `user`.
fn kind_expected(before: Option<&Tag<'_>>) -> Option<NameKind> {
    match before?.meaning {
        Meaning::Sense(Sense::Dimension(by, Count::One)) => kind_of(by),
        _ => None,
    }
}

/// The kind of names that a dimension has.
pub(crate) fn kind_of(by: By) -> Option<NameKind> {
    match by {
        By::Server => Some(NameKind::Server),
        By::Tool => Some(NameKind::Tool),
        By::User => Some(NameKind::User),
        By::Time => None,
    }
}

/// All of something that is joined: `git_frobnicate`.
fn unknown_length(rest: &[Token]) -> usize {
    let joined = rest.iter().skip(1).take_while(|token| token.glue.is_some());
    joined.count() + 1
}
