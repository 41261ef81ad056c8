//! What comes over the wire and is no request, or none that ends.

use std::time::Duration;

use api::server::Patience;
use futures_util::future::join_all;
use shared_types::{Problem, ProblemCode, paths};

use crate::world::wire::{Wire, said, statuses};
use crate::world::{Api, Hub, Kind, Moment, Talk, told};

const NOW: &str = "2026-06-17T13:47:21Z";
/// A request that is whole, and after which the connection stays open.
const GOOD: &str = "GET /health HTTP/1.1\r\nHost: a\r\n\r\n";
/// As many as send slowly.
const MANY: usize = 1_000;

/// An API that waits for nobody for longer than this.
async fn hasty(hub: &Hub, patience: Patience) -> Api {
    let talk = Talk {
        patience,
        ..Talk::default()
    };
    Api::chatting(hub, &Moment::new(NOW), talk).await
}

async fn who_sends_a_byte_now_and_then_keeps_nobody_waiting(hub: &Hub) {
    testkit::raise_open_files();
    let patience = Patience {
        head: Duration::from_secs(2),
        ..Patience::default()
    };
    let api = hasty(hub, patience).await;
    let mut slow = join_all((0..MANY).map(|_| Wire::to(&api.url))).await;
    for letter in ["G", "E", "T", " "] {
        join_all(slow.iter_mut().map(|wire| wire.say(letter))).await;
        assert_eq!(api.get(paths::STATS).await.status, 200);
    }
    // Each is cut off, whatever it still says.
    for end in join_all(slow.into_iter().map(Wire::rest)).await {
        assert!(end.is_empty() || statuses(&end) == [408], "{end}");
    }
    assert_eq!(api.get(paths::STATS).await.status, 200);
}

async fn a_body_that_never_ends_is_given_up(hub: &Hub) {
    let patience = Patience {
        body: Duration::from_millis(100),
        ..Patience::default()
    };
    let api = hasty(hub, patience).await;
    for path in paths::ASKED {
        for body in [
            "Content-Length: 60000\r\n\r\n{\"message\":",
            "Transfer-Encoding: chunked\r\n\r\n5\r\n{\"mes\r\n",
        ] {
            let head = format!("POST {path} HTTP/1.1\r\nHost: a\r\nContent-Type: application/json");
            let answer = said(&api.url, format!("{head}\r\n{body}")).await;
            assert_eq!(statuses(&answer), [408], "{answer}");
            let (head, body) = answer.split_once("\r\n\r\n").unwrap();
            assert!(head.contains("application/problem+json"), "{head}");
            let problem: Problem = serde_json::from_str(body).unwrap();
            assert_eq!(problem.code, ProblemCode::RequestTimeout);
        }
    }
}

/// What is no request: alone, and after one.
fn junk() -> Vec<Vec<u8>> {
    let mut table: Vec<Vec<u8>> = [
        // HTTP/0.9, HTTP/2 without asking, TLS, and what other protocols begin with.
        "GET /health\r\n\r\n",
        "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
        "\u{16}\u{3}\u{1}\u{2}\u{0}\u{1}\u{0}\u{1}\u{fc}\u{3}\u{3}\r\n\r\n",
        "SSH-2.0-OpenSSH_9.2\r\n\r\n",
        "GET /health HTTP/9.9\r\nHost: a\r\n\r\n",
        "GET /health HTTP/1.1 and more\r\nHost: a\r\n\r\n",
        // Letters that no request has.
        "GET /health\u{0} HTTP/1.1\r\nHost: a\r\n\r\n",
        "GET /health\u{1b}[31m HTTP/1.1\r\nHost: a\r\n\r\n",
        "G\u{0}T /health HTTP/1.1\r\nHost: a\r\n\r\n",
        "GET /health HTTP/1.1\r\nHost: a\r\nX: \u{0}\r\n\r\n",
        "GET /health HTTP/1.1\r\nHost: a\r\nX: a\rY: b\r\n\r\n",
        "GET /health HTTP/1.1\r\nHost: a\r\nX\u{1b}: b\r\n\r\n",
        // Heads that proxies read in other ways than others.
        "GET /health HTTP/1.1\r\n\r\n",
        "GET /health HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
        "GET /health HTTP/1.1\r\nHost: a\r\nX : b\r\n\r\n",
        "GET /health HTTP/1.1\r\nHost: a\r\n folded\r\n\r\n",
        "GET /health HTTP/1.1\r\nHost: a\r\nno colon\r\n\r\n",
    ]
    .map(|text| text.as_bytes().to_vec())
    .to_vec();
    table.push(vec![0xff; 64]);
    table.push(
        [
            b"GET /",
            "a".repeat(100_000).as_bytes(),
            b" HTTP/1.1\r\nHost: a\r\n\r\n",
        ]
        .concat(),
    );
    table
}

