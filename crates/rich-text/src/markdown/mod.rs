//! Markdown made into blocks of safe HTML.

mod anchors;
mod elements;
mod footnotes;
mod writer;

use std::ops::Range;

use pulldown_cmark::{Event, Options, Parser};

use writer::Writer;

/// Highlights code in a language; none if it stays plain.
pub(crate) type Paint<'a> = dyn FnMut(&str, &str) -> Option<String> + 'a;

/// What we read beyond `CommonMark`.
fn options() -> Options {
    Options::ENABLE_TABLES
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_FOOTNOTES
}

/// The blocks of a text, each one element. Ids in them begin with the answer's number.
pub(crate) fn render(text: &str, answer: u32, paint: &mut Paint<'_>) -> Vec<String> {
    let mut writer = Writer::new(answer, paint);
    for event in Parser::new_ext(text, options()) {
        writer.write(event);
        if writer.is_full() {
            break;
        }
    }
    writer.blocks()
}

/// Where the outermost blocks of a text are.
pub(crate) fn places(text: &str) -> Vec<Range<usize>> {
    let mut places = Vec::new();
    let mut depth = 0_usize;
    for (event, place) in Parser::new_ext(text, options()).into_offset_iter() {
        match event {
            Event::Start(_) => {
                if depth == 0 {
                    places.push(place);
                }
                depth += 1;
            }
            Event::End(_) => depth = depth.saturating_sub(1),
            _ if depth == 0 => places.push(place),
            _ => {}
        }
    }
    places
}

#[cfg(test)]
mod tests;
