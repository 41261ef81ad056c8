//! A connection that says anything, be it HTTP or not.

use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::time::timeout;

/// Longer than anything that a story waits for.
const PATIENCE: Duration = Duration::from_mins(1);

/// One that is open.
pub(crate) struct Wire(TcpStream);

impl Wire {
    /// To the server of this address, `http://host:port`.
    pub(crate) async fn to(url: &str) -> Wire {
        let address = url.trim_start_matches("http://");
        Wire(TcpStream::connect(address).await.unwrap())
    }

    /// Says this; whoever has been cut off already says it to nobody.
    pub(crate) async fn say(&mut self, bytes: impl AsRef<[u8]>) {
        let _ = self.0.write_all(bytes.as_ref()).await;
    }

    /// All that comes until the other side ends it, which it must.
    pub(crate) async fn rest(mut self) -> String {
        let mut bytes = Vec::new();
        let read = timeout(PATIENCE, self.0.read_to_end(&mut bytes)).await;
        // Who was cut off while still speaking reads a reset: what came before it counts.
        let _ = read.expect("the other side ends it in time");
        String::from_utf8_lossy(&bytes).into_owned()
    }

    /// Reads until the answer that is being sent holds this, and leaves the connection open.
    pub(crate) async fn until(&mut self, part: &str) -> String {
        let mut text = String::new();
        while !text.contains(part) {
            let mut some = [0; 4_096];
            let read = timeout(PATIENCE, self.0.read(&mut some)).await;
            let count = read.expect("an answer in time").unwrap();
            assert_ne!(count, 0, "it ended: {text}");
            text.push_str(&String::from_utf8_lossy(&some[..count]));
        }
        text
    }
}

/// Says this on a connection of its own; all that comes until the other side ends it.
pub(crate) async fn said(url: &str, bytes: impl AsRef<[u8]>) -> String {
    let mut wire = Wire::to(url).await;
    wire.say(bytes).await;
    wire.rest().await
}

/// The statuses of the answers in what came.
pub(crate) fn statuses(answers: &str) -> Vec<u16> {
    let heads = answers.split("HTTP/1.1 ").skip(1);
    heads
        .map(|head| head.get(..3).and_then(|status| status.parse().ok()))
        .map(|status| status.expect("a status"))
        .collect()
}
