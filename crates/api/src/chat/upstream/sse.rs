//! Reading server-sent events, however they are cut into pieces.
//!
//! Bounded, and forgiving with letters: what is no UTF-8 becomes U+FFFD, where libraries for this
//! end the stream, and an event that grows too large ends it, where they go on collecting.

/// One event.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(in crate::chat) struct Message {
    /// Its name; empty when it has none.
    pub(in crate::chat) name: String,
    /// What it carries.
    pub(in crate::chat) data: String,
}

/// An event that is larger than any may be.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct TooLarge;

/// What was read of the event that is being read.
pub(super) struct Reader {
    longest: usize,
    line: Vec<u8>,
    message: Message,
    has_data: bool,
    /// The last byte was a carriage return: a line feed now belongs to it.
    returned: bool,
    /// Nothing was read yet: there may be a byte order mark.
    fresh: bool,
}

impl Reader {
    /// Reads events of at most so many bytes.
    pub(super) fn new(longest: usize) -> Reader {
        Reader {
            longest,
            line: Vec::new(),
            message: Message::default(),
            has_data: false,
            returned: false,
            fresh: true,
        }
    }

    /// The events that these bytes complete.
    pub(super) fn read(&mut self, mut bytes: &[u8]) -> Result<Vec<Message>, TooLarge> {
        let mut complete = Vec::new();
        while let Some((first, rest)) = bytes.split_first() {
            if std::mem::take(&mut self.returned) && *first == b'\n' {
                bytes = rest;
                continue;
            }
            let end = bytes.iter().position(|byte| matches!(byte, b'\n' | b'\r'));
            let (part, rest) = bytes.split_at(end.unwrap_or(bytes.len()));
            if self.line.len() + self.message.data.len() + part.len() > self.longest {
                return Err(TooLarge);
            }
            self.line.extend_from_slice(part);
            let Some((ended_by, rest)) = rest.split_first() else {
                break;
            };
            self.returned = *ended_by == b'\r';
            complete.extend(self.line_ended());
            bytes = rest;
        }
        Ok(complete)
    }

    /// An empty line completes an event; any other says more of it.
    fn line_ended(&mut self) -> Option<Message> {
        let line = std::mem::take(&mut self.line);
        let line = String::from_utf8_lossy(&line);
        let mut line = line.as_ref();
        if std::mem::take(&mut self.fresh) {
            line = line.strip_prefix('\u{feff}').unwrap_or(line);
        }
        if line.is_empty() {
            let message = std::mem::take(&mut self.message);
            return std::mem::take(&mut self.has_data).then_some(message);
        }
        let (field, value) = line.split_once(':').unwrap_or((line, ""));
        let value = value.strip_prefix(' ').unwrap_or(value);
        match field {
            "event" => value.clone_into(&mut self.message.name),
            "data" => {
                if std::mem::replace(&mut self.has_data, true) {
                    self.message.data.push('\n');
                }
                self.message.data.push_str(value);
            }
            // Comments, `id`, `retry`, and what nobody knows.
            _ => {}
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use bolero::check;
    use proptest::prelude::*;

    use super::*;

    fn message(name: &str, data: &str) -> Message {
        Message {
            name: name.to_owned(),
            data: data.to_owned(),
        }
    }

    fn read(text: &[u8]) -> Vec<Message> {
        Reader::new(1_000).read(text).unwrap()
    }

    #[test]
    fn events_are_read_as_browsers_read_them() {
        let text = "\u{feff}: hello\n\nevent: token\ndata: {\"a\": 1}\n\n\
                    event:done\rdata:one\rdata\rdata:  two\r\r\
                    id: 7\r\nretry: 5\r\ndata: x\r\n\r\nevent: empty\n\ndata: never ended";
        assert_eq!(
            read(text.as_bytes()),
            [
                message("token", "{\"a\": 1}"),
                message("done", "one\n\n two"),
                message("", "x"),
            ]
        );
    }

    #[test]
    fn broken_letters_are_replaced() {
        let text = b"data: a\xffb\xe2\x82\n\ndata: \xe2\x82\xac\n\n";
        assert_eq!(
            read(text),
            [message("", "a\u{fffd}b\u{fffd}"), message("", "€")]
        );
    }

    #[test]
    fn an_event_without_end_is_given_up() {
        let mut reader = Reader::new(100);
        assert_eq!(reader.read(&[b'x'; 60]), Ok(Vec::new()));
        assert_eq!(reader.read(&[b'x'; 60]), Err(TooLarge));
        let mut reader = Reader::new(100);
        let line = [b"data: ".as_slice(), &[b'x'; 50], b"\n"].concat();
        assert_eq!(reader.read(&line), Ok(Vec::new()));
        assert_eq!(reader.read(&line), Err(TooLarge));
    }

    /// `cargo xtask fuzz upstream-events` runs it for longer.
    #[test]
    fn any_bytes_are_read_alike_in_any_pieces_and_within_bounds() {
        const LONGEST: usize = 64;
        check!(name = "upstream_events")
            .with_iterations(20_000)
            .with_test_time(Duration::from_secs(2))
            .for_each(|bytes: &[u8]| {
                let Some((cut, bytes)) = bytes.split_first() else {
                    return;
                };
                let whole = Reader::new(LONGEST).read(bytes);
                let mut reader = Reader::new(LONGEST);
                let pieces = bytes.chunks(usize::from(*cut).max(1));
                let read: Result<Vec<_>, TooLarge> =
                    pieces.map(|piece| reader.read(piece)).collect();
                assert_eq!(read.map(|read| read.concat()), whole);
                for message in whole.into_iter().flatten() {
                    // A byte that is no letter becomes three.
                    assert!(message.name.len() + message.data.len() <= 6 * LONGEST);
                    assert!(!message.name.contains(['\r', '\n']));
                }
            });
    }

    proptest! {
        #[test]
        fn it_does_not_matter_how_a_stream_is_cut(
            lines in prop::collection::vec(("(data|event|id|): ?[a-z€]{0,3}|", "\n|\r|\r\n"), 0..20),
            cuts in prop::collection::vec(1_usize..6, 1..100),
        ) {
            let text: String = lines.iter().flat_map(|(line, end)| [line.as_str(), end]).collect();
            let mut reader = Reader::new(1_000);
            let (mut rest, mut found) = (text.as_bytes(), Vec::new());
            for cut in cuts.iter().cycle() {
                if rest.is_empty() {
                    break;
                }
                let (part, after) = rest.split_at((*cut).min(rest.len()));
                found.extend(reader.read(part).unwrap());
                rest = after;
            }
            prop_assert_eq!(found, read(text.as_bytes()));
        }
    }
}
