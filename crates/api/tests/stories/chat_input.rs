//! Questions that make no sense are told so before anybody is asked.

use reqwest::Method;
use serde_json::{Value, json};
use shared_types::{LONGEST_MESSAGE, Problem, ProblemCode, paths};
use testkit::{HubMood, StubHub};

use crate::world::{Api, Hub, Kind, Moment, Talk, told};

const NOW: &str = "2026-06-17T13:47:21Z";
const JSON: (&str, &str) = ("content-type", "application/json");

fn wrong() -> Vec<(String, &'static str, &'static str)> {
    let of = |value: Value| value.to_string();
    let turn = json!({ "role": "user", "text": "Hello." });
    let long = "é".repeat(LONGEST_MESSAGE / 2) + "x";
    vec![
        (String::new(), "body", "JSON"),
        ("not json".to_owned(), "body", "JSON"),
        (r#"{"message": "a""#.to_owned(), "body", "JSON"),
        (r#"{"message": "\ud800"}"#.to_owned(), "body", "JSON"),
        ("[".repeat(10_000), "body", "JSON"),
        ("[]".to_owned(), "message", "text"),
        (of(json!({})), "message", "text"),
        (of(json!({ "message": 5 })), "message", "text"),
        (of(json!({ "message": null })), "message", "text"),
        (of(json!({ "message": "" })), "message", "empty"),
        (of(json!({ "message": " \n\t " })), "message", "empty"),
        (of(json!({ "message": "a\u{0}b" })), "message", "NUL"),
        (of(json!({ "message": long })), "message", "16 KiB"),
        (
            of(json!({ "message": "a", "history": "b" })),
            "history",
            "list",
        ),
        (
            of(json!({ "message": "a", "history": [{ "role": "system", "text": "b" }] })),
            "history",
            "`assistant`",
        ),
        (
            of(json!({ "message": "a", "history": [{ "role": "user" }] })),
            "history",
            "text",
        ),
        (
            of(json!({ "message": "a", "history": [["user", "b"]] })),
            "history",
            "role",
        ),
        (
            of(json!({ "message": "a", "history": vec![turn; 21] })),
            "history",
            "20",
        ),
        (
            of(json!({ "message": "a", "history": [{ "role": "user", "text": "\u{0}" }] })),
            "history",
            "NUL",
        ),
    ]
}

async fn every_wrong_question_is_named(hub: &Hub) {
    let stub = StubHub::start(HubMood::Answers("Much.".to_owned())).await;
    let api = Api::chatting(hub, &Moment::new(NOW), Talk::with(&stub)).await;
    for path in paths::ASKED {
        for (body, name, allowed) in wrong() {
            let answer = api.post(path, &body).await;
            let shown: String = body.chars().take(60).collect();
            assert_eq!(answer.status, 400, "{shown}");
            let problem: Problem = answer.json();
            assert_eq!(problem.code, ProblemCode::BadParameter, "{shown}");
            assert!(
                problem.detail.starts_with(&format!("parameter `{name}`")),
                "{shown}: {}",
                problem.detail
            );
            assert!(
                problem.detail.contains(allowed),
                "{shown}: {}",
                problem.detail
            );
        }
        let zone = api
            .post(&format!("{path}?tz=Mars"), r#"{"message": "a"}"#)
            .await;
        assert!(
            zone.status == 400 && zone.text().contains("`tz`"),
            "{zone:?}"
        );
    }
    assert!(stub.asked_already().await.is_none());
}

async fn what_is_no_json_or_too_large(hub: &Hub) {
    let stub = StubHub::start(HubMood::Answers("Much.".to_owned())).await;
    let api = Api::chatting(hub, &Moment::new(NOW), Talk::with(&stub)).await;
    let body = r#"{"message": "a"}"#;
    for path in paths::ASKED {
        for kind in [
            None,
            Some("text/plain"),
            Some("application/x-www-form-urlencoded"),
            Some("application/jsonp"),
        ] {
            let headers: Vec<_> = kind
                .into_iter()
                .map(|kind| ("content-type", kind))
                .collect();
            let answer = api.send(Method::POST, path, &headers, body).await;
            let problem: Problem = answer.json();
            assert_eq!(
                (problem.status, problem.code),
                (415, ProblemCode::UnsupportedMediaType),
                "{kind:?}"
            );
            assert!(problem.detail.contains("application/json"));
        }
        // With its length told, and in pieces without.
        let large = format!(r#"{{"message": "a", "x": "{}"}}"#, "x".repeat(64 * 1024));
        let pieces = futures_util::stream::iter(
            large
                .as_bytes()
                .chunks(1_000)
                .map(|piece| Ok::<_, std::io::Error>(piece.to_vec()))
                .collect::<Vec<_>>(),
        );
        for body in [
            reqwest::Body::from(large.clone()),
            reqwest::Body::wrap_stream(pieces),
        ] {
            let answer = api.send(Method::POST, path, &[JSON], body).await;
            let problem: Problem = answer.json();
            assert_eq!(
                (problem.status, problem.code),
                (413, ProblemCode::PayloadTooLarge)
            );
        }
    }
    assert!(stub.asked_already().await.is_none());
}

async fn the_longest_and_the_oddest_that_is_fine(hub: &Hub) {
    let stub = StubHub::start(HubMood::Answers("Much.".to_owned())).await;
    let api = Api::chatting(hub, &Moment::new(NOW), Talk::with(&stub)).await;
    let odd = "\u{202e}\u{7}\"\\</script>\u{1f980}\r\nevent: done\n\n";
    let turns = vec![json!({ "role": "assistant", "text": "Hello." }); 20];
    for (told, arrives) in [
        (
            json!({ "message": format!("  {}\n", "é".repeat(LONGEST_MESSAGE / 2)) }),
            "é".repeat(LONGEST_MESSAGE / 2),
        ),
        (
            json!({ "message": odd, "novel": [1], "history": turns }),
            odd.trim().to_owned(),
        ),
        (json!({ "message": "a", "history": null }), "a".to_owned()),
    ] {
        for path in paths::ASKED {
            let headers = [("content-type", "Application/JSON; charset=utf-8")];
            let answer = api
                .send(Method::POST, path, &headers, told.to_string())
                .await;
            assert_eq!(answer.status, 200, "{}", answer.text());
            let asked: Value = serde_json::from_str(&stub.asked().await.body).unwrap();
            assert_eq!(asked["message"], arrives.as_str());
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn wrong_questions() {
    told(Kind::Embedded, every_wrong_question_is_named).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn other_bodies() {
    told(Kind::Embedded, what_is_no_json_or_too_large).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_edge() {
    told(Kind::Embedded, the_longest_and_the_oddest_that_is_fine).await;
}