/// Requests whose end two servers may see in two places, each with another behind it.
fn smuggled() -> Vec<String> {
    let chunked = "Transfer-Encoding: chunked";
    let ends = [
        format!("Content-Length: 5\r\n{chunked}\r\n\r\n0\r\n\r\n"),
        format!("{chunked}\r\nContent-Length: 5\r\n\r\n0\r\n\r\n"),
        format!("{chunked}\r\n{chunked}\r\n\r\n0\r\n\r\n"),
        format!("{chunked}, identity\r\n\r\n0\r\n\r\n"),
        "Transfer-Encoding: \u{b}chunked\r\n\r\n0\r\n\r\n".to_owned(),
        "Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n".to_owned(),
        "Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n".to_owned(),
        "Content-Length: 0\r\nContent-Length: 44\r\n\r\n".to_owned(),
        "Content-Length: 0, 44\r\n\r\n".to_owned(),
        "Content-Length: +0\r\n\r\n".to_owned(),
        "Content-Length: -1\r\n\r\n".to_owned(),
        "Content-Length: 0x0\r\n\r\n".to_owned(),
        "Content-Length: 18446744073709551616\r\n\r\n".to_owned(),
        format!("{chunked}\r\n\r\nzz\r\nabc\r\n0\r\n\r\n"),
        format!("{chunked}\r\n\r\n-1\r\nabc\r\n0\r\n\r\n"),
        format!("{chunked}\r\n\r\nfffffffffffffffff\r\nabc\r\n0\r\n\r\n"),
        format!("{chunked}\r\n\r\n1\r\nab\r\n0\r\n\r\n"),
        format!("{chunked}\r\n\r\n1\nab\n0\n\n"),
    ];
    let head = format!(
        "POST {} HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n",
        paths::ASK
    );
    let behind = "GET /metrics HTTP/1.1\r\nHost: a\r\n\r\n";
    ends.map(|end| format!("{head}{end}{behind}")).to_vec()
}

async fn what_is_no_request_ends_the_connection(hub: &Hub) {
    let api = hasty(hub, Patience::default()).await;
    for bytes in junk() {
        let shown = String::from_utf8_lossy(&bytes[..bytes.len().min(60)]).into_owned();
        let alone = statuses(&said(&api.url, &bytes).await);
        assert!(matches!(alone[..], [400..=499]), "{shown:?}: {alone:?}");
        let after = statuses(&said(&api.url, [GOOD.as_bytes(), &bytes].concat()).await);
        assert!(
            matches!(after[..], [200, 400..=499]),
            "{shown:?}: {after:?}"
        );
    }
    for text in smuggled() {
        let answers = said(&api.url, &text).await;
        let told = statuses(&answers);
        // Where a chunk is wrong, both the question and what follows it are refused.
        let refused = told.iter().all(|status| (400..500).contains(status));
        assert!(refused && matches!(told.len(), 1 | 2), "{text:?}: {told:?}");
        assert!(!answers.contains("omni2_http_requests_total"), "{text:?}");
    }
    assert_eq!(api.get(paths::STATS).await.status, 200);
}

async fn heads_have_an_end(hub: &Hub) {
    let api = hasty(hub, Patience::default()).await;
    let get = "GET /health HTTP/1.1\r\nHost: a\r\n";
    let value = |length| format!("{get}X: {}\r\n\r\n", "x".repeat(length));
    let many = |count| format!("{get}{}\r\n", "X: y\r\n".repeat(count));
    let line = format!("GET /{} HTTP/1.1\r\nHost: a\r\n\r\n", "x".repeat(200_000));
    for text in [value(200_000), many(1_000), many(100_000), line] {
        let answer = said(&api.url, &text).await;
        assert_eq!(statuses(&answer), [431], "{answer}");
    }
    // And what is large without being hostile is not: proxies add to heads.
    for text in [value(16_000), many(90)] {
        let mut wire = Wire::to(&api.url).await;
        wire.say(&text).await;
        wire.until("healthy").await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_thousand_slow_ones() {
    told(
        Kind::Embedded,
        who_sends_a_byte_now_and_then_keeps_nobody_waiting,
    )
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_slow_body() {
    told(Kind::Embedded, a_body_that_never_ends_is_given_up).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn junk_alone_and_after_a_request() {
    told(Kind::Embedded, what_is_no_request_ends_the_connection).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn heads_that_are_too_large() {
    told(Kind::Embedded, heads_have_an_end).await;
}
