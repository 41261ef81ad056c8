//! What a server does once it is asked, step by step.

use std::fmt::Write as _;

/// One step of an answer.
#[derive(Clone, Debug)]
pub enum Step {
    /// Sends these bytes as they are.
    Raw(Vec<u8>),
    /// Sends these bytes as a piece of a chunked body.
    Chunk(Vec<u8>),
    /// Sends these bytes as chunks of one byte each.
    Dribble(Vec<u8>),
    /// Waits until the story lets it go on.
    Wait,
    /// Says nothing for ever, and keeps the connection.
    Hang,
    /// Ends a chunked body as it should end.
    End,
}

impl Step {
    /// The head of an answer with a chunked body.
    pub fn chunked(status: &str, headers: &[(&str, &str)]) -> Step {
        let mut text = format!("HTTP/1.1 {status}\r\ntransfer-encoding: chunked\r\n");
        for (name, value) in headers {
            // Writing to a String cannot fail.
            let _ = write!(text, "{name}: {value}\r\n");
        }
        text.push_str("connection: close\r\n\r\n");
        Step::Raw(text.into_bytes())
    }

    /// The head of a stream of events.
    pub fn events() -> Step {
        Step::chunked("200 OK", &[("content-type", "text/event-stream")])
    }

    /// One server-sent event.
    pub fn event(name: &str, data: &str) -> Step {
        Step::Chunk(format!("event: {name}\ndata: {data}\n\n").into_bytes())
    }

    /// A whole answer.
    pub fn answer(status: &str, headers: &[(&str, &str)], body: &[u8]) -> Vec<Step> {
        vec![
            Step::chunked(status, headers),
            Step::Chunk(body.to_vec()),
            Step::End,
        ]
    }
}
