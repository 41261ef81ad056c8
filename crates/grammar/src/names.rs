//! Which server, tool or user a name means.

use std::collections::{HashMap, HashSet};

use crate::known::{Known, Person};
use crate::spelling::{Nearest, allowed};
use crate::words::{Token, words_of};

/// Names of more words than this are known by their exact spelling in quotation marks only.
const MOST_WORDS: usize = 12;
/// What calls without a server are listed under.
const UNATTRIBUTED: &str = timeline::UNATTRIBUTED;

/// What a name belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Kind {
    Server,
    Tool,
    User,
}

/// Something that has a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Entity<'a> {
    pub(crate) kind: Kind,
    /// As the hub spells it; the e-mail address of a user.
    pub(crate) name: &'a str,
}

/// How much of the name was said. The fuller one wins.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Said {
    /// All of it, as the hub spells it but for case.
    Exactly,
    /// All its words.
    Whole,
    /// Without `MCP` or `server`, or the part before the `@`.
    Short,
    /// One part: a first name.
    Part,
    /// With the spaces somewhere else: `file system`.
    RunTogether,
}

/// Whom a name means.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Found<'a> {
    /// One, or several between which nobody can tell.
    pub(crate) entities: Vec<Entity<'a>>,
    pub(crate) said: Said,
}

type Entries<'a> = Vec<(Entity<'a>, Said)>;

/// All names, by their words.
pub(crate) struct Names<'a> {
    by_words: HashMap<String, Entries<'a>>,
    /// Those of several words without the spaces.
    run_together: HashMap<String, Entries<'a>>,
    words: HashSet<String>,
    longest: usize,
}

impl<'a> Names<'a> {
    pub(crate) fn new(known: &Known<'a>) -> Names<'a> {
        let (users, others) = (known.users.len(), known.servers.len() + known.tools.len());
        let mut names = Names {
            // An address, a name and its two parts; a name with and without `MCP`.
            by_words: HashMap::with_capacity(4 * users + 2 * others),
            run_together: HashMap::with_capacity(users + others),
            words: HashSet::with_capacity(3 * users + others),
            longest: 1,
        };
        for server in known.servers.iter().copied().chain([UNATTRIBUTED]) {
            names.server(server);
        }
        for tool in &known.tools {
            let entity = Entity {
                kind: Kind::Tool,
                name: tool,
            };
            names.add(&words_of(tool), entity, Said::Whole);
        }
        for person in &known.users {
            names.person(person);
        }
        names
    }

    fn server(&mut self, name: &'a str) {
        let entity = Entity {
            kind: Kind::Server,
            name,
        };
        let words = words_of(name);
        self.add(&words, entity, Said::Whole);
        let mut short = words.as_slice();
        while let Some((last, rest)) = short.split_last()
            && matches!(last.as_str(), "mcp" | "server")
        {
            short = rest;
        }
        if short.len() < words.len() {
            self.add(short, entity, Said::Short);
        }
    }

    fn person(&mut self, person: &Person<'a>) {
        let entity = Entity {
            kind: Kind::User,
            name: person.email,
        };
        self.add(&[person.email.to_lowercase()], entity, Said::Whole);
        let local = person.email.split('@').next().unwrap_or_default();
        let local = words_of(local);
        let name = words_of(person.name.unwrap_or_default());
        self.add(&local, entity, Said::Short);
        // Most addresses are made of the name.
        let another = name != local;
        if another {
            self.add(&name, entity, Said::Short);
        }
        for part in local.iter().chain(name.iter().filter(|_| another)) {
            if part.chars().nth(1).is_some() {
                self.add(std::slice::from_ref(part), entity, Said::Part);
            }
        }
    }

    fn add(&mut self, words: &[String], entity: Entity<'a>, said: Said) {
        if words.is_empty() || words.len() > MOST_WORDS {
            return;
        }
        self.longest = self.longest.max(words.len());
        for word in words {
            if !self.words.contains(word) {
                self.words.insert(word.clone());
            }
        }
        // Hardly any name is that of two.
        let alone = || Entries::with_capacity(1);
        let entries = self.by_words.entry(words.join(" ")).or_insert_with(alone);
        entries.push((entity, said));
        if words.len() > 1 {
            let entries = self.run_together.entry(words.concat());
            let entries = entries.or_insert_with(alone);
            entries.push((entity, said.max(Said::Short)));
        }
    }

    /// What is called so when nobody looks at spaces.
    fn together(&self, key: &str) -> Entries<'a> {
        let one_word = self.by_words.get(key).into_iter().flatten();
        let several = self.run_together.get(key).into_iter().flatten();
        one_word
            .map(|(entity, said)| (*entity, (*said).max(Said::Short)))
            .chain(several.copied())
            .collect()
    }

    /// Whether some name has the word.
    pub(crate) fn has_word(&self, word: &str) -> bool {
        self.words.contains(word)
    }

