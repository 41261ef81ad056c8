//! Server-sent events, read from the bytes of an answer as they come: split anywhere, in
//! the middle of a letter or between the two signs that end a line.

/// The most bytes of one event.
const LONGEST_EVENT: usize = 2 * 1024 * 1024;

/// One event.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Event {
    /// Its name; `message` where it has none.
    pub(super) name: String,
    /// What it carries.
    pub(super) data: String,
}

/// An event is longer than is taken in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("an event of more than {LONGEST_EVENT} bytes")]
pub(super) struct TooLong;

/// Reads events.
#[derive(Debug, Default)]
pub(super) struct Reader {
    /// The line that is not whole yet. Lines end at ASCII signs, so that a whole one never
    /// ends within a letter.
    line: Vec<u8>,
    /// The last sign ended a line and was a carriage return: a line feed after it is part
    /// of that end.
    returned: bool,
    /// A line has been read: from then on no byte order mark is left out.
    began: bool,
    name: String,
    data: Option<String>,
}

impl Reader {
    /// Reads what came next: the events that are whole now.
    ///
    /// # Errors
    /// When an event is too long; nothing that comes after it can be read.
    pub(super) fn read(&mut self, bytes: &[u8]) -> Result<Vec<Event>, TooLong> {
        let mut events = Vec::new();
        let mut rest = bytes;
        while let Some(&first) = rest.first() {
            if std::mem::take(&mut self.returned) && first == b'\n' {
                rest = rest.get(1..).unwrap_or_default();
                continue;
            }
            let end = rest.iter().position(|byte| matches!(byte, b'\n' | b'\r'));
            let (line, after) = rest.split_at(end.unwrap_or(rest.len()));
            if self.size() + line.len() > LONGEST_EVENT {
                return Err(TooLong);
            }
            self.line.extend_from_slice(line);
            let Some((&sign, after)) = after.split_first() else {
                break;
            };
            self.returned = sign == b'\r';
            events.extend(self.end_line());
            rest = after;
        }
        Ok(events)
    }

    fn size(&self) -> usize {
        self.line.len() + self.name.len() + self.data.as_ref().map_or(0, String::len)
    }

