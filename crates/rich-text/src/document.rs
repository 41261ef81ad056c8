//! An answer that comes in pieces.
//!
//! A block that another one follows cannot change any more, whatever comes: it is read once.
//! Only the last one is read again with each piece, and the longer it is, the more has to
//! come before it is. At the end everything is read once more as a whole, since footnotes and
//! the addresses of links may be told after they are used.

use std::collections::BTreeMap;

use crate::highlight::Painter;
use crate::{limits, markdown};

/// What has changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Update {
    /// How many of the first blocks are as they were.
    pub keep: usize,
    /// The blocks after those.
    pub blocks: Vec<String>,
}

/// An answer.
pub struct Document {
    answer: u32,
    text: String,
    /// Bytes whose blocks cannot change.
    done: usize,
    /// How many blocks those are.
    settled: usize,
    /// The blocks as they were told.
    shown: Vec<String>,
    /// Bytes that there were when the end was last read.
    read: usize,
    /// Code that was highlighted, by language and text.
    coloured: BTreeMap<(String, String), String>,
    /// Bytes that were read so far, those read twice counted twice.
    work: usize,
}

impl Document {
    /// An answer of which nothing has come yet. Ids in its HTML begin with its number.
    pub fn new(answer: u32) -> Document {
        Document {
            answer,
            text: String::new(),
            done: 0,
            settled: 0,
            shown: Vec::new(),
            read: 0,
            coloured: BTreeMap::new(),
            work: 0,
        }
    }

    /// The next piece; what it changes. None while it is better to wait for more.
    pub fn push(&mut self, piece: &str, painter: &mut Painter) -> Option<Update> {
        self.text.push_str(piece);
        let tail = self.read.saturating_sub(self.done);
        let waits_for = if tail > limits::EAGER {
            tail / limits::GROWTH
        } else {
            0
        };
        let came = self.text.len() - self.read;
        (came > waits_for).then(|| self.look(painter))
    }

    /// Looks at what has come, however little it is.
    pub fn look(&mut self, painter: &mut Painter) -> Update {
        self.read = self.text.len();
        let end = self.text.len().min(limits::MARKDOWN);
        if self.text.len() > limits::MARKDOWN {
            return self.look_beyond(painter);
        }
        let tail = self.text.get(self.done..end).unwrap_or_default().to_owned();
        self.work += tail.len();
        let places = markdown::places(&tail);
        let settled = settled(&tail, &places);
        let keep = self.settled;
        let mut blocks = Vec::new();
        if settled > 0 {
            let settling = tail.get(..settled).unwrap_or_default();
            blocks = self.render(settling, true, painter);
            self.done += settled;
            self.settled += blocks.len();
        }
        let open = tail.get(settled..).unwrap_or_default();
        let paint = is_closed_code(open);
        blocks.extend(self.render(open, paint, painter));
        self.tell(keep, blocks)
    }

    /// Whether something has come that was not looked at.
    pub fn is_behind(&self) -> bool {
        self.read < self.text.len()
    }

    /// The last piece, if any is left: what the whole changes.
    pub fn finish(&mut self, piece: &str, painter: &mut Painter) -> Update {
        self.text.push_str(piece);
        self.read = self.text.len();
        let blocks = self.whole(painter);
        self.tell(0, blocks)
    }

    /// Bytes that were read so far; those that were read twice count twice.
    pub fn work(&self) -> usize {
        self.work
    }

    fn whole(&mut self, painter: &mut Painter) -> Vec<String> {
        let end = self.text.floor_char_boundary(limits::MARKDOWN);
        let (markdown, plain) = self.text.split_at_checked(end).unwrap_or_default();
        let (markdown, plain) = (markdown.to_owned(), plain.to_owned());
        let mut blocks = self.render(&markdown, true, painter);
        blocks.extend(plain_blocks(&plain));
        blocks
    }

