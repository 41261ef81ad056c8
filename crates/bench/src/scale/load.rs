//! Requests a second, from connections that stay open and ask again as soon as they have
//! their answer. What asks is as lean as can be: it runs on the same machine.

use std::time::{Duration, Instant};

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::task::JoinSet;

/// Connections.
pub(super) const CONNECTIONS: usize = 16;

/// Answers a second of `http://host:port` to GET of a path, from so many connections for so long.
pub(super) async fn rate(url: &str, path: &str, long: Duration) -> f64 {
    let host = url.trim_start_matches("http://").to_owned();
    let asked = format!("GET {path} HTTP/1.1\r\nhost: {host}\r\n\r\n");
    let began = Instant::now();
    let mut all = JoinSet::new();
    for _ in 0..CONNECTIONS {
        let (host, asked) = (host.clone(), asked.clone());
        all.spawn(async move { one(&host, asked.as_bytes(), began + long).await });
    }
    let answered: u32 = all.join_all().await.into_iter().sum();
    f64::from(answered) / began.elapsed().as_secs_f64()
}

async fn one(host: &str, asked: &[u8], until: Instant) -> u32 {
    let mut connection = TcpStream::connect(host).await.unwrap();
    connection.set_nodelay(true).unwrap();
    let mut read = Vec::with_capacity(256 * 1024);
    let mut answered = 0;
    while Instant::now() < until {
        connection.write_all(asked).await.unwrap();
        let mut length = None;
        while length.is_none_or(|length| read.len() < length) {
            let count = connection.read_buf(&mut read).await.unwrap();
            assert!(count > 0, "the connection was closed");
            length = length.or_else(|| whole_length(&read));
        }
        read.clear();
        answered += 1;
    }
    answered
}

/// The length of an answer, head and body, once its head is there.
fn whole_length(read: &[u8]) -> Option<usize> {
    let end = read.windows(4).position(|four| four == b"\r\n\r\n")?;
    let head = std::str::from_utf8(read.get(..end)?).unwrap();
    assert!(head.starts_with("HTTP/1.1 200"), "{head}");
    let length = head.lines().find_map(|line| {
        let (name, value) = line.split_once(':')?;
        name.eq_ignore_ascii_case("content-length")
            .then(|| value.trim().parse::<usize>().unwrap())
    });
    Some(end + 4 + length.expect("an answer says how long it is"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_is_as_long_as_it_says() {
        let answer = b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello";
        assert_eq!(whole_length(answer), Some(answer.len()));
        assert_eq!(whole_length(b"HTTP/1.1 200 OK\r\nContent-Le"), None);
    }
}
