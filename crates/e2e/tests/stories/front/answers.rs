//! The API through the real gateway: events as they happen, and limits.

use e2e::until;
use futures_util::StreamExt;
use tokio::time::timeout;

use super::{Street, client, header};

/// Reads an event stream until what it says holds these words.
async fn until_said(
    stream: &mut (impl futures_util::Stream<Item = reqwest::Result<impl AsRef<[u8]>>> + Unpin),
    words: &str,
) {
    let mut said = String::new();
    while !said.contains(words) {
        let next = timeout(testkit::DEADLINE, stream.next()).await;
        let piece = next.expect("an event in time").expect("an open stream");
        said.push_str(&String::from_utf8_lossy(piece.unwrap().as_ref()));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn events_pass_as_they_happen() {
    let Some(street) = Street::plain().await else {
        return;
    };
    let address = street.front.at("/dashboard/api/v1/dashboard/stream?tz=UTC");
    let asked = client().get(&address).header("accept-encoding", "gzip, br");
    let answer = asked.send().await.unwrap();
    assert_eq!(answer.status(), 200);
    assert_eq!(header(&answer, "content-type"), "text/event-stream");
    let mut stream = Box::pin(answer.bytes_stream());
    until_said(&mut stream, "event: snapshot").await;
    for _ in 0..3 {
        let id = street.hub.call("database-mcp").await;
        until_said(&mut stream, &format!("\"id\":{id},")).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn answers_are_compressed_by_the_api_and_confirmed_by_their_etag() {
    let Some(street) = Street::plain().await else {
        return;
    };
    street.hub.call("database-mcp").await;
    let address = street
        .front
        .at("/dashboard/api/v1/dashboard/snapshot?tz=UTC");
    let asked = || client().get(&address).header("accept-encoding", "br");
    let answer = asked().send().await.unwrap();
    assert_eq!(header(&answer, "content-encoding"), "br");
    assert!(header(&answer, "vary").contains("accept-encoding"));
    let policy = header(&answer, "content-security-policy");
    assert!(policy.starts_with("default-src 'none'"), "{policy}");
    let figures = street
        .front
        .at("/dashboard/api/v1/dashboard/charts/errors?tz=UTC&range=7d");
    // Between two changes: the call is being counted, and windows move with the minute.
    until("what was answered is confirmed", || async {
        let answer = client().get(&figures).send().await.unwrap();
        let known = header(&answer, "etag").to_owned();
        assert!(!known.is_empty());
        let again = client().get(&figures).header("if-none-match", known);
        again.send().await.unwrap().status() == 304
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn too_large_a_body_and_too_many_requests_are_refused() {
    let Some(street) = Street::of(1, &[], &[("OMNI2_RATE", "5")]).await else {
        return;
    };
    let ask = street.front.at("/dashboard/api/v1/chat/ask");
    let large = serde_json::json!({ "message": "x".repeat(70 * 1024) });
    let answer = client().post(ask).json(&large).send().await.unwrap();
    assert_eq!(answer.status(), 413);
    let problem: serde_json::Value = answer.json().await.unwrap();
    assert_eq!(problem["code"], "payload_too_large");
    let status = street.front.at("/dashboard/api/v1/status");
    let (client, mut refused) = (client(), false);
    // A burst of twenty is let through; nobody asks faster than five a second for long.
    for _ in 0..200 {
        let answer = client.get(&status).send().await.unwrap();
        refused |= answer.status() == 429;
        if refused {
            break;
        }
        assert_eq!(answer.status(), 200);
    }
    assert!(refused, "200 requests in a row are too many");
}
