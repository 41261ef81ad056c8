//! Writes what the parser reads. Only what is written here is ever HTML: there is no tag and
//! no attribute that the text could choose.

use std::fmt::Write;

use pulldown_cmark::{Alignment, CodeBlockKind, Event, Tag};

use super::footnotes::Footnotes;
use super::{Paint, elements};
use crate::limits;
use crate::text::{escape, plain_code};

/// Writes blocks.
pub(super) struct Writer<'a, 'p> {
    paint: &'a mut Paint<'p>,
    blocks: Vec<String>,
    /// The block that is being written.
    pub(super) html: String,
    /// What has been opened, innermost last.
    pub(super) open: Vec<Open>,
    /// How many of those are elements.
    pub(super) depth: usize,
    /// How many of those are links.
    pub(super) links: usize,
    /// Bytes in blocks that are done.
    written: usize,
    notes: Footnotes,
    alignments: Vec<Alignment>,
    cell: usize,
    in_head: bool,
}

/// What has been opened.
pub(super) enum Open {
    /// An element, and how it is closed.
    Element(&'static str),
    /// A link.
    Link,
    /// A picture that is shown as a link, and how long the HTML was when its name began.
    Picture(usize),
    /// Nothing: it lies too deep, or is none of ours. What is in it is written all the same.
    Nothing,
    /// Code, in a language.
    Code(String, String),
    /// A footnote, and what was being written before it.
    Note(String, String),
}

impl<'a, 'p> Writer<'a, 'p> {
    pub(super) fn new(answer: u32, paint: &'a mut Paint<'p>) -> Writer<'a, 'p> {
        Writer {
            paint,
            blocks: Vec::new(),
            html: String::new(),
            open: Vec::new(),
            depth: 0,
            links: 0,
            written: 0,
            notes: Footnotes::new(answer),
            alignments: Vec::new(),
            cell: 0,
            in_head: false,
        }
    }

    /// Whether enough has been written.
    pub(super) fn is_full(&self) -> bool {
        self.written + self.html.len() > limits::HTML
    }

    /// Everything that was written.
    pub(super) fn blocks(mut self) -> Vec<String> {
        let full = self.is_full();
        while !self.open.is_empty() {
            self.end();
        }
        if full {
            let says =
                "<p class=\"cut-off\">The rest of this answer is not shown: it is too large.</p>";
            self.blocks.push(says.to_owned());
        }
        self.blocks.extend(self.notes.block());
        self.blocks
    }

    /// Writes what was read.
    pub(super) fn write(&mut self, event: Event<'_>) {
        match event {
            Event::Start(tag) => self.start(tag),
            Event::End(_) => self.end(),
            Event::Text(text) | Event::Html(text) | Event::InlineHtml(text) => self.text(&text),
            Event::Code(code) | Event::InlineMath(code) | Event::DisplayMath(code) => {
                self.html.push_str("<code dir=\"ltr\">");
                escape(&plain_code(&code), &mut self.html);
                self.html.push_str("</code>");
            }
            Event::FootnoteReference(label) => self.refer(&label),
            Event::SoftBreak => self.html.push('\n'),
            Event::HardBreak => self.html.push_str("<br>"),
            Event::Rule => self.html.push_str("<hr>"),
            Event::TaskListMarker(done) => self.task(done),
        }
        self.end_block();
    }

    fn text(&mut self, text: &str) {
        if let Some(Open::Code(_, code)) = self.open.last_mut() {
            code.push_str(text);
        } else {
            escape(text, &mut self.html);
        }
    }

    fn refer(&mut self, label: &str) {
        // A link within a link is none.
        if self.links == 0 {
            self.notes.refer(label, &mut self.html);
        }
    }

    fn task(&mut self, done: bool) {
        let (checked, says) = if done {
            (" checked", "done")
        } else {
            ("", "to do")
        };
        // Writing into a string cannot fail.
        let _ = write!(
            self.html,
            "<input type=\"checkbox\" disabled{checked} aria-label=\"{says}\"> "
        );
    }

