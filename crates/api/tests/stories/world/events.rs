//! A reader of the event stream.

use std::pin::Pin;
use std::time::Duration;

use bytes::Bytes;
use futures_util::{Stream, StreamExt};
use shared_types::{Delta, Snapshot, event, paths};

use super::Api;

/// Longer than any pause between two events that a story waits for.
const PATIENCE: Duration = Duration::from_secs(30);
/// Calls that the page shows.
const KEPT: usize = 50;

/// One event, or a comment.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Event {
    pub(crate) id: String,
    pub(crate) name: String,
    pub(crate) data: String,
    pub(crate) comment: String,
}

/// An open stream.
pub(crate) struct Events {
    body: Pin<Box<dyn Stream<Item = reqwest::Result<Bytes>> + Send>>,
    text: String,
    /// The last id, as a browser remembers it.
    pub(crate) last: String,
}

impl Events {
    /// Opens the stream, as a browser does that has seen this event last.
    pub(crate) async fn open(api: &Api, query: &str, last: Option<&str>) -> Events {
        Events::open_with(api, query, last, &[]).await
    }

    /// As [`Events::open`], with these headers.
    pub(crate) async fn open_with(
        api: &Api,
        query: &str,
        last: Option<&str>,
        headers: &[(&str, &str)],
    ) -> Events {
        Events::at(&api.client, &api.url, query, last, headers).await
    }

    /// Opens the stream of whoever serves at this address.
    pub(crate) async fn at(
        client: &reqwest::Client,
        url: &str,
        query: &str,
        last: Option<&str>,
        headers: &[(&str, &str)],
    ) -> Events {
        let mut request = client.get(format!("{url}{}?{query}", paths::STREAM));
        if let Some(last) = last {
            request = request.header("last-event-id", last);
        }
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let response = request
            .header("accept-encoding", "br, gzip")
            .send()
            .await
            .unwrap();
        assert_eq!(response.status(), 200);
        let headers = response.headers();
        assert_eq!(headers["content-type"], "text/event-stream");
        assert_eq!(headers["cache-control"], "no-store");
        assert!(
            headers
                .get("content-encoding")
                .is_none_or(|coding| coding == "identity")
        );
        Events {
            body: Box::pin(response.bytes_stream()),
            text: String::new(),
            last: last.unwrap_or_default().to_owned(),
        }
    }

    /// The next event or comment; none when the stream ended.
    pub(crate) async fn next(&mut self) -> Option<Event> {
        loop {
            if let Some(end) = self.text.find("\n\n") {
                let block: String = self.text.drain(..end + 2).collect();
                let mut event = Event::default();
                for line in block.trim_end().lines() {
                    match line.split_once(':') {
                        Some(("", said)) => said.trim().clone_into(&mut event.comment),
                        Some(("id", id)) => id.trim().clone_into(&mut event.id),
                        Some(("event", name)) => name.trim().clone_into(&mut event.name),
                        Some(("data", data)) => data.trim().clone_into(&mut event.data),
                        other => assert_eq!(other, Some(("retry", " 2000"))),
                    }
                }
                if !event.id.is_empty() {
                    self.last.clone_from(&event.id);
                }
                return Some(event);
            }
            let more = tokio::time::timeout(PATIENCE, self.body.next()).await;
            match more.expect("an event in time") {
                Some(Ok(bytes)) => self.text.push_str(std::str::from_utf8(&bytes).unwrap()),
                // A stream that is cut and one that ends are the same to a browser.
                Some(Err(_)) | None => return None,
            }
        }
    }

    /// The next event that is no comment.
    pub(crate) async fn news(&mut self) -> Event {
        let news = async {
            loop {
                let event = self.next().await.expect("the stream goes on");
                if !event.name.is_empty() {
                    return event;
                }
            }
        };
        tokio::time::timeout(PATIENCE, news)
            .await
            .expect("news in time")
    }

    /// The snapshot that a stream begins with.
    pub(crate) async fn snapshot(&mut self) -> Snapshot {
        let event = self.news().await;
        assert_eq!(event.name, event::SNAPSHOT);
        serde_json::from_str(&event.data).unwrap()
    }

    /// Applies events until the page is what `GET /snapshot` answers; how many it took.
    pub(crate) async fn until_same(&mut self, page: &mut Snapshot, api: &Api, query: &str) -> u32 {
        let path = format!("{}?{query}", paths::SNAPSHOT);
        let mut count = 0;
        loop {
            let told: Snapshot = api.read(&path).await;
            if *page == told {
                return count;
            }
            let event = self.news().await;
            assert_eq!(event.name, event::DELTA, "{}", event.data);
            let delta: Delta = serde_json::from_str(&event.data).unwrap();
            assert_ne!(delta, Delta::default(), "an event that says nothing");
            page.apply(delta, KEPT);
            count += 1;
        }
    }
}