    /// The longest name that the tokens begin with, and of how many tokens. With a kind, names
    /// of that kind win.
    pub(crate) fn longest(
        &self,
        message: &str,
        tokens: &[Token],
        kind: Option<Kind>,
    ) -> Option<(usize, Found<'a>)> {
        let most = tokens.len().min(self.longest);
        (1..=most).rev().find_map(|length| {
            let window = whole(tokens, length)?;
            let words: Vec<&str> = window.iter().map(|token| token.text.as_str()).collect();
            if let Some(entries) = self.by_words.get(&words.join(" ")) {
                return Some((length, best(entries, raw(message, window), kind)));
            }
            let together = words.concat();
            let enough = length > 1 || together.chars().count() > 5;
            let entries = self.together(&together);
            if !enough || entries.is_empty() {
                return None;
            }
            let mut found = best(&entries, "", kind);
            found.said = Said::RunTogether;
            Some((length, found))
        })
    }

    /// The name that was said exactly so, whatever its words: in quotation marks.
    pub(crate) fn exactly(&self, text: &str) -> Option<Found<'a>> {
        let entries = self.by_words.get(&words_of(text).join(" "))?;
        let found = best(entries, text, None);
        (found.said <= Said::Short).then_some(found)
    }

    /// The one name that is nearest to what the tokens begin with, if it is near, and of how many
    /// tokens.
    pub(crate) fn nearest(&self, tokens: &[Token]) -> Option<(usize, Found<'a>)> {
        (1..=3).rev().find_map(|length| {
            let window = whole(tokens, length)?;
            let typed: String = window.iter().map(|token| token.text.as_str()).collect();
            let entries = self.near(&typed)?;
            let mut found = best(&entries, "", None);
            found.said = Said::RunTogether;
            Some((length, found))
        })
    }

    /// Entries of the keys nearest to what was typed, if they are of one name alone.
    fn near(&self, typed: &str) -> Option<Entries<'a>> {
        let mut nearest = Nearest::new(typed);
        let words = self.by_words.keys().filter(|key| !key.contains(' '));
        for key in words.chain(self.run_together.keys()) {
            nearest.consider(key, allowed(typed, key));
        }
        let (keys, _) = nearest.all();
        let entries: Entries<'a> = keys.iter().flat_map(|key| self.together(key)).collect();
        let (first, _) = entries.first()?;
        let alone = entries.iter().all(|(entity, _)| entity == first);
        alone.then_some(entries)
    }

    /// How far the nearest name of one word is.
    pub(crate) fn distance_to_one(&self, typed: &str) -> Option<usize> {
        let mut nearest = Nearest::new(typed);
        for word in &self.words {
            nearest.consider(word, allowed(typed, word));
        }
        let (words, far) = nearest.all();
        (!words.is_empty()).then_some(far)
    }
}

/// The first tokens, unless they begin or end inside something that is joined: `git` of
/// `git_frobnicate`.
fn whole(tokens: &[Token], length: usize) -> Option<&[Token]> {
    let window = tokens.get(..length)?;
    let joined = |token: Option<&Token>| token.is_some_and(|token| token.glue.is_some());
    let begins = joined(window.first());
    (!begins && !joined(tokens.get(length))).then_some(window)
}

/// What stands in the message from the first token to the last.
fn raw<'m>(message: &'m str, window: &[Token]) -> &'m str {
    let ends = window.first().zip(window.last());
    let text = ends.and_then(|(first, last)| message.get(first.from..last.to));
    text.unwrap_or_default()
}

/// Those of the entries that were said most fully.
fn best<'a>(entries: &[(Entity<'a>, Said)], raw: &str, kind: Option<Kind>) -> Found<'a> {
    let of_kind: Entries<'a> = entries
        .iter()
        .filter(|(entity, _)| Some(entity.kind) == kind)
        .copied()
        .collect();
    let entries = if of_kind.is_empty() {
        entries
    } else {
        &of_kind
    };
    let spelt = |same: &dyn Fn(&str) -> bool| -> Vec<Entity<'a>> {
        let spelt = entries.iter().filter(|(entity, _)| same(entity.name));
        distinct(spelt.map(|(entity, _)| *entity))
    };
    let lower = raw.to_lowercase();
    for exact in [
        spelt(&|name| name == raw),
        spelt(&|name| name.to_lowercase() == lower),
    ] {
        if !exact.is_empty() {
            return Found {
                entities: exact,
                said: Said::Exactly,
            };
        }
    }
    let said = entries.iter().map(|(_, said)| *said).min();
    let said = said.unwrap_or(Said::Part);
    let fullest = entries.iter().filter(|(_, other)| *other == said);
    Found {
        entities: distinct(fullest.map(|(entity, _)| *entity)),
        said,
    }
}

fn distinct<'a>(entities: impl Iterator<Item = Entity<'a>>) -> Vec<Entity<'a>> {
    let mut seen = HashSet::new();
    entities.filter(|entity| seen.insert(*entity)).collect()
}