    fn start(&mut self, tag: Tag<'_>) {
        match tag {
            Tag::Paragraph => self.element("<p dir=\"auto\">", "</p>"),
            Tag::HtmlBlock => self.element("<p class=\"raw\" dir=\"auto\">", "</p>"),
            Tag::Heading { level, .. } => {
                let (start, end) = elements::heading(level);
                self.element(start, end);
            }
            Tag::BlockQuote(_) => self.element("<blockquote>", "</blockquote>"),
            Tag::List(None) => self.element("<ul>", "</ul>"),
            Tag::List(Some(1)) => self.element("<ol>", "</ol>"),
            Tag::List(Some(first)) => self.element(&format!("<ol start=\"{first}\">"), "</ol>"),
            Tag::Item => self.part("<li dir=\"auto\">", "</li>"),
            Tag::Emphasis => self.element("<em>", "</em>"),
            Tag::Strong => self.element("<strong>", "</strong>"),
            Tag::Strikethrough => self.element("<del>", "</del>"),
            Tag::Link {
                link_type,
                dest_url,
                title,
                ..
            } => self.link(link_type, &dest_url, &title),
            Tag::Image {
                link_type,
                dest_url,
                title,
                ..
            } => self.picture(link_type, &dest_url, &title),
            Tag::CodeBlock(kind) => {
                let language = match &kind {
                    CodeBlockKind::Fenced(info) => elements::language(info),
                    CodeBlockKind::Indented => "",
                };
                let code = Open::Code(language.to_owned(), String::new());
                self.open.push(code);
            }
            Tag::FootnoteDefinition(label) => {
                let before = std::mem::take(&mut self.html);
                self.open.push(Open::Note(label.into_string(), before));
            }
            Tag::Table(alignments) => {
                self.alignments = alignments;
                let start = "<div class=\"table-scroller\" tabindex=\"0\" role=\"region\" aria-label=\"Table\"><table>";
                self.element(start, "</tbody></table></div>");
            }
            Tag::TableHead => {
                (self.in_head, self.cell) = (true, 0);
                self.part("<thead><tr>", "</tr></thead><tbody>");
            }
            Tag::TableRow => {
                (self.in_head, self.cell) = (false, 0);
                self.part("<tr>", "</tr>");
            }
            Tag::TableCell => self.cell(),
            _ => self.open.push(Open::Nothing),
        }
    }

    /// Opens an element, unless it lies too deep.
    fn element(&mut self, start: &str, end: &'static str) {
        if self.depth >= limits::DEPTH {
            self.open.push(Open::Nothing);
            return;
        }
        self.depth += 1;
        self.html.push_str(start);
        self.open.push(Open::Element(end));
    }

    /// Opens what is only something as a part of what it is in.
    fn part(&mut self, start: &str, end: &'static str) {
        if let Some(Open::Element(_)) = self.open.last() {
            self.depth += 1;
            self.html.push_str(start);
            self.open.push(Open::Element(end));
        } else {
            self.html.push('\n');
            self.open.push(Open::Nothing);
        }
    }

    fn cell(&mut self) {
        let class = elements::aligned(self.alignments.get(self.cell));
        self.cell += 1;
        if self.in_head {
            self.part(&format!("<th scope=\"col\" dir=\"auto\"{class}>"), "</th>");
        } else {
            self.part(&format!("<td dir=\"auto\"{class}>"), "</td>");
        }
    }

    fn end(&mut self) {
        match self.open.pop() {
            Some(Open::Element(end)) => {
                self.depth -= 1;
                self.html.push_str(end);
            }
            Some(Open::Link) => self.end_link(),
            Some(Open::Picture(name)) => {
                if self.html.len() == name {
                    self.html.push_str("picture");
                }
                self.end_link();
            }
            Some(Open::Code(language, code)) => self.code(&language, &code),
            Some(Open::Note(label, before)) => {
                let told = std::mem::replace(&mut self.html, before);
                self.written += told.len();
                self.notes.tell(label, told);
            }
            Some(Open::Nothing) | None => {}
        }
        self.end_block();
    }

    fn code(&mut self, language: &str, code: &str) {
        let code = plain_code(code);
        self.html
            .push_str("<figure class=\"code\" data-language=\"");
        escape(language, &mut self.html);
        self.html
            .push_str("\"><pre dir=\"ltr\" tabindex=\"0\"><code>");
        match (self.paint)(language, &code) {
            Some(painted) => self.html.push_str(&painted),
            None => escape(&code, &mut self.html),
        }
        self.html.push_str("</code></pre></figure>");
    }

    /// What was written is a block of its own as soon as nothing is open.
    fn end_block(&mut self) {
        if self.open.is_empty() && !self.html.is_empty() {
            self.written += self.html.len();
            self.blocks.push(std::mem::take(&mut self.html));
        }
    }
}
