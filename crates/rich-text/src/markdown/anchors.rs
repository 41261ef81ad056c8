//! Links, and pictures, which are shown as links.

use pulldown_cmark::LinkType;

use super::writer::{Open, Writer};
use crate::limits;
use crate::links::Link;
use crate::text::escape;

impl Writer<'_, '_> {
    pub(super) fn link(&mut self, kind: LinkType, address: &str, title: &str) {
        if self.anchor(kind, address, title, "") {
            self.open.push(Open::Link);
        } else {
            self.open.push(Open::Nothing);
        }
    }

    /// Pictures are not fetched: whoever wrote the address would learn who reads it.
    pub(super) fn picture(&mut self, kind: LinkType, address: &str, title: &str) {
        if self.anchor(kind, address, title, " class=\"picture\"") {
            self.open.push(Open::Picture(self.html.len()));
        } else {
            self.open.push(Open::Nothing);
        }
    }

    /// Begins a link, if it may lead there. A link within a link is none.
    fn anchor(&mut self, kind: LinkType, address: &str, title: &str, class: &str) -> bool {
        let person = (kind == LinkType::Email).then(|| format!("mailto:{address}"));
        let Some(link) = Link::to(person.as_deref().unwrap_or(address)) else {
            return false;
        };
        if self.links > 0 || self.depth >= limits::DEPTH {
            return false;
        }
        let (address, target) = match link {
            Link::Inside(address) => (address, ""),
            Link::Outside(address) => (address, " target=\"_blank\" rel=\"noopener noreferrer\""),
        };
        self.html.push_str("<a href=\"");
        escape(address, &mut self.html);
        self.html.push('"');
        if !title.is_empty() {
            self.html.push_str(" title=\"");
            escape(title, &mut self.html);
            self.html.push('"');
        }
        self.html.push_str(class);
        self.html.push_str(target);
        self.html.push('>');
        self.links += 1;
        self.depth += 1;
        true
    }

    pub(super) fn end_link(&mut self) {
        self.links -= 1;
        self.depth -= 1;
        self.html.push_str("</a>");
    }
}