    /// Takes the line, which is whole; the event that it ends, if it ends one.
    fn end_line(&mut self) -> Option<Event> {
        let line = std::mem::take(&mut self.line);
        let mut line = line.as_slice();
        if !std::mem::replace(&mut self.began, true) {
            line = line.strip_prefix(b"\xef\xbb\xbf").unwrap_or(line);
        }
        if line.is_empty() {
            let name = std::mem::take(&mut self.name);
            let data = self.data.take()?;
            let name = if name.is_empty() {
                "message".to_owned()
            } else {
                name
            };
            return Some(Event { name, data });
        }
        // Where a byte is no letter, the sign for that stands in its place.
        let line = String::from_utf8_lossy(line);
        let (field, value) = line.split_once(':').unwrap_or((&line, ""));
        let value = value.strip_prefix(' ').unwrap_or(value);
        match field {
            "event" => value.clone_into(&mut self.name),
            "data" => match &mut self.data {
                None => self.data = Some(value.to_owned()),
                Some(data) => {
                    data.push('\n');
                    data.push_str(value);
                }
            },
            // A comment, or what nothing here needs.
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

    fn event(name: &str, data: &str) -> Event {
        Event {
            name: name.to_owned(),
            data: data.to_owned(),
        }
    }

    fn all(text: &[u8]) -> Vec<Event> {
        Reader::default().read(text).unwrap()
    }

    #[test]
    fn events_have_names_and_data() {
        let text =
            b"event: token\ndata: {\"text\":\"a\"}\n\n: a heartbeat\n\nevent:done\ndata:{}\n\n";
        let two = [event("token", "{\"text\":\"a\"}"), event("done", "{}")];
        assert_eq!(all(text), two);
    }

    #[test]
    fn every_end_of_a_line_is_one() {
        for text in [
            "data: a\n\ndata: b\n\n",
            "data: a\r\rdata: b\r\r",
            "data: a\r\n\r\ndata: b\r\n\r\n",
        ] {
            assert_eq!(
                all(text.as_bytes()),
                [event("message", "a"), event("message", "b")],
                "{text:?}"
            );
        }
    }

    #[test]
    fn data_of_several_lines_is_one_text() {
        assert_eq!(
            all(b"data: a\ndata\ndata:  b\n\n"),
            [event("message", "a\n\n b")]
        );
    }

    #[test]
    fn what_is_not_whole_is_no_event() {
        assert_eq!(all(b"event: done\ndata: {}\n"), []);
        assert_eq!(
            all(b"event: nothing\n\ndata: a\n\n"),
            [event("message", "a")]
        );
    }

    #[test]
    fn a_byte_order_mark_is_no_part_of_the_first_name() {
        assert_eq!(all(b"\xef\xbb\xbfdata: a\n\n"), [event("message", "a")]);
    }

    #[test]
    fn bytes_that_are_no_letters_break_nothing() {
        assert_eq!(
            all(b"data: a\xff\xfeb\n\ndata: \xc3\n\n"),
            [
                event("message", "a\u{fffd}\u{fffd}b"),
                event("message", "\u{fffd}")
            ]
        );
    }

    #[test]
    fn a_line_and_an_event_have_an_end() {
        let mut reader = Reader::default();
        let piece = vec![b'a'; LONGEST_EVENT / 2];
        assert_eq!(reader.read(b"data:"), Ok(Vec::new()));
        assert_eq!(reader.read(&piece), Ok(Vec::new()));
        assert_eq!(reader.read(b"\ndata:"), Ok(Vec::new()));
        assert_eq!(reader.read(&piece), Err(TooLong));
    }

    /// `cargo xtask fuzz page-events` runs it for longer.
    #[test]
    fn any_bytes_are_read_alike_in_any_pieces() {
        check!(name = "page_events")
            .with_iterations(20_000)
            .with_test_time(Duration::from_secs(2))
            .for_each(|bytes: &[u8]| {
                let Some((cut, bytes)) = bytes.split_first() else {
                    return;
                };
                let mut reader = Reader::default();
                let pieces = bytes.chunks(usize::from(*cut).max(1));
                let read: Result<Vec<_>, TooLong> =
                    pieces.map(|piece| reader.read(piece)).collect();
                let read = read.unwrap().concat();
                assert_eq!(read, all(bytes));
                assert!(read.iter().all(|event| !event.name.contains(['\r', '\n'])));
            });
    }

    proptest! {
        #[test]
        fn wherever_it_is_split_the_same_is_read(
            texts in prop::collection::vec("[a-zß€🦀 \"]{0,12}", 0..6),
            end in prop::sample::select(vec!["\n", "\r", "\r\n"]),
            cuts in prop::collection::vec(any::<prop::sample::Index>(), 0..12),
        ) {
            let lines = texts.iter().map(|text| format!("event: token{end}data: {text}{end}{end}"));
            let bytes = lines.collect::<String>().into_bytes();
            let mut cuts: Vec<usize> = cuts.iter().map(|cut| cut.index(bytes.len() + 1)).collect();
            cuts.extend([0, bytes.len()]);
            cuts.sort_unstable();
            let mut reader = Reader::default();
            let mut read = Vec::new();
            for pair in cuts.windows(2) {
                read.extend(reader.read(&bytes[pair[0]..pair[1]]).unwrap());
            }
            let told: Vec<Event> = texts.iter().map(|text| event("token", text)).collect();
            prop_assert_eq!(read, told);
        }

        #[test]
        fn no_bytes_bring_it_down(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
            prop_assert!(Reader::default().read(&bytes).is_ok());
        }
    }
}