    /// An answer that is longer than what is read as Markdown: the first part is settled as
    /// a whole, the rest is plain.
    fn look_beyond(&mut self, painter: &mut Painter) -> Update {
        let end = self.text.floor_char_boundary(limits::MARKDOWN);
        let keep = self.settled;
        let mut blocks = Vec::new();
        if self.done < end {
            let rest = self.text.get(self.done..end).unwrap_or_default().to_owned();
            blocks = self.render(&rest, true, painter);
            blocks.push(NOTE.to_owned());
            self.done = end;
            self.settled += blocks.len();
        }
        let plain = self.text.get(self.done..).unwrap_or_default();
        let pieces: Vec<&str> = pieces(plain).collect();
        if let Some((_, filled)) = pieces.split_last() {
            self.done += filled.iter().map(|piece| piece.len()).sum::<usize>();
            self.settled += filled.len();
        }
        blocks.extend(pieces.into_iter().map(plain_block));
        self.tell(keep, blocks)
    }

    fn render(&mut self, text: &str, paint: bool, painter: &mut Painter) -> Vec<String> {
        self.work += text.len();
        let coloured = &mut self.coloured;
        markdown::render(text, self.answer, &mut |language, code| {
            if !paint {
                return None;
            }
            let key = (language.to_owned(), code.to_owned());
            if let Some(before) = coloured.get(&key) {
                return Some(before.clone());
            }
            let html = painter.paint(language, code)?;
            coloured.insert(key, html.clone());
            Some(html)
        })
    }

    /// Tells blocks that come after the first `keep`, but for those that are as they were.
    fn tell(&mut self, keep: usize, blocks: Vec<String>) -> Update {
        let before = self.shown.get(keep..).unwrap_or_default();
        let alike = before.iter().zip(&blocks);
        let alike = alike.take_while(|(before, now)| before == now).count();
        self.shown.truncate(keep + alike);
        let blocks: Vec<String> = blocks.into_iter().skip(alike).collect();
        self.shown.extend(blocks.iter().cloned());
        Update {
            keep: keep + alike,
            blocks,
        }
    }
}

/// How much of a text is in blocks that cannot change: those before the last one. What
/// begins in a line that is not whole may yet turn out to be none.
fn settled(text: &str, places: &[std::ops::Range<usize>]) -> usize {
    let line = |place: usize| {
        let before = text.get(..place).unwrap_or_default();
        before.rfind(['\n', '\r']).map_or(0, |end| end + 1)
    };
    let last_line = text.rfind('\n').map_or(0, |end| end + 1);
    let lines = places.iter().rev().map(|place| line(place.start));
    lines
        .into_iter()
        .find(|start| *start < last_line)
        .unwrap_or(0)
}

/// Whether a text is nothing but code in a fence that was closed.
fn is_closed_code(text: &str) -> bool {
    let text = text.trim_start_matches(['\n', '\r']);
    let fence = text.trim_start_matches(' ');
    let letter = fence.chars().next().unwrap_or_default();
    if !matches!(letter, '`' | '~') || !text.ends_with('\n') {
        return false;
    }
    let long = fence.chars().take_while(|next| *next == letter).count();
    let last = text.lines().skip(1).filter(|line| !line.trim().is_empty());
    let is_fence = |line: &str| line.chars().all(|next| next == letter) && line.len() >= long;
    long >= 3 && last.last().is_some_and(|line| is_fence(line.trim()))
}

/// What is told where an answer goes on as plain text.
const NOTE: &str =
    "<p class=\"cut-off\">This answer is long: from here on it is shown as plain text.</p>";

/// What follows the Markdown of a long answer.
fn plain_blocks(text: &str) -> Vec<String> {
    if text.is_empty() {
        return Vec::new();
    }
    let blocks = pieces(text).map(plain_block);
    std::iter::once(NOTE.to_owned()).chain(blocks).collect()
}

/// A text in pieces of the same size, by and large.
fn pieces(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        let end = rest.floor_char_boundary(limits::PLAIN_BLOCK);
        let (piece, after) = rest.split_at_checked(end)?;
        rest = after;
        (!piece.is_empty()).then_some(piece)
    })
}

fn plain_block(text: &str) -> String {
    let mut html = String::from("<p class=\"raw\" dir=\"auto\">");
    crate::text::escape(text, &mut html);
    html.push_str("</p>");
    html
}
