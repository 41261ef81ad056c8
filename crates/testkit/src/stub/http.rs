//! Requests, read as plainly as they are written.

use std::io;

use tokio::io::{AsyncRead, AsyncReadExt};

/// A request as it arrived.
#[derive(Clone, Debug, Default)]
pub struct Received {
    /// `POST`
    pub method: String,
    /// With its query.
    pub path: String,
    /// Names in small letters, in their order.
    pub headers: Vec<(String, String)>,
    /// As text.
    pub body: String,
}

impl Received {
    /// The header of this name (in small letters).
    pub fn header(&self, name: &str) -> Option<&str> {
        let found = self.headers.iter().find(|(known, _)| known == name);
        found.map(|(_, value)| value.as_str())
    }
}

/// Reads one request, its body included.
pub(super) async fn read(stream: &mut (impl AsyncRead + Unpin)) -> io::Result<Received> {
    let mut bytes = Vec::new();
    let head = loop {
        if let Some(end) = bytes.windows(4).position(|four| four == b"\r\n\r\n") {
            break end;
        }
        more(stream, &mut bytes).await?;
    };
    let rest = bytes.split_off(head + 4);
    let mut received = parsed(&String::from_utf8_lossy(&bytes));
    let length = received.header("content-length");
    let length: usize = length.and_then(|length| length.parse().ok()).unwrap_or(0);
    let mut body = rest;
    while body.len() < length {
        more(stream, &mut body).await?;
    }
    received.body = String::from_utf8_lossy(&body).into_owned();
    Ok(received)
}

async fn more(stream: &mut (impl AsyncRead + Unpin), bytes: &mut Vec<u8>) -> io::Result<()> {
    match stream.read_buf(bytes).await? {
        0 => Err(io::ErrorKind::UnexpectedEof.into()),
        _ => Ok(()),
    }
}

fn parsed(head: &str) -> Received {
    let mut lines = head.lines();
    let mut first = lines
        .next()
        .unwrap_or_default()
        .split(' ')
        .map(str::to_owned);
    let headers = lines.filter_map(|line| line.split_once(':'));
    Received {
        method: first.next().unwrap_or_default(),
        path: first.next().unwrap_or_default(),
        headers: headers
            .map(|(name, value)| (name.to_ascii_lowercase(), value.trim().to_owned()))
            .collect(),
        body: String::new(),
    }
}
